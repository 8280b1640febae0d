import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../../plugin/web/src/lib/api.js';
import { Kept } from '../../plugin/web/src/lib/drafts.js';
import { Outbox, failedWords, outboxOf } from '../../plugin/web/src/lib/outbox.js';

function memory(items = null) {
  return {
    items,
    read() {
      return this.items;
    },
    write(value) {
      this.items = value;
    },
  };
}

test('messages are sent one after the other, in the order in which they were written', async () => {
  const sent = [];
  let running = 0;
  const outbox = new Outbox({
    send: async ({ body }) => {
      assert.equal(++running, 1);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      sent.push(body);
      return body;
    },
  });
  outbox.add('one');
  outbox.add('two');
  await outbox.add('three');
  assert.deepEqual(sent, ['one', 'two', 'three']);
  assert.deepEqual(outbox.items, []);
});

test('one that failed stays, others go on, and a retry has the same client id', async () => {
  const ids = [];
  const arrived = [];
  let broken = true;
  const outbox = new Outbox({
    send: async ({ clientId, body }) => {
      ids.push([body, clientId]);
      if (body === 'one' && broken) throw new Error('down');
      return body;
    },
    arrived: (message) => arrived.push(message),
  });
  outbox.add('one');
  await outbox.add('two');
  assert.deepEqual(arrived, ['two']);
  assert.equal(outbox.items.length, 1);
  assert.equal(outbox.items[0].state, 'failed');
  assert.equal(outbox.items[0].error.message, 'down');

  broken = false;
  await outbox.retry(outbox.items[0].clientId);
  assert.deepEqual(arrived, ['two', 'one']);
  const ofOne = ids.filter(([body]) => body === 'one').map(([, id]) => id);
  assert.equal(ofOne.length, 2);
  assert.equal(new Set(ofOne).size, 1);
  assert.notEqual(ids[1][1], ofOne[0]);
});

test('what did not arrive survives a reload, as failed', async () => {
  const store = memory();
  const first = new Outbox({ send: () => Promise.reject(new Error('down')), store });
  await first.add('one');
  const second = new Outbox({ send: async () => 'ok', store });
  assert.deepEqual(second.items.map(({ body, state }) => [body, state]), [['one', 'failed']]);
  assert.equal(second.items[0].clientId, first.items[0].clientId);
  await second.retry(second.items[0].clientId);
  assert.deepEqual(store.items, []);
});

test('S6: why one did not arrive survives a reload; of one that was under way nothing is known', async () => {
  const store = {
    text: 'null',
    read: () => JSON.parse(store.text),
    write: (items) => (store.text = JSON.stringify(items)),
  };
  const errors = [{ status: '403', detail: 'This conversation is closed.' }];
  const refused = new ApiError('forbidden', { status: 403, errors });
  const first = new Outbox({ send: ({ body }) => (body === 'one' ? Promise.reject(refused) : new Promise(() => {})), store });
  await first.add('one');
  first.add('two');
  const second = new Outbox({ send: async () => 'ok', store });
  assert.deepEqual(
    second.items.map(({ body, state, error }) => [body, state, error && { kind: error.kind, errors: error.errors }]),
    [
      ['one', 'failed', { kind: 'forbidden', errors }],
      ['two', 'failed', null],
    ],
  );
});

test('one that is discarded is gone', async () => {
  const store = memory();
  const outbox = new Outbox({ send: () => Promise.reject(new Error('down')), store });
  await outbox.add('one');
  outbox.discard(outbox.items[0].clientId);
  assert.deepEqual(outbox.items, []);
  assert.deepEqual(store.items, []);
});

test('D15: a failed one that is found to have arrived is left behind, others stay', async () => {
  const store = memory();
  const outbox = new Outbox({ store, send: () => Promise.reject(new Error('the answer was lost')), newId: () => `id-${++outbox.made}` });
  outbox.made = 0;
  await outbox.add('arrived');
  await outbox.add('lost');
  outbox.settle(new Set(['id-1', 'id-9']));
  assert.deepEqual(outbox.items.map(({ body }) => body), ['lost']);
  assert.deepEqual(store.items.map(({ body }) => body), ['lost']);
});

