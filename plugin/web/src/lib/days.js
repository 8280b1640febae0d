// Days of a person's time zone as moments. Pure.

// How far the zone is ahead of UTC at a moment, in milliseconds.
function offsetAt(moment, timeZone) {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment);
  const value = Object.fromEntries(parts.map((part) => [part.type, Number(part.value)]));
  const { year, month, day, hour, minute, second } = value;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment / 1000) * 1000;
}

// The moment at which the day '2026-03-29' begins, in ISO; null where that is no day. `later`: so many days after it.
export function startOfDay(day, timeZone, later = 0) {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '');
  if (!match) return null;
  const [year, month, date] = match.slice(1).map(Number);
  const wall = Date.UTC(year, month - 1, date + later);
  // The offset is that of the moment itself; the second look is for days on which the clocks are changed.
  const guess = wall - offsetAt(wall, timeZone);
  return new Date(wall - offsetAt(guess, timeZone)).toISOString();
}
