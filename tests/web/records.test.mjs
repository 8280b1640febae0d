import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../../plugin/web/src/lib/api.js';
import { recordTitle } from '../../plugin/web/src/lib/document.js';
import { readRecordTypes, recordSearch, recordWithCustomerUser } from '../../plugin/web/src/lib/records.js';

// answers: path -> document, or ApiError; asked holds [path, query].
function apiWith(answers) {
  const asked = [];
  return {
    asked,
    async get(path, query) {
      asked.push([path, query]);
      const answer = typeof answers === 'function' ? answers(path, query) : answers[path];
      if (answer instanceof ApiError) throw answer;
      return answer;
    },
  };
}

const orders = { type: 'orders', label: 'Orders' };
const rfqs = { type: 'rfqs', label: 'Requests for Quote' };
const quotes = { type: 'quotes', label: 'Quotes' };
const order = (number, id = '1') => ({ type: 'orders', id, attributes: { number } });

test('the title of a record is found in what hosts usually call it', () => {
  assert.equal(recordTitle(order('ORD-1001')), 'ORD-1001');
  assert.equal(recordTitle({ id: '1', attributes: { firstName: 'Amanda', lastName: 'Cole', email: 'a@example.com' } }), 'Amanda Cole');
  assert.equal(recordTitle({ id: '1', attributes: { name: ' ', username: 'admin' } }), 'admin');
  assert.equal(recordTitle({ id: '9' }), '9');
});

test('what can be searched is what the host says', async () => {
  assert.deepEqual(readRecordTypes('[{"type":"tickets","label":"Tickets"}]'), [{ type: 'tickets', label: 'Tickets' }]);
  for (const nothing of [undefined, null, '', '{', '{}', '7', '[1,{"label":"x"},null]']) {
    assert.deepEqual(readRecordTypes(nothing), [], String(nothing));
  }
  const api = apiWith({ tickets: { data: [{ type: 'tickets', id: '1', attributes: { name: 'Leak' } }] } });
  await recordSearch(api, readRecordTypes('[{"type":"tickets","label":"Tickets"}]'))('leak');
  assert.deepEqual(api.asked.map(([path]) => path), ['tickets']);
});

test('a search over several types has a heading for each', async () => {
  const api = apiWith({ orders: { data: [order('ORD-1001')] }, rfqs: { data: [] } });
  const found = await recordSearch(api, [orders, rfqs])('1001');
  assert.deepEqual(found.map(({ title, group }) => [title, group]), [['ORD-1001', 'Orders']]);
  assert.deepEqual(api.asked[0][1].filter, { search: '1001' });
});

test('types that the host lacks, or that one may not list, are left out and not asked again', async () => {
  const api = apiWith({
    orders: { data: [order('ORD-1001')] },
    rfqs: new ApiError('notFound'),
    quotes: new ApiError('forbidden'),
  });
  const search = recordSearch(api, [orders, rfqs, quotes]);
  assert.equal((await search('')).length, 1);
  assert.equal((await search('')).length, 1);
  assert.deepEqual(api.asked.map(([path]) => path), ['orders', 'rfqs', 'quotes', 'orders']);
});

test('a type without search is looked through', async () => {
  const api = apiWith((path, query) =>
    query.filter ? new ApiError('invalid') : { data: [order('ORD-1001'), order('ORD-1002', '2')] },
  );
  const found = await recordSearch(api, [orders])('1002');
  assert.deepEqual(found.map(({ title }) => title), ['ORD-1002']);
});

test('a failure of the server is not "nothing found"', async () => {
  await assert.rejects(recordSearch(apiWith({ orders: new ApiError('server') }), [orders])('x'), { kind: 'server' });
});

test('a record brings its customer user', async () => {
  const linked = { ...order('ORD-1001'), relationships: { customerUser: { data: { type: 'customerusers', id: '1' } } } };
  const amanda = { type: 'customerusers', id: '1', attributes: { firstName: 'Amanda', lastName: 'Cole' } };
  const api = apiWith({ 'orders/1': { data: linked }, 'customerusers/1': { data: amanda } });
  assert.equal((await recordWithCustomerUser(api, 'orders', '1')).customerUser.title, 'Amanda Cole');

  const secretive = apiWith({ 'orders/1': { data: linked }, 'customerusers/1': new ApiError('forbidden') });
  assert.equal((await recordWithCustomerUser(secretive, 'orders', '1')).customerUser.title, '1');
});

test('a customer user is its own; a host without that relationship is no trouble', async () => {
  const amanda = { type: 'customerusers', id: '1', attributes: { name: 'Amanda Cole' } };
  const { record, customerUser } = await recordWithCustomerUser(apiWith({ 'customerusers/1': { data: amanda } }), 'customerusers', '1');
  assert.equal(customerUser, record);

  const users = apiWith({ 'users/1': { data: { type: 'users', id: '1', attributes: {} } } });
  assert.equal((await recordWithCustomerUser(users, 'users', '1')).customerUser, null);
});

test('a type may be searched within a filter; a host that does not know it is looked through', async () => {
  const amanda = { type: 'customerusers', id: '1', attributes: { name: 'Amanda Cole' } };
  const nora = { type: 'customerusers', id: '3', attributes: { name: 'Nora Falk' } };
  const types = [{ type: 'customerusers', filter: { customer: '1' } }];
  const api = apiWith((path, query) => (query.filter.customer === '1' ? { data: [amanda] } : { data: [amanda, nora] }));
  assert.deepEqual((await recordSearch(api, types)('')).map(({ id }) => id), ['1']);
  assert.deepEqual(api.asked[0][1].filter, { customer: '1' });
  await recordSearch(api, types)('ama');
  assert.deepEqual(api.asked[1][1].filter, { customer: '1', search: 'ama' });

  const simple = apiWith((path, query) =>
    query.filter ? new ApiError('invalid', { status: 400 }) : { data: [amanda, nora] },
  );
  assert.deepEqual((await recordSearch(simple, types)('nora')).map(({ id }) => id), ['3']);
});
