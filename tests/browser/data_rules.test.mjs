// Rules of the data as people meet them on the screens: who is part of a conversation, numbers, read marks, what was deleted, texts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amandaCole, apiOf, order1001, statusOf, user } from './support/api.mjs';
import { admin, byApi, enter, host } from './support/back_office.mjs';
import { backOffice, forgive } from './support/people.mjs';

const view = () => admin.page.locator('parley-conversation-view');
const log = () => view().getByRole('log');
const stored = (words) => log().locator('[data-index]').filter({ hasText: words });
const composer = () => view().locator('parley-thread').getByRole('textbox', { name: 'Message' });
const save = () => view().locator('parley-thread').getByRole('button', { name: 'Save', exact: true });
const contexts = () => view().locator('ul.contexts');

async function open({ id }) {
  await admin.page.goto(`${host.address}/admin/conversations/${id}`);
  await view().getByRole('tab', { name: 'Chat' }).waitFor();
}

// What stands beside a label among the details.
const fact = (label) => view().locator('dl > div').filter({ has: admin.page.getByText(label, { exact: true }) }).locator('dd');

test('D6 D7: customer user and customer come from the source; they, the owner and who speaks are contexts', async () => {
  const conversation = await byApi.startConversation({ firstMessage: 'Good morning' }, { source: order1001 });
  await open(conversation);
  await fact('Customer User').getByText('Amanda Cole').waitFor();
  assert.equal((await fact('Customer').innerText()).trim(), 'Acme Industries');
  for (const title of ['John Doe', 'Amanda Cole', 'Order ORD-1001']) await contexts().getByRole('link', { name: title }).waitFor();
  assert.equal(await contexts().getByText('Charlie Stone').count(), 0);
  await byApi.addMessage(conversation, 'From a colleague', {}, { sender: user.charlie });
  await open(conversation);
  await contexts().getByRole('link', { name: 'Charlie Stone' }).waitFor();
});

test('D9: numbers run without gap or repeat while several write, system messages among them', async () => {
  const conversation = await byApi.startConversation({ name: 'In a hurry' }, { source: order1001 });
  const greta = apiOf(host, 'greta');
  await Promise.all(
    Array.from({ length: 12 }, (_, at) => (at % 2 ? byApi : greta).addMessage(conversation, `Word ${at}`)),
  );
  await byApi.post(`conversations/${conversation.id}/transitions/close`);
  await open(conversation);
  await view().getByRole('tab', { name: 'All messages' }).click();
  const rows = view().getByRole('tabpanel').locator('tbody tr');
  await rows.first().waitFor();
  while (await view().getByRole('button', { name: 'Load more' }).count()) {
    const before = await rows.count();
    await view().getByRole('button', { name: 'Load more' }).click();
    await rows.nth(before).waitFor();
  }
  const numbers = await rows.locator('td:first-child').allInnerTexts();
  assert.deepEqual(numbers.map(Number), Array.from(numbers, (_, at) => numbers.length - at));
  const { data } = await byApi.get(`conversations/${conversation.id}`);
  assert.equal(data.attributes.messagesNumber, 12, 'system messages have numbers, and are not counted');
  assert.ok(numbers.length > 12);
});

test('D10: to send moves the own mark, not that of whom it was sent for', async () => {
  const conversation = await byApi.startConversation({ name: 'Marked once' }, { owner: user.charlie });
  await byApi.addMessage(conversation, 'In the name of Charlie', {}, { sender: user.charlie });
  const unreadRow = (page) => page.locator('tr.highlight').filter({ hasText: 'Marked once' });
  const charlie = await enter(backOffice, 'charlie');
  for (const { page } of [charlie, admin]) await page.goto(`${host.address}/admin/conversations?filter[name]=Marked once`);
  await unreadRow(charlie.page).waitFor();
  await admin.page.getByRole('link', { name: 'Marked once', exact: true }).waitFor();
  assert.equal(await unreadRow(admin.page).count(), 0, 'the author has read it');
});

test('D11: what was deleted is not shown any more, and the conversation opens', async () => {
  const order = { type: 'orders', id: '8' };
  const conversation = await apiOf(host, 'erin').startConversation({ name: 'Outlives both', firstMessage: 'By Erin' });
  const about = await byApi.startConversation({ name: 'Outlives its order', firstMessage: 'Hello' }, { source: order });
  await open(about);
  await fact('Source').getByText('Order ORD-1008').waitFor();
  for (const path of ['/orders/8', '/users/4']) assert.equal(await statusOf(host, 'admin')('DELETE', path), 204, path);
  await open(about);
  assert.equal((await fact('Source').innerText()).trim(), 'None');
  assert.equal(await contexts().getByText('ORD-1008').count(), 0);
  await open(conversation);
  await stored('By Erin').getByText('Deleted user').first().waitFor();
  const list = `${host.address}/admin/conversations`;
  await admin.page.goto(`${list}?filter[name]=Outlives both`);
  const row = admin.page.locator('tbody tr');
  for (const column of ['Assigned to', 'Last message by']) {
    assert.equal((await row.locator(`td[data-label="${column}"]`).innerText()).trim(), 'Deleted user', column);
  }
  const csv = await (await admin.page.request.get(`${list}/export?filter[name]=Outlives both`)).text();
  assert.equal(csv.split('\r\n')[1].split(',').filter((cell) => cell === '"Deleted user"').length, 2, csv);
});

test('D12: Markdown is rendered, and nothing in it runs', async () => {
  const body = '**bold** <img src=x onerror="document.title=1"> <script>document.title=2</script> [x](javascript:document.title=3)';
  const conversation = await byApi.startConversation({ name: 'Marked up', firstMessage: body });
  await open(conversation);
  await stored('bold').locator('strong', { hasText: 'bold' }).waitFor();
  assert.equal(await log().locator('script, img, a[href^="javascript"]').count(), 0);
  await stored('<script>').waitFor(); // as text
});

test('D15: a message that is sent twice is stored once', async () => {
  const conversation = await byApi.startConversation({ name: 'Twice' }, { customerUser: amandaCole });
  await open(conversation);
  let lost = false;
  await admin.page.route('**/api/conversationmessages', async (route) => {
    if (lost || route.request().method() !== 'POST') return route.continue();
    lost = true;
    await route.fetch(); // it arrives, but its answer does not
    return route.abort('connectionreset');
  });
  await composer().fill('Only one of me');
  await save().click();
  await log().getByRole('button', { name: 'Retry' }).click();
  await stored('Only one of me').waitFor();
  await open(conversation);
  await stored('Only one of me').waitFor();
  assert.equal(await stored('Only one of me').count(), 1);
  forgive(admin, 0);
});
