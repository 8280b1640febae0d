import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOfDay } from '../../plugin/web/src/lib/days.js';

test('a day begins where its zone says, also when the clocks are changed', () => {
  assert.equal(startOfDay('2026-11-21', 'UTC'), '2026-11-21T00:00:00.000Z');
  assert.equal(startOfDay('2026-07-01', 'Europe/Vienna'), '2026-06-30T22:00:00.000Z');
  assert.equal(startOfDay('2026-12-01', 'America/New_York'), '2026-12-01T05:00:00.000Z');
  assert.equal(startOfDay('2026-03-29', 'Europe/Vienna'), '2026-03-28T23:00:00.000Z');
  assert.equal(startOfDay('2026-03-29', 'Europe/Vienna', 1), '2026-03-29T22:00:00.000Z', 'a day of 23 hours');
  assert.equal(startOfDay('2026-10-25', 'Europe/Vienna', 1), '2026-10-25T23:00:00.000Z', 'a day of 25 hours');
  assert.equal(startOfDay('2026-12-31', 'Asia/Kathmandu', 1), '2026-12-31T18:15:00.000Z');
});

test('what is no day is none', () => {
  for (const text of ['', null, undefined, '21.11.2026', '2026-11']) assert.equal(startOfDay(text, 'UTC'), null);
});
