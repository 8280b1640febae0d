// Clients of JSON:API that others wrote use the API as their documentation says, without help.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createRequire } from 'node:module';
import Kitsu from 'kitsu';

import { startHost } from '../browser/support/host.mjs';
import { Client } from './support/client.mjs';

const require = createRequire(import.meta.url);
const Devour = require('devour-client');

let host;
let admin;
before(async () => {
  host = await startHost();
  admin = new Client(host.address, '/admin/api', 'admin');
});
after(async () => {
  assert.equal(await host.stop(), 0);
});

test('kitsu creates, reads, pages, filters, changes and deletes', async () => {
  const api = new Kitsu({
    baseURL: `${host.address}/admin/api`,
    headers: { Authorization: admin.authorization },
    pluralize: false,
    camelCaseTypes: false,
  });
  const created = await api.post('conversations', {
    name: 'Spare parts',
    source: { data: { type: 'orders', id: '1' } },
    customer: { data: { type: 'customers', id: '1' } },
    customerUser: { data: { type: 'customerusers', id: '1' } },
    activityTargets: { data: [{ type: 'orders', id: '2' }] },
  });
  const { id } = created.data;
  for (const body of ['one', 'two', 'three']) {
    await api.post('conversationmessages', { body, conversation: { data: { type: 'conversations', id } } });
  }

  const found = await api.get(`conversations/${id}`, { params: { include: 'source,customerUser,lastMessage' } });
  assert.equal(found.data.name, 'Spare parts');
  assert.equal(found.data.source.data.number, 'ORD-1001', 'what was included is put in its place');
  assert.equal(found.data.lastMessage.data.body, 'three');

  const bodies = [];
  let page = await api.get('conversationmessages', {
    params: { filter: { conversation: id }, sort: 'index', page: { size: 2 } },
  });
  bodies.push(...page.data.map((message) => message.body));
  const after = new URL(page.links.next, host.address).searchParams.get('page[after]');
  page = await api.get('conversationmessages', {
    params: { filter: { conversation: id }, sort: 'index', page: { size: 2, after } },
  });
  bodies.push(...page.data.map((message) => message.body));
  assert.deepEqual(bodies, ['one', 'two', 'three']);

  const matching = await api.get('conversations', { params: { filter: { name: { contains: 'spare' } } } });
  assert.deepEqual(matching.data.map((each) => each.id), [id]);
  assert.equal((await api.get('conversations', { params: { filter: { source: { orders: '1' } } } })).data.length, 1);

  const changed = await api.patch('conversations', { id, name: 'Spare parts and oil' });
  assert.equal(changed.data.name, 'Spare parts and oil');
  await assert.rejects(api.patch('conversations', { id, name: 'x'.repeat(300) }), (error) => {
    assert.equal(error.errors[0].source.pointer, '/data/attributes/name');
    return true;
  });
  await api.delete('conversations', id);
  await assert.rejects(api.get(`conversations/${id}`), (error) => error.errors[0].status === '404');
});

test('devour-client creates, reads, pages, filters, changes and deletes', async () => {
  const api = new Devour({ apiUrl: `${host.address}/admin/api`, pluralize: false, logger: false });
  api.headers.Authorization = admin.authorization;
  api.define('orders', { number: '' });
  api.define('customerusers', { name: '' });
  api.define('conversations', {
    name: '',
    messagesNumber: '',
    source: { jsonApi: 'hasOne', type: 'orders' },
    customerUser: { jsonApi: 'hasOne', type: 'customerusers' },
    lastMessage: { jsonApi: 'hasOne', type: 'conversationmessages' },
  });
  api.define('conversationmessages', {
    body: '',
    index: '',
    conversation: { jsonApi: 'hasOne', type: 'conversations' },
  });

  const created = await api.create('conversations', {
    name: 'Invoices',
    source: { type: 'orders', id: '2' },
    customerUser: { type: 'customerusers', id: '2' },
  });
  const { id } = created.data;
  for (const body of ['one', 'two', 'three']) {
    await api.create('conversationmessages', { body, conversation: { type: 'conversations', id } });
  }

  const found = await api.find('conversations', id, { include: 'source,customerUser,lastMessage' });
  assert.equal(found.data.name, 'Invoices');
  assert.equal(found.data.source.number, 'ORD-1002');
  assert.equal(found.data.lastMessage.body, 'three');

  const first = await api.findAll('conversationmessages', {
    filter: { conversation: id },
    sort: 'index',
    page: { number: 1, size: 2 },
  });
  assert.deepEqual(first.data.map((message) => message.body), ['one', 'two']);
  assert.equal(first.meta.page.total, 3);
  const second = await api.findAll('conversationmessages', {
    filter: { conversation: id },
    sort: 'index',
    page: { number: 2, size: 2 },
  });
  assert.deepEqual(second.data.map((message) => message.body), ['three']);

  const changed = await api.update('conversations', { id, name: 'Invoices of May' });
  assert.equal(changed.data.name, 'Invoices of May');
  await api.destroy('conversations', id);
  await assert.rejects(api.find('conversations', id));
});
