import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BackCloses } from '../../plugin/web/src/lib/back-closes.js';

// A window with a history; its way back is walked at once. `narrow` may be changed.
function windowOf({ narrow = true, state = null } = {}) {
  const window = Object.assign(new EventTarget(), { narrow, matchMedia: () => ({ matches: window.narrow }) });
  const entries = [null, state];
  window.history = {
    entries,
    get state() {
      return entries.at(-1);
    },
    pushState: (next, title, href) => entries.push(href ? { ...next, href } : next),
    replaceState: (next, title, href) => entries.splice(-1, 1, { ...next, href }),
    back() {
      entries.pop();
      window.dispatchEvent(new Event('popstate'));
    },
  };
  return window;
}

function backOf(settings) {
  const window = windowOf(settings);
  const all = { window, closed: 0 };
  all.over = new BackCloses(
    () => {
      all.closed += 1;
      all.over.open = false;
    },
    { window },
  );
  return all;
}

test('S3: back closes what is open, once, and leaves the page the next time', () => {
  const all = backOf();
  const { window, over } = all;
  const before = window.history.entries.length;
  over.open = true;
  over.open = true;
  assert.equal(window.history.entries.length, before + 1);
  window.history.back();
  assert.equal(window.history.entries.length, before);
  over.open = false;
  assert.equal(window.history.entries.length, before, 'nothing is gone back twice');
  assert.equal(all.closed, 1);
});

test('S3: closed in another way, its entry goes too; what the page keeps in its state stays', () => {
  const all = backOf({ state: { scroll: 5 } });
  all.over.open = true;
  assert.equal(all.window.history.state.scroll, 5);
  all.over.open = false;
  assert.deepEqual(all.window.history.state, { scroll: 5 });
  assert.equal(all.closed, 0, 'it is closed already');
  all.over.open = true;
  all.window.history.back();
  assert.equal(all.closed, 1);
});

test('S3: on a wide screen the history is left alone', () => {
  const all = backOf({ narrow: false });
  const before = all.window.history.entries.length;
  all.over.open = true;
  assert.equal(all.window.history.entries.length, before);
  all.over.open = false;
  assert.equal(all.window.history.entries.length, before);
});

test('S3: what was opened narrow and closed wide leaves no entry; nor does a page that is loaded anew', () => {
  const all = backOf();
  const before = all.window.history.entries.length;
  all.over.open = true;
  all.window.narrow = false;
  all.over.open = false;
  assert.equal(all.window.history.entries.length, before);
  const again = backOf({ state: { parleyOver: true } });
  const entries = again.window.history.entries.length;
  again.over.start();
  assert.equal(again.window.history.entries.length, entries - 1);
});

test('what was open may lead on to another address; then its entry is that one', () => {
  const { over, window } = backOf();
  over.open = true;
  over.leaveFor('?conversation=7', { from: 'list' });
  over.open = false;
  assert.deepEqual(window.history.entries, [null, null, { from: 'list', href: '?conversation=7' }]);
  over.leaveFor('?conversation=8');
  assert.deepEqual(window.history.entries.at(-1), { href: '?conversation=8' });
  assert.equal(window.history.entries.length, 4);
});
