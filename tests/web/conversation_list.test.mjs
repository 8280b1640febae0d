import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConversationList, asRead } from '../../plugin/web/src/lib/conversation-list.js';
import { mayCreate } from '../../plugin/web/src/lib/document.js';

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

test('a look shows what is new first, and keeps what was shown of later pages and the way on', async () => {
  const { list, answers } = await loaded(['4', '3'], 'x');
  const more = list.loadMore();
  answers.shift().resolve(page(['2', '1'], 'y'));
  await turn();
  answers.shift().resolve(page(['4', '3'], 'x'));
  await more;
  const looking = list.look();
  answers.shift().resolve(page(['5', '2'], 'z'));
  await looking;
  assert.deepEqual(ids(list), ['5', '2', '4', '3', '1']);
  assert.deepEqual(list.next, { after: 'y' });
});

test('a look at a list of one page takes out what is there no more', async () => {
  const { list, answers } = await loaded(['2', '1']);
  const looking = list.look();
  answers.shift().resolve(page(['2']));
  await looking;
  assert.deepEqual(ids(list), ['2']);
  assert.equal(list.next, null);
});

test('a look takes out what is gone from the first page, also where there are later ones', async () => {
  const written = (...all) => all.map((number) => conversation(String(number), { lastMessageAt: `2026-01-0${number}T00:00:00Z` }));
  const { list, answers } = listOf();
  const done = list.load();
  answers.shift().resolve({ data: written(5, 4, 3), links: { next: '/x?page[after]=x' } });
  await done;
  list.set({ items: written(5, 4, 3, 2) });
  const looking = list.look();
  answers.shift().resolve({ data: written(5, 3), links: { next: '/x?page[after]=y' } });
  await looking;
  assert.deepEqual(ids(list), ['5', '3', '2']);
});

test('a look that was under way when a later version was taken does not undo that', async () => {
  const { list, answers } = await loaded(['1']);
  const looking = list.look();
  list.take(conversation('1', { unread: false }));
  answers.shift().resolve({ data: [conversation('1', { unread: true })], links: {} });
  await looking;
  assert.equal(list.find('1').attributes.unread, false);
});

test('a look that fails leaves the list as it is, and says so to whoever looked', async () => {
  const { list, answers } = await loaded(['1']);
  const looking = list.look();
  answers.shift().reject(new Error('no'));
  await assert.rejects(looking, /no/);
  assert.equal(list.state, 'ready');
  assert.deepEqual(ids(list), ['1']);
});

test('where more has come than a page holds the list begins anew, so that none is left out between its pages', async () => {
  const { list, answers } = await loaded(['2', '1'], 'x');
  const looking = list.look();
  answers.shift().resolve(page(['9', '8'], 'y'));
  await looking;
  assert.deepEqual(ids(list), ['9', '8']);
  assert.deepEqual(list.next, { after: 'y' });
});

test('S1: whether one may create is what the last answer says, and trying tells where there was none', async () => {
  const said = (create) => ({ ...page(['1']), meta: { can: { create } } });
  const { list, answers } = listOf();
  const failing = list.load();
  answers.shift().reject(new Error('no'));
  await failing;
  assert.equal(mayCreate(list), true);
  const loading = list.load();
  answers.shift().resolve(said(true));
  await loading;
  assert.equal(mayCreate(list), true);
  const looking = list.look();
  answers.shift().resolve(said('You may not create conversations.'));
  await looking;
  assert.equal(mayCreate(list), false);
});

test('S8: what is held of later pages is looked at again, too', async () => {
  const { list, asked, answers } = await loaded(['5', '4'], 'x');
  const more = list.loadMore();
  answers.shift().resolve(page(['3', '2'], 'y'));
  await turn();
  answers.shift().resolve(page(['5', '4'], 'x'));
  await more;
  const looking = list.look();
  assert.deepEqual(asked.at(-1), { size: 4 });
  answers.shift().resolve(page(['5', '2']));
  await looking;
  assert.deepEqual(ids(list), ['5', '2'], 'two are not there any more, or not for this viewer');
  assert.equal(list.next, null);
});

test('a list that grows from nothing is read by whole pages', async () => {
  const { list, asked, answers } = await loaded([]);
  for (const held of [['1'], ['2', '1'], ['3', '2', '1']]) {
    const looking = list.look();
    assert.equal(asked.at(-1), undefined);
    answers.shift().resolve(page(held));
    await looking;
    assert.deepEqual(ids(list), held);
  }
});

test('C2: where there is no list any more, nothing of it is left, until there is one again', async () => {
  const { list, answers } = await loaded(['2', '1']);
  const looking = list.look();
  answers.shift().reject(Object.assign(new Error('no'), { kind: 'notFound' }));
  await assert.rejects(looking);
  assert.deepEqual([list.state, ids(list), mayCreate(list)], ['failed', [], false]);
  const again = list.look();
  answers.shift().resolve({ ...page(['2', '1']), meta: { can: { create: true } } });
  await again;
  assert.deepEqual([list.state, ids(list), mayCreate(list)], ['ready', ['2', '1'], true]);
});
