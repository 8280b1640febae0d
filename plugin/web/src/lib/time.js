// Dates as the viewer reads them: its locale, its time zone.

export class Times {
  constructor(locale, timeZone, now = () => new Date()) {
    this.locale = usable(locale, (value) => new Intl.DateTimeFormat(value)) || undefined;
    this.timeZone = usable(timeZone, (value) => new Intl.DateTimeFormat('en', { timeZone: value })) || undefined;
    this.now = now;
    this.formats = new Map();
  }

  // '2:32 PM'
  clock(iso) {
    return this.format(iso, { timeStyle: 'short' });
  }

  // 'Nov 3, 2025, 2:32 PM'
  full(iso) {
    return this.format(iso, { dateStyle: 'medium', timeStyle: 'short' });
  }

  // 'Today', 'Yesterday', 'Monday, November 3, 2025': the heading of a day.
  day(iso) {
    const key = this.dayKey(iso);
    const today = this.dayKey(this.now());
    const near = { [today]: 0, [dayBefore(today)]: -1 }[key];
    if (near === undefined) return this.format(iso, { dateStyle: 'full' });
    const name = new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' }).format(near, 'day');
    return name.charAt(0).toLocaleUpperCase(this.locale) + name.slice(1);
  }

  // As short as it can be: today the time, this year day and month, else the date.
  brief(iso) {
    if (this.dayKey(iso) === this.dayKey(this.now())) return this.clock(iso);
    if (this.dayKey(iso).slice(0, 4) === this.dayKey(this.now()).slice(0, 4)) {
      return this.format(iso, { month: 'short', day: 'numeric' });
    }
    return this.format(iso, { dateStyle: 'medium' });
  }

  // The same text for all moments of one day in the viewer's zone: '2025-11-03'.
  dayKey(moment) {
    return this.format(moment, { year: 'numeric', month: '2-digit', day: '2-digit' }, 'sv');
  }

  format(moment, options, locale = this.locale) {
    const date = new Date(moment);
    if (!moment || Number.isNaN(date.getTime())) return '';
    const key = JSON.stringify([locale, options]);
    if (!this.formats.has(key)) {
      this.formats.set(key, new Intl.DateTimeFormat(locale, { ...options, timeZone: this.timeZone }));
    }
    return this.formats.get(key).format(date);
  }
}

// Of '2025-11-01': '2025-10-31'. Days are counted, not hours: some have 23 or 25 of them.
function dayBefore(key) {
  const [year, month, day] = key.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day - 1)).toISOString().slice(0, 10);
}

// A host may hand over a name that this browser does not know; the browser's own setting is better than no date.
function usable(name, attempt) {
  try {
    if (name) attempt(name);
    return name;
  } catch {
    return '';
  }
}
