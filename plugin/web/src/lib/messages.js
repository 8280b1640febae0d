// The messages of a thread, as far as they are loaded. Pure: no requests, no DOM.
//
// Messages are numbered 1, 2, 3 ... in each conversation. What is held is one run of them, less the system messages where
// these are hidden; walking goes by these numbers, so that nothing is skipped or repeated when others write meanwhile.

const MOST = 100; // messages at once
const READ_BEFORE = 3; // messages that one has read, before those that one has not

export const indexOf = (message) => message.attributes.index;

// Two runs as one, by index, each message once; of two versions the later given wins.
export function merge(held, more) {
  const byIndex = new Map(held.map((message) => [indexOf(message), message]));
  for (const message of more) byIndex.set(indexOf(message), message);
  return [...byIndex.values()].sort((a, b) => indexOf(a) - indexOf(b));
}

export const oldest = (messages) => (messages.length > 0 ? indexOf(messages[0]) : null);
export const newest = (messages) => (messages.length > 0 ? indexOf(messages.at(-1)) : null);

// The requests that walk through a thread, {conversation, size, textOnly}: textOnly leaves out system messages. Older ones
// come newest first, so that a page ends at the run that is held.
const walkQuery = ({ conversation, size, textOnly }, sort, index) => ({
  filter: { conversation, ...(index ? { index } : {}), ...(textOnly ? { messageType: 'text' } : {}) },
  sort,
  page: { size },
});

export const latestQuery = (thread) => walkQuery(thread, '-index');
export const olderQuery = (thread, before) => walkQuery(thread, '-index', { less: before });
export const newerQuery = (thread, after) => walkQuery(thread, 'index', { greater: after });

// All between the mark of what was read and the run that is held, and what was read last; null where these meet already.
export const unreadQuery = (thread, readUpTo, before) => {
  const missing = readUpTo === null || before === null ? 0 : before - 1 - readUpTo;
  return missing > 0 ? olderQuery({ ...thread, size: Math.min(missing + READ_BEFORE, MOST) }, before) : null;
};

// Is something before this run? Numbers begin at 1 and have no gap, also those that the storefront sees.
export const hasOlder = (messages) => messages.length > 0 && indexOf(messages[0]) > 1;

// The run with what a reader sees between messages: {day}, {divider}, {message, first}. `first` begins a group of one
// sender, which bears name and avatar.
export function entries(messages, { dayKey, readUpTo = null, groupMinutes = 10 }) {
  const list = [];
  let day = null;
  let before = null;
  let divided = readUpTo === null;
  for (const message of messages) {
    const key = dayKey(message.attributes.createdAt);
    if (key !== day) {
      list.push({ kind: 'day', key: `day-${key}`, at: message.attributes.createdAt });
      before = null;
    }
    day = key;
    if (!divided && isNews(message, readUpTo)) {
      // At the very beginning a divider would divide nothing; where more than are held are unread, it stands at the top.
      if (list.some((entry) => entry.kind === 'message') || hasOlder(messages)) list.push({ kind: 'divider', key: 'divider' });
      divided = true;
      before = null;
    }
    list.push({ kind: 'message', key: `message-${indexOf(message)}`, message, first: !joins(before, message, groupMinutes) });
    before = message;
  }
  return list;
}

// Of somebody else, and behind what was read.
export const isNews = (message, readUpTo) =>
  indexOf(message) > readUpTo && isText(message) && !message.attributes.isMine;

export const isText = (message) => message.relationships?.messageType?.data?.id !== 'system';

function joins(before, message, minutes) {
  if (!before || !isText(before) || !isText(message)) return false;
  const [a, b] = [before.attributes, message.attributes];
  return (
    a.senderName === b.senderName &&
    a.isMine === b.isMine &&
    a.postedByName === b.postedByName &&
    new Date(b.createdAt) - new Date(a.createdAt) < minutes * 60_000
  );
}
