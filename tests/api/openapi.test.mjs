// The OpenAPI document of each application: a linter takes it, and every operation answers as it says. (A7)
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import { startHost } from '../browser/support/host.mjs';
import { Client } from './support/client.mjs';

const mediaType = 'application/vnd.api+json';
const link = (type, id) => ({ data: { type, id } });

// A value of a filter.
function sampleOf(name, schema) {
  const known = { 'filter[status]': 'active', 'filter[messageType]': 'text' };
  const found = Object.entries(known).find(([start]) => name.startsWith(start) && schema.type !== 'boolean');
  if (found) return found[1];
  if (schema.type === 'boolean') return 'true';
  return schema.format === 'date-time' ? '2026-01-31T08:00:00Z' : '1';
}

let host;
before(async () => {
  host = await startHost();
});
after(async () => {
  assert.equal(await host.stop(), 0);
});

async function lint(document) {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-openapi-'));
  try {
    const file = path.join(folder, 'openapi.json');
    const rules = path.join(folder, 'rules.yaml');
    await writeFile(file, JSON.stringify(document, null, 1));
    // Whom to write to is the host's affair, and there is no option for it.
    await writeFile(rules, 'extends: ["spectral:oas"]\nrules:\n  info-contact: "off"\n');
    const spectral = path.join(process.env.PARLEY_SOURCE_DIR, 'node_modules/.bin/spectral');
    const linted = promisify(execFile)(spectral, ['lint', '--quiet', '--fail-severity', 'warn', '-r', rules, file]);
    await linted.catch((error) => assert.fail(error.stdout + error.stderr));
  } finally {
    await rm(folder, { recursive: true });
  }
}

