import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  entries,
  hasOlder,
  indexOf,
  latestQuery,
  merge,
  newerQuery,
  newest,
  oldest,
  olderQuery,
  unreadQuery,
} from '../../plugin/web/src/lib/messages.js';

const message = (index, attributes = {}, type = 'text') => ({
  id: `1-${index}`,
  attributes: { index, senderName: 'Amanda Cole', isMine: false, createdAt: `2026-01-05T10:${String(index).padStart(2, '0')}:00Z`, ...attributes },
  relationships: { messageType: { data: { type: 'conversationmessagetypes', id: type } } },
});
const run = (from, to) => Array.from({ length: to - from + 1 }, (_, offset) => message(from + offset));
const dayKey = (iso) => iso.slice(0, 10);
const kinds = (list) => list.map((entry) => entry.kind);

test('runs are joined by index, each message once, the later version wins', () => {
  const joined = merge(run(4, 6), [message(3), message(4, { body: 'new' }), message(2)]);
  assert.deepEqual(joined.map(indexOf), [2, 3, 4, 5, 6]);
  assert.equal(joined[2].attributes.body, 'new');
  assert.equal(oldest(joined), 2);
  assert.equal(newest(joined), 6);
  assert.equal(oldest([]), null);
  assert.equal(newest([]), null);
});

test('walking back and forth meets every message once, also when others write meanwhile', () => {
  // A server that answers the queries from `stored`.
  const stored = run(1, 12);
  const ask = ({ filter: { index = {} }, sort, page }) => {
    const found = stored
      .filter((one) => indexOf(one) < (index.less ?? Infinity) && indexOf(one) > (index.greater ?? 0))
      .sort((a, b) => (sort === 'index' ? 1 : -1) * (indexOf(a) - indexOf(b)));
    return merge([], found.slice(0, page.size));
  };
  const seen = [];
  const thread = { conversation: '1', size: 5 };
  let shown = ask(latestQuery(thread));
  seen.unshift(...shown.map(indexOf));
  while (hasOlder(shown)) {
    stored.push(message(stored.length + 1));
    shown = ask(olderQuery(thread, oldest(shown)));
    seen.unshift(...shown.map(indexOf));
  }
  assert.deepEqual(seen, Array.from({ length: 12 }, (_, number) => number + 1));

  const forth = shown.map(indexOf);
  for (;;) {
    shown = ask(newerQuery(thread, newest(shown)));
    if (shown.length === 0) break;
    forth.push(...shown.map(indexOf));
  }
  assert.deepEqual(forth, Array.from({ length: stored.length }, (_, number) => number + 1));
});

test('the first message has nothing before it', () => {
  assert.equal(hasOlder(run(1, 3)), false);
  assert.equal(hasOlder(run(2, 3)), true);
  assert.equal(hasOlder([]), false);
});

test('each day has a heading', () => {
  const list = entries([message(1), message(2, { createdAt: '2026-01-06T08:00:00Z' })], { dayKey });
  assert.deepEqual(kinds(list), ['day', 'message', 'day', 'message']);
  assert.equal(new Set(list.map((entry) => entry.key)).size, list.length);
});

test('messages of one sender within minutes are one group; a system message parts them', () => {
  const list = entries(
    [
      message(1),
      message(2),
      message(3, {}, 'system'),
      message(4),
      message(5, { senderName: 'John Doe' }),
      message(6, { senderName: 'John Doe', createdAt: '2026-01-05T12:00:00Z' }),
      message(7, { senderName: 'John Doe', createdAt: '2026-01-05T12:01:00Z', postedByName: 'Dana Reyes' }),
    ],
    { dayKey },
  );
  const first = list.filter((entry) => entry.kind === 'message').map((entry) => entry.first);
  assert.deepEqual(first, [true, false, true, true, true, true, true]);
});

test('the divider stands before the first unread text of somebody else', () => {
  const messages = [message(1), message(2), message(3, {}, 'system'), message(4, { isMine: true }), message(5), message(6)];
  const list = entries(messages, { dayKey, readUpTo: 2 });
  assert.deepEqual(kinds(list), ['day', 'message', 'message', 'message', 'message', 'divider', 'message', 'message']);
});

test('there is no divider when all is read, when nothing is known, or at the very beginning', () => {
  for (const readUpTo of [6, null, 0]) {
    assert.equal(kinds(entries(run(1, 6), { dayKey, readUpTo })).includes('divider'), false, String(readUpTo));
  }
});

test('where more are unread than are held the divider stands above them', () => {
  const list = entries(run(31, 36), { dayKey, readUpTo: 4 });
  assert.deepEqual(kinds(list).slice(0, 3), ['day', 'divider', 'message']);
});

test('D13: hidden system messages are not asked for, in any direction', () => {
  const thread = { conversation: '1', size: 5, textOnly: true };
  for (const query of [latestQuery(thread), olderQuery(thread, 9), newerQuery(thread, 9)]) {
    assert.equal(query.filter.messageType, 'text');
    assert.equal(query.filter.conversation, '1');
  }
  assert.deepEqual(olderQuery(thread, 9).filter.index, { less: 9 });
});

test('S5: what is unread before the latest page is asked for at once, with a little of what was read', () => {
  const thread = { conversation: '1', size: 20 };
  assert.deepEqual(unreadQuery(thread, 50, 81), olderQuery({ ...thread, size: 33 }, 81));
  assert.equal(unreadQuery(thread, 5, 900).page.size, 100);
  for (const [readUpTo, before] of [[80, 81], [95, 81], [null, 81], [0, null]]) {
    assert.equal(unreadQuery(thread, readUpTo, before), null, `${readUpTo} ${before}`);
  }
});
