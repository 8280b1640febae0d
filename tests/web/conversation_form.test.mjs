import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  documentToCreate,
  documentToUpdate,
  emptyValues,
  FIELDS,
  isChanged,
  valuesOf,
} from '../../plugin/web/src/lib/conversation-form.js';
import { memberOfPointer, sortFaults } from '../../plugin/web/src/lib/faults.js';

const order = { type: 'orders', id: '1', title: 'ORD-1001', group: 'Orders' };
const amanda = { type: 'customerusers', id: '1', title: 'Amanda Cole' };
const john = { type: 'users', id: '1', title: 'John Doe' };

const stored = {
  type: 'conversations',
  id: '7',
  attributes: { name: 'Order ORD-1001' },
  relationships: {
    owner: { data: { type: 'users', id: '1' } },
    status: { data: { type: 'conversationstatuses', id: 'closed' } },
    source: { data: { type: 'orders', id: '1' } },
    customerUser: { data: null },
    activityTargets: { data: [{ type: 'orders', id: '1' }, { type: 'users', id: '1' }] },
  },
  meta: { labels: { owner: 'John Doe', source: 'Order ORD-1001', contexts: { 'orders/1': 'ORD-1001' } } },
};

test('a new conversation names what was chosen, without titles, and no status while the workflow directs it', () => {
  const values = { ...emptyValues(), owner: john, name: '  Pallets ', source: order, contexts: [order], customerUser: amanda };
  assert.deepEqual(documentToCreate(values, { statusIsFree: false }), {
    data: {
      type: 'conversations',
      attributes: { name: 'Pallets' },
      relationships: {
        activityTargets: { data: [{ type: 'orders', id: '1' }] },
        owner: { data: { type: 'users', id: '1' } },
        source: { data: { type: 'orders', id: '1' } },
        customerUser: { data: { type: 'customerusers', id: '1' } },
      },
    },
  });
});

test('without the workflow the status is written', () => {
  const { data } = documentToCreate({ ...emptyValues(), status: 'inactive' }, { statusIsFree: true });
  assert.deepEqual(data.relationships.status, { data: { type: 'conversationstatuses', id: 'inactive' } });
});

test('the form is filled from a document and its labels', () => {
  const values = valuesOf(stored);
  assert.equal(values.status, 'closed');
  assert.equal(values.owner.title, 'John Doe');
  assert.equal(values.customerUser, null);
  assert.deepEqual(values.contexts.map(({ title }) => title), ['ORD-1001', '1']);
});

test('an edit writes what was changed and nothing else', () => {
  const before = valuesOf(stored);
  const unchanged = { ...before, contexts: [...before.contexts].reverse() };
  assert.equal(isChanged(documentToUpdate('7', before, unchanged, { statusIsFree: false })), false);

  const values = { ...before, name: 'New', source: null, contexts: [order] };
  assert.deepEqual(documentToUpdate('7', before, values, { statusIsFree: false }).data, {
    type: 'conversations',
    id: '7',
    attributes: { name: 'New' },
    relationships: { source: { data: null }, activityTargets: { data: [{ type: 'orders', id: '1' }] } },
  });
});

test('faults go to their fields, the others to the summary', () => {
  const sorted = sortFaults(
    [
      { detail: 'This value should not be blank.', source: { pointer: '/data/attributes/name' } },
      { detail: 'There is no such record.', source: { pointer: '/data/relationships/activityTargets/data/0' } },
      { detail: 'The customer user does not belong to the customer.', source: { pointer: '/data/relationships/customerUser' } },
      { title: 'Too many', source: { pointer: '/data' } },
      { title: 'Too many' },
      { detail: 'Unknown.', source: { pointer: '/data/attributes/colour' } },
    ],
    FIELDS,
  );
  assert.deepEqual(sorted, {
    fields: {
      name: ['This value should not be blank.'],
      contexts: ['There is no such record.'],
      customerUser: ['The customer user does not belong to the customer.'],
    },
    summary: ['Too many', 'Unknown.'],
  });
  assert.equal(memberOfPointer(undefined), null);
});