// Sends what the document offers, one operation after the other, and holds each answer against its schema.
class Walk {
  constructor(client, document) {
    this.client = client;
    this.document = document;
    this.ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(this.ajv);
    this.ajv.addSchema(document, 'openapi');
    this.validators = new Map();
    this.operations = new Map();
    this.walked = new Set();
    this.headersSeen = new Set();
    this.ids = new Map();
    for (const [address, item] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        this.operations.set(operation.operationId, { address, method, operation });
      }
    }
  }

  validator(steps) {
    const pointer = '/' + steps.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
    if (!this.validators.has(pointer)) {
      this.validators.set(pointer, this.ajv.compile({ $ref: 'openapi#' + encodeURI(pointer) }));
    }
    return this.validators.get(pointer);
  }

  responseSteps(address, method, status) {
    const steps = ['paths', address, method, 'responses', String(status)];
    const response = this.document.paths[address][method].responses[String(status)];
    return response?.$ref === undefined ? [response, steps] : this.resolved(response.$ref);
  }

  resolved(reference) {
    const steps = reference.slice(2).split('/');
    return [steps.reduce((at, step) => at[step], this.document), steps];
  }

  async perform(id, { parameters = {}, query = '', body, headers, status } = {}) {
    const found = this.operations.get(id);
    assert.ok(found, `the document has no operation ${id}`);
    const { address, method, operation } = found;
    this.walked.add(id);
    const target = address.replaceAll(/{(\w+)}/g, (_, name) => {
      assert.ok(parameters[name] !== undefined, `${id} needs ${name}`);
      return encodeURIComponent(parameters[name]);
    });
    if (body !== undefined) {
      const check = this.validator(['paths', address, method, 'requestBody', 'content', mediaType, 'schema']);
      assert.ok(check(body), `request of ${id}: ${this.ajv.errorsText(check.errors)}`);
    } else {
      assert.ok(!operation.requestBody?.required, `${id} needs a body`);
    }
    const answer = await this.client.send(method.toUpperCase(), target + query, { body, headers });
    const where = `${method.toUpperCase()} ${target}${query} (${id}): ${answer.status} ${JSON.stringify(answer.body)}`;
    assert.ok(status === undefined ? answer.status < 300 : answer.status === status, where);
    const [response, steps] = this.responseSteps(address, method, answer.status);
    assert.ok(response, `${where}: a status that the document does not name`);
    if (answer.body === undefined) {
      assert.equal(response.content, undefined, where);
    } else {
      assert.equal(answer.headers.get('content-type'), mediaType);
      const check = this.validator([...steps, 'content', mediaType, 'schema']);
      assert.ok(check(answer.body), `${where}: ${this.ajv.errorsText(check.errors)}`);
    }
    for (const header of Object.keys(response.headers ?? {})) {
      if (answer.headers.has(header)) this.headersSeen.add(header);
    }
    if (answer.status < 300) this.remember(answer.body);
    return answer.body;
  }

  // An id of each type, wherever one stands.
  remember(value) {
    if (value === null || typeof value !== 'object') return;
    if (typeof value.type === 'string' && typeof value.id === 'string') this.ids.set(value.type, value.id);
    Object.values(value).forEach((inner) => this.remember(inner));
  }

  // What can be read without knowing more than an id: lists, then resources and their relationships.
  async readEverything() {
    const readable = [...this.operations].filter(([, { method }]) => method === 'get');
    for (const [id, { address }] of readable) {
      if (/^\/(?!workflows)\w+$/.test(address)) await this.perform(id, { query: '?page[size]=3&page[total]=true' });
    }
    for (const [id, { address }] of readable) {
      const [, type] = /^\/(\w+)\/{id}/.exec(address) ?? [];
      if (type === undefined) continue;
      assert.ok(this.ids.has(type), `there is no ${type} to look at`);
      await this.perform(id, { parameters: { id: this.ids.get(type) } });
    }
  }

  parametersOf(operation) {
    return (operation.parameters ?? []).map((each) => (each.$ref === undefined ? each : this.resolved(each.$ref)[0]));
  }

  // Every filter and every order of every list: what the document offers is taken, and other operators are not.
  async filterEverything() {
    const operators = ['not', 'greater', 'greaterOrEqual', 'less', 'lessOrEqual', 'contains', 'exists'];
    let tried = 0;
    for (const [id, { address, method, operation }] of this.operations) {
      if (method !== 'get' || !/^\/(?!workflows)\w+$/.test(address)) continue;
      const offered = this.parametersOf(operation).filter(({ name }) => /^(filter\[|sort$)/.test(name));
      const names = new Set(offered.map(({ name }) => name));
      for (const { name, schema } of offered) {
        const several = schema.type === 'array';
        const values = several && schema.items.enum ? schema.items.enum : [sampleOf(name, several ? schema.items : schema)];
        for (const value of values) {
          await this.perform(id, { query: `?${name}=${encodeURIComponent(value)}`, status: 200 });
          tried += 1;
        }
        if (name === 'sort' || name === 'filter[search]') continue;
        const list = `?${name}=${encodeURIComponent(`${values[0]},${values[0]}`)}`;
        if (several) await this.perform(id, { query: list, status: 200 });
        const field = name.replace(new RegExp(`\\[(${operators.join('|')})\\]$`), '');
        for (const other of operators.map((operator) => `${field}[${operator}]`)) {
          if (!names.has(other)) await this.perform(id, { query: `?${other}=true`, status: 400 });
        }
      }
    }
    assert.ok(tried > 100, `only ${tried} filters and orders were tried`);
  }

  unwalked() {
    return [...this.operations.keys()].filter((id) => !this.walked.has(id));
  }
}

async function walkOf(client) {
  const answer = await client.send('GET', '/openapi.json', { headers: { Accept: 'application/json' } });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'application/json');
  await lint(answer.body);
  return new Walk(client, answer.body);
}

const conversation = (attributes, relationships) => ({ data: { type: 'conversations', attributes, relationships } });
const message = (id, attributes) => ({
  data: { type: 'conversationmessages', attributes, relationships: { conversation: link('conversations', id) } },
});

