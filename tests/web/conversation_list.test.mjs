import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConversationList, asRead } from '../../plugin/web/src/lib/conversation-list.js';

const conversation = (id, attributes = {}) => ({ id, attributes });
const page = (ids, next = '') => ({
  data: ids.map((id) => conversation(id)),
  links: { next: next && `/api/conversations?page[after]=${next}` },
});
const turn = () => new Promise((resolve) => setImmediate(resolve));
const ids = (list) => list.items.map(({ id }) => id);

// A list whose reads are answered by hand: `answers` settles them, first first.
function listOf() {
  const asked = [];
  const answers = [];
  let updates = 0;
  const list = new ConversationList({ requestUpdate: () => updates++ }, (wanted) => {
    asked.push(wanted);
    return new Promise((resolve, reject) => answers.push({ resolve, reject }));
  });
  return { list, asked, answers, updates: () => updates };
}

async function loaded(...args) {
  const all = listOf();
  const done = all.list.load();
  all.answers.shift().resolve(page(...args));
  await done;
  return all;
}

test('is loading until the first page is there, and says that it has to be drawn', async () => {
  const { list, asked, answers, updates } = listOf();
  assert.equal(list.state, 'loading');
  const done = list.load();
  const before = updates();
  answers.shift().resolve(page(['3', '2'], 'x'));
  await done;
  assert.equal(list.state, 'ready');
  assert.deepEqual(ids(list), ['3', '2']);
  assert.deepEqual(list.next, { after: 'x' });
  assert.deepEqual(asked, [undefined]);
  assert.ok(updates() > before);
});

test('a load that failed says why, and can be repeated', async () => {
  const { list, answers } = listOf();
  const failing = list.load();
  const error = new Error('no');
  answers.shift().reject(error);
  await failing;
  assert.equal(list.state, 'failed');
  assert.equal(list.error, error);
  const again = list.load();
  assert.equal(list.state, 'loading');
  answers.shift().resolve(page(['1']));
  await again;
  assert.equal(list.state, 'ready');
});

test('an answer that a later load overtook is not shown, good or bad', async () => {
  for (const late of ['resolve', 'reject']) {
    const { list, answers } = listOf();
    const first = list.load();
    const second = list.load();
    answers[1].resolve(page(['new']));
    await second;
    answers[0][late](page(['old']));
    await first;
    assert.equal(list.state, 'ready');
    assert.deepEqual(ids(list), ['new']);
  }
});

test('the next page is added, each conversation once', async () => {
  const { list, asked, answers } = await loaded(['4', '3'], 'x');
  const adding = list.loadMore();
  assert.equal(list.more, 'loading');
  assert.deepEqual(await list.loadMore(), [], 'one at a time');
  answers.shift().resolve(page(['3', '2']));
  await turn();
  answers.shift().resolve(page(['4', '3']));
  assert.deepEqual((await adding).map(({ id }) => id), ['2']);
  assert.deepEqual(ids(list), ['4', '3', '2']);
  assert.equal(list.next, null);
  assert.equal(list.more, '');
  assert.deepEqual(asked, [undefined, { after: 'x' }, undefined]);
});

test('B9: one that moved to the first page meanwhile is not skipped', async () => {
  const { list, answers } = await loaded(['4', '3'], 'x');
  const adding = list.loadMore();
  answers.shift().resolve(page(['2'])); // 1 was here
  await turn();
  answers.shift().resolve(page(['1', '4']));
  assert.deepEqual((await adding).map(({ id }) => id), ['2']);
  assert.deepEqual(ids(list), ['1', '4', '3', '2']);
});

test('the next page is added, though the first one cannot be read again', async () => {
  const { list, answers } = await loaded(['2'], 'x');
  const adding = list.loadMore();
  answers.shift().resolve(page(['1']));
  await turn();
  answers.shift().reject(new Error('no'));
  assert.deepEqual((await adding).map(({ id }) => id), ['1']);
  assert.deepEqual(ids(list), ['2', '1']);
});

test('a next page that failed says why, and leaves what is shown', async () => {
  const { list, answers } = await loaded(['4'], 'x');
  const adding = list.loadMore();
  const error = new Error('no');
  answers.shift().reject(error);
  assert.deepEqual(await adding, []);
  assert.equal(list.more, 'failed');
  assert.equal(list.moreError, error);
  assert.equal(list.state, 'ready');
  assert.deepEqual(list.next, { after: 'x' });
});

test('the next page of what is no longer shown is not added', async () => {
  for (const late of ['resolve', 'reject']) {
    const { list, answers } = await loaded(['4'], 'x');
    const adding = list.loadMore();
    const anew = list.load();
    answers[1].resolve(page(['9']));
    await anew;
    answers[0][late](page(['3']));
    await turn();
    answers[2]?.resolve(page(['4']));
    assert.deepEqual(await adding, []);
    assert.deepEqual(ids(list), ['9']);
    assert.equal(list.more, '');
  }
});

test('a refresh replaces the list, and leaves it where it fails', async () => {
  const { list, answers } = await loaded(['2', '1']);
  const good = list.refresh();
  assert.equal(list.state, 'ready', 'what is shown stays meanwhile');
  answers.shift().resolve(page(['3', '2']));
  await good;
  assert.deepEqual(ids(list), ['3', '2']);
  const bad = list.refresh();
  answers.shift().reject(new Error('no'));
  await bad;
  assert.equal(list.state, 'ready');
  assert.deepEqual(ids(list), ['3', '2']);
});

test('one is replaced by a later version, or put first', async () => {
  const { list } = await loaded(['2', '1']);
  list.take(conversation('1', { name: 'new' }));
  assert.equal(list.find('1').attributes.name, 'new');
  list.take(conversation('7'));
  assert.deepEqual(ids(list), ['2', '1']);
  list.putFirst(conversation('1', { name: 'newer' }));
  list.putFirst(conversation('7'));
  assert.deepEqual(ids(list), ['7', '1', '2']);
  assert.equal(list.find('1').attributes.name, 'newer');
});

test('what was read keeps all else', () => {
  const before = conversation('1', { name: 'a', unread: true });
  assert.deepEqual(asRead(before), conversation('1', { name: 'a', unread: false }));
  assert.equal(before.attributes.unread, true);
});
