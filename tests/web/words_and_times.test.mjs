import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kept } from '../../plugin/web/src/lib/drafts.js';
import { beginning, initials } from '../../plugin/web/src/lib/graphemes.js';
import { badge, translator } from '../../plugin/web/src/lib/i18n.js';
import { Times } from '../../plugin/web/src/lib/time.js';
import { parameter, recordUrl, withParameter } from '../../plugin/web/src/lib/urls.js';
import { de } from '../../plugin/web/src/messages/de.js';
import { en } from '../../plugin/web/src/messages/en.js';

const names = (text) => JSON.stringify(text).match(/\{\w+\}/g)?.sort() ?? [];
const plain = (text) => text.replace(/[\u202f\u00a0]/g, ' ');

test('German has every text of English, with the same names to fill in', () => {
  assert.deepEqual(Object.keys(de), Object.keys(en));
  for (const key of Object.keys(en)) {
    assert.deepEqual(new Set(names(de[key])), new Set(names(en[key])), key);
  }
});

test('the locale chooses the language; one that is not known reads English', () => {
  assert.equal(translator('de-AT')('send'), 'Senden');
  assert.equal(translator('de_DE')('send'), 'Senden');
  assert.equal(translator('fr')('send'), 'Send');
  assert.equal(translator('')('send'), 'Send');
  assert.throws(() => translator('en')('noSuchText'));
});

test('texts take values and plurals', () => {
  const t = translator('en');
  assert.equal(t('postedFor', { author: 'John Doe', sender: 'Charlie Stone' }), 'sent by John Doe for Charlie Stone');
  assert.equal(t('searchResults', { count: 1 }), '1 result');
  assert.equal(t('searchResults', { count: 0 }), '0 results');
});

test('a name that turns the direction turns nothing around it', () => {
  const t = translator('en');
  const said = (author) => t('postedFor', { author, sender: 'Charlie Stone' });
  assert.equal(said('\u202Eliame'), 'sent by \u2068\u202Eliame\u2069 for Charlie Stone');
  assert.equal(said('עדה'), 'sent by \u2068עדה\u2069 for Charlie Stone');
  assert.equal(said('Élodie 王'), 'sent by Élodie 王 for Charlie Stone');
});

test('badges end at their most', () => {
  assert.deepEqual([badge(1, 9), badge(9, 9), badge(10, 9), badge(100, 99)], ['1', '9', '9+', '99+']);
});

test('times are those of the viewer', () => {
  const iso = '2026-01-05T23:30:00Z';
  const times = new Times('en-US', 'Europe/Berlin', () => new Date('2026-01-06T12:00:00Z'));
  assert.equal(plain(times.clock(iso)), '12:30 AM');
  assert.equal(times.dayKey(iso), '2026-01-06');
  assert.equal(plain(times.brief(iso)), '12:30 AM');
  assert.equal(times.brief('2026-01-02T12:00:00Z'), 'Jan 2');
  assert.equal(times.brief('2025-12-31T12:00:00Z'), 'Dec 31, 2025');
  assert.equal(new Times('de', 'America/New_York').dayKey(iso), '2026-01-05');
  assert.equal(times.full(null), '');
  assert.equal(times.full('nonsense'), '');
});

test('the two days that one calls by name are those of the viewer, also where the clocks are changed', () => {
  const late = new Times('en', 'Europe/Berlin', () => new Date('2026-10-25T22:30:00Z')); // 23:30 of a day with 25 hours
  assert.equal(late.day('2026-10-24T22:15:00Z'), 'Today');
  assert.equal(late.day('2026-10-24T21:45:00Z'), 'Yesterday');
  assert.equal(late.day('2026-10-23T21:45:00Z'), 'Friday, October 23, 2026');
  const german = new Times('de', 'UTC', () => new Date('2026-01-01T08:00:00Z'));
  assert.equal(german.day('2026-01-01T01:00:00Z'), 'Heute');
  assert.equal(german.day('2025-12-31T23:00:00Z'), 'Gestern');
});

test('a zone or locale that the browser does not know is no reason to fail', () => {
  assert.notEqual(new Times('x-!', 'Mars/Olympus').full('2026-01-05T23:30:00Z'), '');
});

test('a text is cut between characters', () => {
  assert.equal(beginning('Short', 5), 'Short');
  assert.equal(beginning('Longer', 5), 'Longe…');
  assert.equal(beginning('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 2), '👨‍👩‍👧👨‍👩‍👧…');
  assert.equal(beginning('', 5), '');
});

test('initials are whole characters', () => {
  assert.equal(initials('Amanda Cole'), 'AC');
  assert.equal(initials('  Anna Maria de Vries '), 'AV');
  assert.equal(initials('👨‍👩‍👧 Family'), '👨‍👩‍👧F');
  assert.equal(initials('élodie'), 'É');
  assert.equal(initials(''), '?');
});

test('addresses of records come from the template', () => {
  assert.equal(recordUrl('/admin/{type}/{id}', { type: 'orders', id: 'a/b' }), '/admin/orders/a%2Fb');
  assert.equal(recordUrl('', { type: 'orders', id: '1' }), '');
  assert.equal(recordUrl('/{type}/{id}', {}), '');
});

test('the open conversation is a parameter of the address, and the others stay', () => {
  assert.equal(withParameter('http://shop/pages/x?a=1#top', 'conversation', '5'), '/pages/x?a=1&conversation=5#top');
  assert.equal(withParameter('http://shop/pages/x?conversation=5&a=1', 'conversation', ''), '/pages/x?a=1');
  assert.equal(parameter('http://shop/pages/x?conversation=5', 'conversation'), '5');
});

test('a draft is kept by user, and a storage that refuses does no harm', () => {
  const items = new Map();
  const storage = { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => items.set(key, value), removeItem: (key) => items.delete(key) };
  new Kept('users/1', storage).write('message:1', 'half a thou');
  assert.equal(new Kept('users/1', storage).read('message:1'), 'half a thou');
  assert.equal(new Kept('users/2', storage).read('message:1'), null);
  new Kept('users/1', storage).remove('message:1');
  assert.equal(items.size, 0);

  const refusing = new Kept('', { getItem: () => { throw new Error('no'); }, setItem: () => { throw new Error('no'); } });
  refusing.write('x', 'y');
  assert.equal(refusing.read('x'), null);
  assert.equal(new Kept('', null).read('x'), null);
});