// Faults that come of a header: each answer names it, as its schema has it.
async function blameHeaders(walk, id) {
  const name = (text) => ({ data: { type: 'conversations', id, attributes: { name: text } } });
  const renamed = { id: 'updateConversations', parameters: { id }, body: name('Delivery') };
  const read = { id: 'markReadConversations', parameters: { id }, body: { meta: { index: 0 } } };
  const again = { ...read, body: { meta: { index: 1 } } };
  await walk.perform(read.id, { ...read, headers: { 'Idempotency-Key': 'blame-1' } });
  for (const { id: operation, header, value, status, ...rest } of [
    { ...renamed, header: 'If-Match', value: 'seven', status: 412 },
    { ...renamed, header: 'If-Match', value: '"4711"', status: 412 },
    { ...renamed, header: 'Content-Type', value: 'text/plain', status: 415 },
    { ...read, header: 'Idempotency-Key', value: 'k'.repeat(256), status: 400 },
    { ...again, header: 'Idempotency-Key', value: 'blame-1', status: 422 },
    { id: 'listConversations', header: 'Accept', value: 'text/html', status: 406 },
  ]) {
    const answer = await walk.perform(operation, { ...rest, headers: { [header]: value }, status });
    assert.deepEqual(answer.errors[0].source, { header }, `${status} of ${header}`);
  }
}

// Moves one's own read mark to the newest message, in both ways that there are.
async function moveMark(walk, client, id) {
  const mine = (await client.get(`/conversations/${id}/participants`)).data.find((each) => each.attributes.isMe);
  const newest = (await client.get(`/conversations/${id}/messages?page[size]=1`)).data[0];
  await walk.perform('updateConversationparticipants', {
    parameters: { id: mine.id },
    body: {
      data: {
        type: 'conversationparticipants',
        id: mine.id,
        relationships: { lastReadMessage: link('conversationmessages', newest.id) },
      },
    },
  });
  await walk.perform('replaceConversationparticipantsLastReadMessageLinkage', {
    parameters: { id: mine.id },
    body: link('conversationmessages', newest.id),
  });
}

