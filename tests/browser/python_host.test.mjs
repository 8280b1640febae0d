// A host in Python, on ctypes and the standard library alone: the API over it, and the Activity panel on its page.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';

import { Client } from '../api/support/client.mjs';
import { inspect, join, openBrowser } from './support/people.mjs';

const folder = path.join(process.env.PARLEY_SOURCE_DIR, 'tests/hosts/python');
let data;
let child;
let address;

before(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'parley-python-'));
  const plugin = [process.env.PARLEY_HOST_LIBRARY, process.env.PARLEY_PLUGIN, `sqlite:${data}/parley.db`, '0'];
  child = spawn('python3', ['-B', path.join(folder, 'host.py'), ...plugin], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.on('data', (bytes) => (log += bytes));
  address = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => resolve(line.split(' ').at(-1)));
    child.once('exit', (code) => reject(new Error(`the host ended with ${code}:\n${log}`)));
  });
});
after(async () => {
  child.removeAllListeners('exit');
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  assert.equal(await exited, 0);
  await rm(data, { recursive: true });
});

const as = (login) => new Client(address, login === 'clerk' ? '/admin/api' : '/api', login, 'secret');
const question = {
  data: {
    type: 'conversations',
    attributes: { name: 'Delivery', firstMessage: 'When will it come?' },
    relationships: { source: { data: { type: 'orders', id: '17' } } },
  },
};

test('it stays short: the contract is not hard', async () => {
  const files = await Promise.all(['host.py', 'parley.py'].map((name) => readFile(path.join(folder, name), 'utf8')));
  const lines = files.join('\n').split('\n').filter((line) => line.trim() !== '');
  assert.ok(lines.length < 300, `${lines.length} lines`);
});

test('its roles decide, and nobody sees the conversation of another customer', async () => {
  const made = await as('amanda').post('/conversations', question);
  const status = async (login, method, suffix = `/conversations/${made.id}`, body = undefined) =>
    (await as(login).send(method, suffix, { body })).status;
  assert.equal(await status('amanda', 'GET'), 200);
  assert.equal(await status('brian', 'GET'), 404);
  assert.equal(await status('clerk', 'GET'), 200);
  assert.equal(await status('clerk', 'DELETE'), 403, 'the role of the clerk may not delete');
  assert.equal(await status('nora', 'POST', '/conversations', { data: { type: 'conversations' } }), 403);
  assert.equal(await status('brian', 'POST', '/conversations', question), 422, 'the order is not his');
  const seen = await as('amanda').get(`/conversations/${made.id}?include=source,customerUser`);
  assert.deepEqual(seen.included.map((each) => each.attributes.name).sort(), ['Amanda Cole', 'ORD-17']);
  assert.ok((await as('clerk').get('/openapi.json')).paths['/conversations/{id}/transitions/{transition}']);
});

// What is sent raw on one connection, and the statuses that come back.
const raw = (text) =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.end(text));
    socket.on('data', (bytes) => (answer += bytes));
    socket.on('error', reject);
    socket.on('close', () => resolve([...answer.matchAll(/^HTTP\/1\.[01] (\d+)/gm)].map((found) => Number(found[1]))));
  });

test('its HTTP side refuses what it cannot read, and reads nothing twice', async () => {
  const head = 'POST /api/conversations HTTP/1.1\r\nHost: x\r\n';
  assert.deepEqual(await raw(`${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`), [400]);
  assert.deepEqual(await raw(`${head}Content-Length: abc\r\n\r\n`), [400]);
  assert.deepEqual(await raw(`${head}Content-Length: -1\r\n\r\n`), [400]);
  assert.deepEqual(await raw(`${head}Content-Length: 9999999\r\n\r\n`), [413]);
  for (const given of ['a', '/////w==', '%%%']) {
    assert.deepEqual(await raw(`GET /api/orders HTTP/1.0\r\nAuthorization: Basic ${given}\r\n\r\n`), [401], given);
  }
});

test('the Activity panel of the order works on its page', async () => {
  const { id } = await as('amanda').post('/conversations', {
    data: { ...question.data, attributes: { name: 'Colour', firstMessage: 'Is it green?' } },
  });
  const browser = await openBrowser();
  try {
    const credentials = { username: 'clerk', password: 'secret' };
    const clerk = await join(await browser.newContext({ httpCredentials: credentials, locale: 'en-US' }));
    const { page } = clerk;
    await page.goto(`${address}/admin/orders/17`);
    const panel = page.locator('parley-activity-panel');
    await panel.getByRole('button', { name: 'Colour', expanded: false }).click();
    await panel.getByText('Is it green?').last().waitFor();
    await panel.getByRole('textbox').last().fill('As grass.');
    await panel.getByRole('button', { name: 'Save', exact: true }).click();
    await panel.locator('[data-index]').filter({ hasText: 'As grass.' }).waitFor(); // not on its way any more
    await inspect(clerk, 'python-host-panel');
  } finally {
    await browser.close();
  }
  const messages = await as('amanda').get(`/conversations/${id}/messages?sort=index`);
  assert.deepEqual(messages.data.map((each) => each.attributes.body), ['Is it green?', 'As grass.']);
});
