import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { translator } from '../../plugin/web/src/lib/i18n.js';
import { changesOf, happened } from '../../plugin/web/src/lib/history.js';

const t = translator('en');
const event = (attributes, labels) => ({ attributes, meta: { labels } });

describe('N4: an event in words', () => {
  test('a kind, with the number of its message', () => {
    assert.equal(happened(t, event({ kind: 'message-added', messageIndex: 3 })), 'Message 3 was added');
  });

  test('a kind that came later is said as it is called', () => {
    assert.equal(happened(t, event({ kind: 'moved' })), 'moved');
  });

  test('records by their titles', () => {
    const labels = { 'users/2': 'Charlie Stone', 'users/3': 'Dana Reyes' };
    const assigned = event({ changes: { owner: { from: 'users/3', to: 'users/2' } } }, labels);
    assert.deepEqual(changesOf(t, assigned), ['Assigned to: Dana Reyes → Charlie Stone']);
  });

  test('a record without a title by its reference', () => {
    assert.deepEqual(changesOf(t, { attributes: { changes: { source: { from: '', to: 'orders/9' } } } }), [
      'Source: orders/9',
    ]);
  });

  test('what was taken away', () => {
    const unassigned = event({ changes: { owner: { from: 'users/3', to: '' } } }, { 'users/3': 'Dana Reyes' });
    assert.deepEqual(changesOf(t, unassigned), ['Assigned to: Dana Reyes → None']);
  });

  test('a context that came and one that went', () => {
    const labels = { 'orders/1': 'ORD-1001' };
    assert.deepEqual(changesOf(t, event({ changes: { context: { from: '', to: 'orders/1' } } }, labels)), ['ORD-1001']);
    assert.deepEqual(changesOf(t, event({ changes: { context: { from: 'orders/1', to: '' } } }, labels)), ['ORD-1001']);
  });

  test('names as they are, statuses in words; several in a fixed order', () => {
    const changes = { customer: { from: '', to: 'customers/1' }, status: { from: 'active', to: 'closed' }, name: { from: 'a/b', to: 'c' } };
    assert.deepEqual(changesOf(t, event({ changes }, { 'customers/1': 'Acme Industries' })), [
      'Name: a/b → c',
      'Status: Active → Closed',
      'Customer: Acme Industries',
    ]);
  });
});