describe('the back office', () => {
  test('lints, and every operation answers as it says', async () => {
    const client = new Client(host.address, '/admin/api', 'admin');
    const walk = await walkOf(client);
    const made = await walk.perform('createConversations', {
      body: conversation(
        { name: 'Delivery', firstMessage: 'When will it come?' },
        {
          source: link('orders', '1'),
          customerUser: link('customerusers', '1'),
          customer: link('customers', '1'),
          firstMessageSender: link('customerusers', '1'),
        },
      ),
      query: '?include=owner,customerUser,lastMessage.participant,activityTargets',
      headers: { 'Idempotency-Key': 'walk-1' },
    });
    assert.ok(made.included.length >= 4, 'documents come along');
    const id = made.data.id;
    const parameters = { id };
    await walk.perform('createConversationmessages', { body: message(id, { body: '**Today**', visibility: 'public' }) });
    await walk.perform('createConversationmessages', { body: message(id, { body: 'He is angry', visibility: 'internal' }) });
    await walk.perform('createConversations', { body: { data: { type: 'conversations' } }, status: 422 }).catch((error) => {
      if (!error.message.startsWith('request of')) throw error; // the schema says so already
    });
    await walk.perform('getConversations', { parameters: { id: '999' }, status: 404 });
    await walk.readEverything();
    await walk.filterEverything();
    await walk.perform('listConversations', { query: '?filter[nothing]=1', status: 400 });
    await blameHeaders(walk, id);
    await walk.perform('unreadConversations');
    await walk.perform('updateConversations', {
      parameters,
      body: { data: { type: 'conversations', id, attributes: { name: 'Delivery of ORD-1001' } } },
    });
    const changes = {
      Owner: link('users', '2'),
      CustomerUser: link('customerusers', '1'),
      Customer: link('customers', '1'),
      Status: link('conversationstatuses', 'active'),
      Source: link('orders', '1'),
    };
    for (const [name, body] of Object.entries(changes)) {
      await walk.perform(`replaceConversations${name}Linkage`, { parameters, body });
    }
    const targets = { data: [{ type: 'orders', id: '2' }] };
    for (const verb of ['add', 'remove', 'replace']) {
      await walk.perform(`${verb}ConversationsActivityTargetsLinkage`, { parameters, body: targets });
    }
    assert.equal(walk.operations.get('markReadConversations').operation.requestBody.required, true);
    assert.equal((await client.send('POST', `/conversations/${id}/mark-read`)).status, 422, 'it needs its body');
    await walk.perform('markReadConversations', { parameters, body: { meta: { index: 1 } } });
    await walk.perform('markUnreadConversations', { parameters });
    await walk.perform('markAllReadConversations');
    await moveMark(walk, client, id);
    await walk.perform('listActivity', { parameters: { recordType: 'orders', recordId: '1' } });
    await walk.perform('countActivity', { body: { data: [{ type: 'orders', id: '1' }] } });
    const closing = walk.parametersOf(walk.operations.get('performConversationsTransition').operation).map(({ name }) => name);
    assert.ok(['include', 'fields[conversations]'].every((name) => closing.includes(name)), `${closing}`);
    await walk.perform('performConversationsTransition', {
      parameters: { id, transition: 'close' },
      query: '?include=owner&fields[conversations]=status,owner',
    });
    await walk.perform('performConversationsTransition', { parameters: { id, transition: 'close' }, status: 409 });
    const [workflow] = (await walk.perform('listWorkflows')).data;
    for (const verb of ['getWorkflow', 'deactivateWorkflow', 'activateWorkflow']) {
      await walk.perform(verb, { parameters: { name: workflow.id } });
    }
    await walk.perform('deleteConversations', { parameters, headers: { 'If-Match': '"1"' }, status: 412 });
    await walk.perform('deleteConversations', { parameters });
    await client.post('/conversations', conversation({ name: 'Old', firstMessage: 'x' }, { source: link('orders', '1') }));
    await walk.perform('deleteManyConversations', { status: 400 });
    const removed = await walk.perform('deleteManyConversations', { query: '?filter[name]=Old' });
    assert.deepEqual(removed.meta, { removed: 1 });
    for (const [type, gone] of Object.entries({ orders: '3', rfqs: '2', quotes: '2', customerusers: '3', users: '3' })) {
      const name = `delete${type[0].toUpperCase()}${type.slice(1)}`;
      await walk.perform(name, { parameters: { id: gone } });
    }
    assert.deepEqual(walk.unwalked(), []);
    assert.deepEqual([...walk.headersSeen].sort(), ['ETag', 'Location']);
  });
});

describe('the storefront', () => {
  test('lints, and every operation answers as it says', async () => {
    const client = new Client(host.address, '/api', 'amanda@example.com');
    const walk = await walkOf(client);
    const made = await walk.perform('createConversations', {
      body: conversation({ name: 'A question', firstMessage: 'Is it green?' }, { source: link('orders', '1') }),
    });
    const parameters = { id: made.data.id };
    await walk.perform('createConversationmessages', { body: message(made.data.id, { body: 'Or blue?' }) });
    const clerk = new Client(host.address, '/admin/api', 'admin');
    await clerk.post('/conversationmessages', message(made.data.id, { body: 'Green it is.' }));
    await walk.readEverything();
    await walk.filterEverything();
    await walk.perform('unreadConversations');
    await walk.perform('markReadConversations', { parameters, body: { meta: { index: 3 } } });
    await walk.perform('markUnreadConversations', { parameters });
    await walk.perform('markAllReadConversations');
    await moveMark(walk, client, made.data.id);
    if (walk.operations.has('listActivity')) {
      await walk.perform('listActivity', { parameters: { recordType: 'orders', recordId: '1' } });
      await walk.perform('countActivity', { body: { data: [{ type: 'orders', id: '1' }] } });
    }
    if (walk.operations.has('listWorkflows')) {
      const [workflow] = (await walk.perform('listWorkflows')).data;
      await walk.perform('getWorkflow', { parameters: { name: workflow.id } });
    }
    assert.deepEqual(walk.unwalked(), []);
  });
});