test('one that is being sent is not left behind: its answer is still to come', async () => {
  let answer;
  const outbox = new Outbox({ send: () => new Promise((resolve) => (answer = resolve)), newId: () => 'id-1' });
  const sending = outbox.add('one');
  outbox.settle(new Set(['id-1']));
  assert.equal(outbox.items.length, 1);
  answer('stored');
  await sending;
  assert.equal(outbox.items.length, 0);
});

// What Kept needs of a browser's storage.
class Storage extends Map {
  getItem(name) {
    return this.get(name) ?? null;
  }

  setItem(name, value) {
    this.set(name, value);
  }

  removeItem(name) {
    this.delete(name);
  }
}

test('S6: the outbox of a conversation goes on where what showed it is closed, and whoever shows it anew hears what becomes of it', async () => {
  const drafts = new Kept('customerusers/1', new Storage());
  let answer;
  const heard = [];
  const shown = (name) => ({
    send: () => new Promise((resolve) => (answer = resolve)),
    arrived: (message) => heard.push([name, message]),
  });
  const first = outboxOf(drafts, 'outbox:7');
  first.serve(shown('before'));
  const done = first.add('on its way');
  const again = outboxOf(new Kept('customerusers/1', drafts.storage), 'outbox:7');
  again.serve(shown('after'));
  assert.deepEqual(again.items.map(({ body, state }) => [body, state]), [['on its way', 'sending']]);
  answer('stored');
  await done;
  assert.deepEqual(heard, [['after', 'stored']]);
  assert.equal(drafts.storage.size, 0, 'nothing is kept of what arrived');
});

test('another user, or another conversation, has another outbox', () => {
  const storage = new Storage();
  const mine = outboxOf(new Kept('customerusers/2', storage), 'outbox:8');
  assert.equal(outboxOf(new Kept('customerusers/2', storage), 'outbox:8'), mine);
  assert.notEqual(outboxOf(new Kept('customerusers/2', storage), 'outbox:9'), mine);
  assert.notEqual(outboxOf(new Kept('customerusers/3', storage), 'outbox:8'), mine);
});

test('S6: what was refused is told to whoever shows the conversation now, and is kept until that takes it', async () => {
  const drafts = new Kept('customerusers/4', new Storage());
  let refuse;
  const told = [];
  const shown = (name) => ({
    send: () => new Promise((resolve, reject) => (refuse = reject)),
    failed: ({ body }, error) => told.push([name, body, error.message]),
  });
  const outbox = outboxOf(drafts, 'outbox:7');
  outbox.serve(shown('before'));
  const done = outbox.add('too long');
  outbox.serve(shown('after'));
  refuse(new Error('no'));
  await done;
  assert.deepEqual(told, [['after', 'too long', 'no']]);
  assert.deepEqual(outbox.items.map(({ body, state }) => [body, state]), [['too long', 'failed']]);
});

test('S6: after a reload, which is after a login, none of that is a reason any more', () => {
  const reasons = ['unauthorized', 'stale', 'network'].map((kind) => ({ clientId: kind, body: kind, error: { kind } }));
  const { items } = new Outbox({ store: memory(reasons) });
  assert.deepEqual(items.map(({ error }) => error?.kind ?? null), [null, null, 'network']);
});

test('S6: a list names what is known not to have arrived, not what may have', async () => {
  const drafts = new Kept('customerusers/5', new Storage());
  const item = (body, error) => ({ clientId: body, body, error });
  drafts.write('outbox:1', [item('under way when the page went', null), item('refused', { kind: 'invalid' })]);
  assert.deepEqual(failedWords(drafts, 'outbox:1'), ['refused']);
  assert.deepEqual(failedWords(drafts, 'outbox:2'), []);

  const outbox = outboxOf(drafts, 'outbox:3');
  let refuse;
  outbox.serve({ send: () => new Promise((resolve, reject) => (refuse = reject)) });
  const done = outbox.add('on its way');
  assert.deepEqual(failedWords(drafts, 'outbox:3'), []);
  refuse(new Error('no'));
  await done;
  assert.deepEqual(failedWords(drafts, 'outbox:3'), ['on its way']);
});
