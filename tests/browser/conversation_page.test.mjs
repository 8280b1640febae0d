// The page of a conversation in the back office: tabs, history, contexts, workflow, and what is said of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amandaCole, apiOf, order1001, statusOf, user } from './support/api.mjs';
import { admin, browser, byApi, host } from './support/back_office.mjs';
import { forgive, holdAnswers, inspect, screenshot } from './support/people.mjs';
import { becomes, until } from './support/waiting.mjs';

const view = () => admin.page.locator('parley-conversation-view');
const tab = (name) => view().getByRole('tab', { name });
const rows = () => view().getByRole('tabpanel').locator('tbody tr');

async function open({ id }) {
  await admin.page.goto(`${host.address}/admin/conversations/${id}`);
  await tab('Chat').waitFor();
}

// The texts of a row's cells, without the white space of the markup.
const cells = (row) =>
  row.locator('td').evaluateAll((list) => list.map((cell) => cell.innerText.replace(/\s+/g, ' ').trim()));

test('B8: a conversation without messages says so on both tabs', async () => {
  await open(await byApi.startConversation({ name: 'Silence' }));
  await view().getByRole('log').getByText('There are no conversation messages').waitFor();
  await tab('All messages').click();
  await view().getByRole('tabpanel', { name: 'All messages' }).getByText('There are no conversation messages').waitFor();
  await inspect(admin, 'messages-none');
});

test('B8: "All messages" is a table: number, from, message, created; newest first', async () => {
  const conversation = await byApi.startConversation({ name: 'A few words' }, { source: order1001 });
  await byApi.addMessage(conversation, 'The **first** one.');
  await byApi.addMessage(conversation, 'For Amanda.', {}, { sender: amandaCole });
  await byApi.post(`conversations/${conversation.id}/transitions/close`);
  await open(conversation);
  await tab('All messages').click();
  await rows().nth(2).waitFor();
  const heads = await view().getByRole('tabpanel').getByRole('columnheader').allInnerTexts();
  assert.deepEqual(heads, ['Number', 'From', 'Message', 'Created']);
  assert.deepEqual((await cells(rows().nth(0))).slice(0, 3), ['3', 'System', 'Status changed from Active to Closed by John Doe']);
  assert.deepEqual((await cells(rows().nth(1))).slice(0, 3), [
    '2',
    'Amanda Cole sent by John Doe for Amanda Cole',
    'For Amanda.',
  ]);
  assert.deepEqual((await cells(rows().nth(2))).slice(0, 3), ['1', 'John Doe', 'The first one.']);
  assert.match((await cells(rows().nth(2)))[3], /\d{4}/);
  await inspect(admin, 'messages-table');
});

test('B8: more than a page is fetched by "Load more", each message once', async () => {
  const conversation = await byApi.startConversation({ name: 'Many words' });
  for (let number = 1; number <= 60; ++number) await byApi.addMessage(conversation, `Message ${number}`);
  await open(conversation);
  await tab('All messages').click();
  await rows().nth(24).waitFor();
  while (await view().getByRole('button', { name: 'Load more' }).count()) {
    const before = await rows().count();
    await view().getByRole('button', { name: 'Load more' }).click();
    await rows().nth(before).waitFor();
  }
  const numbers = await rows().locator('td:first-child').allInnerTexts();
  assert.deepEqual(numbers.map(Number), Array.from({ length: 60 }, (_, at) => 60 - at));
});

test('B8: the tabs work by the keyboard: arrows, Home and End choose, Tab goes to what is shown', async () => {
  await open(await byApi.startConversation({ name: 'By the keyboard' }));
  await tab('All messages').click();
  await tab('All messages').focus();
  for (const [key, chosen] of [
    ['ArrowRight', 'History'],
    ['ArrowRight', 'Chat'],
    ['ArrowLeft', 'History'],
    ['Home', 'Chat'],
    ['End', 'History'],
  ]) {
    await admin.page.keyboard.press(key);
    await tab(chosen).and(view().locator('[aria-selected=true]:focus')).waitFor();
  }
  assert.equal(await view().locator('[role=tab][tabindex="0"]').count(), 1, 'one stop for all tabs');
  await view().getByRole('tabpanel', { name: 'History' }).waitFor();
});

test('N4: the history says who did what and when, with the names of records', async () => {
  const conversation = await byApi.startConversation({ name: 'A/B' }, { owner: user.dana, source: order1001 });
  await byApi.addMessage(conversation, 'These words are no news.');
  await byApi.patch('conversations', conversation.id, { attributes: { name: 'Rather: orders/2' } });
  await byApi.patch('conversations', conversation.id, { relationships: { owner: { data: user.charlie } } });
  await byApi.patch('conversations', conversation.id, { relationships: { source: { data: null } } });
  const contexts = `conversations/${conversation.id}/relationships/activityTargets`;
  await byApi.post(contexts, { data: [{ type: 'orders', id: '2' }] });
  await byApi.post(`conversations/${conversation.id}/transitions/close`);
  await open(conversation);
  await tab('History').click();
  await rows().nth(6).waitFor();
  const told = [];
  for (const row of await rows().all()) told.push((await cells(row)).slice(1));
  assert.deepEqual(told, [
    ['John Doe', 'The status was changed Status: Active → Closed'],
    ['John Doe', 'A context was added Order ORD-1002'],
    ['John Doe', 'The conversation was edited Source: Order ORD-1001 → None'],
    ['John Doe', 'The assignment was changed Assigned to: Dana Reyes → Charlie Stone'],
    ['John Doe', 'The conversation was edited Name: A/B → Rather: orders/2'],
    ['John Doe', 'Message 1 was added'],
    ['John Doe', 'The conversation was created'],
  ]);
  assert.equal(await view().getByText('These words are no news.').count(), 0);
  await inspect(admin, 'history');
});

test('B8: a table that cannot be read says so, and "Retry" mends it', async () => {
  await open(await byApi.startConversation({ name: 'Cannot be read' }));
  await admin.page.route('**/conversationevents?*', (route) => route.fulfill({ status: 503, body: '' }));
  await tab('History').click();
  await view().getByRole('alert').getByText('Something went wrong on the server.').waitFor();
  await admin.page.unroute('**/conversationevents?*');
  await view().getByRole('button', { name: 'Retry' }).click();
  await rows().getByText('The conversation was created').waitFor();
  forgive(admin, 503);
});

// --- From

const thread = () => view().locator('parley-thread');
const from = () => thread().getByRole('combobox', { name: 'From' });
const text = () => thread().getByRole('textbox', { name: 'Message' });
const log = () => view().getByRole('log');
const stored = (words) => log().locator('[data-index]').filter({ hasText: words }); // not on its way any more
const toast = () => admin.page.locator('parley-toast');
const save = () => thread().getByRole('button', { name: 'Save', exact: true });

// It takes the focus once the messages are there.
async function addMessage() {
  await view().getByRole('button', { name: 'Add Message' }).click();
  await text().and(thread().locator(':focus')).waitFor();
}

async function speakFor(name) {
  await from().focus();
  await admin.page.keyboard.insertText(name);
  await thread().getByRole('option', { name }).waitFor();
  await admin.page.keyboard.press('ArrowDown');
  await admin.page.keyboard.press('Enter');
}

test('D3 B4: a message is sent for another, who is shown with its author; the next one is one\'s own again', async () => {
  const conversation = await byApi.startConversation({ name: 'By telephone' }, { source: order1001 });
  await open(conversation);
  await addMessage();
  await admin.page.keyboard.type('I called this morning.');
  await becomes(() => from().inputValue(), 'John Doe');
  await speakFor('Amanda Cole');
  await thread().getByText('sent by John Doe for Amanda Cole').waitFor();
  await inspect(admin, 'message-for-another');
  await save().click();
  await log().getByText('sent by John Doe for Amanda Cole').waitFor();
  await becomes(() => from().inputValue(), 'John Doe');
  await text().fill('Noted.');
  await save().click();
  await stored('Noted.').waitFor();
  const { data } = await byApi.get(`conversationmessages?filter[conversation]=${conversation.id}&sort=index`);
  const [first, second] = data.map(({ relationships: { sender, postedBy } }) => [sender.data, postedBy.data]);
  assert.deepEqual(first, [amandaCole, user.admin]);
  assert.deepEqual(second, [user.admin, user.admin]);
});

test('D3: users are offered, and the customer users of the conversation\'s customer alone', async () => {
  await open(await byApi.startConversation({ name: 'Whom to speak for' }, { source: order1001 }));
  await from().focus();
  await admin.page.keyboard.type('a');
  await thread().getByRole('option', { name: 'Amanda Cole' }).waitFor();
  const offered = await thread().getByRole('option').allInnerTexts();
  assert.ok(offered.some((one) => one.includes('Dana Reyes')), offered.join());
  assert.ok(!offered.some((one) => one.includes('Nora Falk')), offered.join());
  await screenshot(admin.page, 'message-from');
  await admin.page.keyboard.press('Escape');
  await thread().getByRole('button', { name: 'Clear From' }).click();
  await from().and(thread().locator('input:focus')).waitFor();
  await becomes(() => from().inputValue(), 'John Doe', 'nobody else is oneself');
});

test('D3 B12: a sender that is refused is said at From, and the text stays', async () => {
  const conversation = await byApi.startConversation({ name: 'Moved meanwhile' }, { source: order1001 });
  await open(conversation);
  await text().fill('These words stay.');
  await speakFor('Amanda Cole');
  await byApi.patch('conversations', conversation.id, {
    relationships: {
      customerUser: { data: { type: 'customerusers', id: '3' } },
      customer: { data: { type: 'customers', id: '2' } },
    },
  });
  await save().click();
  const composer = thread().locator('parley-composer');
  await composer.getByText('The customer user does not belong to the customer.').waitFor();
  await from().and(thread().locator('[aria-invalid=true]:focus')).waitFor();
  assert.equal(await text().inputValue(), 'These words stay.');
  assert.equal(await from().inputValue(), 'Amanda Cole');
  await log().getByText('These words stay.').waitFor({ state: 'detached' });
  forgive(admin, 422);
});

test('B4: Ctrl+Enter twice is one message, and finds no fault with the empty box', async () => {
  const conversation = await byApi.startConversation({ name: 'Twice' });
  await open(conversation);
  await text().fill('Once');
  await admin.page.keyboard.press('Control+Enter');
  await admin.page.keyboard.press('Control+Enter');
  await toast().getByText('Message has been added').waitFor();
  assert.equal(await thread().getByText('This value should not be blank.').count(), 0);
  assert.equal((await byApi.get(`conversations/${conversation.id}`)).data.attributes.messagesNumber, 1);
  await admin.page.keyboard.press('Control+Enter');
  await thread().getByText('This value should not be blank.').waitFor();
});

test('D14 B4: a blank message is refused beside the text, which keeps the focus', async () => {
  await open(await byApi.startConversation({ name: 'Blank' }));
  await text().fill('   ');
  await save().click();
  await thread().getByText('This value should not be blank.').waitFor();
  await text().and(thread().locator('[aria-invalid=true]:focus')).waitFor();
});

test('D3: who may not view customer users writes as oneself alone', async () => {
  const conversation = await byApi.startConversation({ name: 'Alone' }, { source: order1001 });
  const refuse = (route) => route.fulfill({ status: 403, body: '' });
  await admin.page.route('**/admin/api/customerusers?*', refuse);
  await open(conversation);
  await thread().locator('p.from').getByText('John Doe').waitFor();
  assert.equal(await from().count(), 0);
  await text().fill('As myself.');
  await save().click();
  await stored('As myself.').waitFor();
  await admin.page.unroute('**/admin/api/customerusers?*', refuse);
  forgive(admin, 403);
});

test('B8: whom it is assigned to is a link, be it a context or not', async () => {
  const conversation = await byApi.startConversation({ name: 'Handed over' });
  await byApi.patch('conversations', conversation.id, { relationships: { owner: { data: user.dana } } });
  await open(conversation);
  assert.equal(await view().locator('ul.contexts').getByText('Dana Reyes').count(), 0);
  await view().getByRole('link', { name: 'Dana Reyes' }).click();
  await admin.page.getByRole('heading', { level: 1, name: 'Dana Reyes' }).waitFor();
});

test('D3 D4: in the Activity section the choices of From reach out of it', async () => {
  const conversation = await byApi.startConversation({ name: 'In the section' }, { source: order1001 });
  await byApi.addMessage(conversation, 'Hello');
  await admin.page.goto(`${host.address}/admin/orders/1`);
  const panel = admin.page.locator('parley-activity-panel');
  await panel.getByRole('button', { name: 'In the section', expanded: false }).click();
  const field = panel.getByRole('combobox', { name: 'From' });
  await field.click();
  await panel.getByRole('option', { name: 'Amanda Cole' }).click(); // which must not lie under anything
  await panel.getByText('sent by John Doe for Amanda Cole').last().waitFor();
  await inspect(admin, 'activity-from');
});

// --- system messages, and what is read

test('B8: titles of records are in the language of whoever reads them', async () => {
  const conversation = await byApi.startConversation({ name: 'For both of us' }, { source: order1001 });
  await apiOf(host, 'greta').startConversation({ name: 'Von Greta' }, { source: order1001 });
  await open(conversation);
  await view().getByRole('link', { name: 'Order ORD-1001' }).first().waitFor();
  assert.equal(await view().getByText('Bestellung').count(), 0);
  const { data } = await apiOf(host, 'greta').get(`conversations/${conversation.id}`);
  assert.equal(data.meta.labels.source, 'Bestellung ORD-1001');
});

test('B6: "Refresh" shows what somebody else did to it, also where it is gone', async () => {
  const conversation = await byApi.startConversation({ name: 'In two hands', firstMessage: 'Here' });
  await open(conversation);
  await stored('Here').waitFor();
  const charlie = apiOf(host, 'charlie');
  await charlie.post(`conversations/${conversation.id}/transitions/close`);
  await view().getByRole('button', { name: 'Refresh' }).click();
  await view().getByRole('button', { name: 'Reopen' }).waitFor();
  assert.equal(await statusOf(host, 'admin')('DELETE', `/conversations/${conversation.id}`), 204);
  await view().getByRole('button', { name: 'Refresh' }).click();
  await view().getByText('This does not exist, or you do not have permission to see it.').waitFor();
  forgive(admin, 404);
});

test('B8: an answer that comes late does not undo what was read after it', async () => {
  const conversation = await byApi.startConversation({ name: 'Overtaken', firstMessage: 'Here' });
  await open(conversation);
  await stored('Here').waitFor();
  const address = `${host.address}/admin/api/conversations/${conversation.id}`;
  const { given, letGo } = await holdAnswers(admin.page, address, { times: 1 });
  await view().getByRole('button', { name: 'Refresh' }).click();
  await given;
  await byApi.post(`conversations/${conversation.id}/transitions/close`);
  await view().getByRole('button', { name: 'Refresh', disabled: false }).click();
  await view().getByRole('button', { name: 'Reopen' }).waitFor();
  const late = admin.page.waitForEvent('requestfinished', (request) => request.url() === address);
  letGo();
  await late;
  await admin.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  assert.equal(await view().getByRole('button', { name: 'Reopen' }).count(), 1);
});

test('B8 W5: a request for the transitions that is lost takes no button away', async () => {
  const conversation = await byApi.startConversation({ name: 'Buttons stay', firstMessage: 'Here' });
  await open(conversation);
  await view().getByRole('button', { name: 'Close', exact: true }).waitFor();
  const lost = admin.page.waitForEvent('requestfailed');
  await admin.page.route(`**/conversations/${conversation.id}/transitions`, (route) => route.abort(), { times: 1 });
  await view().getByRole('button', { name: 'Refresh' }).click();
  await lost;
  await view().getByRole('status').getByText('The messages are up to date').waitFor();
  assert.equal(await view().getByRole('button', { name: 'Close', exact: true }).count(), 1);
  forgive(admin, 0);
});

const toggle = () => view().getByRole('checkbox', { name: 'System messages' });

test('D13: system messages can be hidden and shown again; the choice holds on other pages', async () => {
  const conversation = await byApi.startConversation({ name: 'Back and forth', firstMessage: 'Words at first' });
  for (let time = 1; time <= 12; ++time) {
    await byApi.post(`conversations/${conversation.id}/transitions/close`);
    await byApi.post(`conversations/${conversation.id}/transitions/reopen`);
  }
  await byApi.addMessage(conversation, 'Words at last');
  await open(conversation);
  await stored('Words at last').waitFor();
  assert.ok((await log().locator('.system').count()) > 10);
  assert.equal(await stored('Words at first').count(), 0, 'it is on an older page');
  await toggle().uncheck();
  await stored('Words at first').waitFor();
  assert.equal(await log().locator('.system').count(), 0);
  await view().getByRole('button', { name: 'Refresh', disabled: false }).waitFor(); // the walk has ended
  assert.equal(await view().getByRole('button', { name: 'Older' }).isDisabled(), true, 'nothing is before the first one');
  await inspect(admin, 'system-hidden');

  await text().fill('Words in between');
  await save().click();
  await stored('Words in between').waitFor();
  await view().getByRole('button', { name: 'Close', exact: true }).click();
  await view().getByRole('button', { name: 'Reopen' }).waitFor();
  const alone = async () => {
    assert.equal(await log().locator('.system').count(), 0);
    assert.deepEqual(await log().locator('.bubble').allInnerTexts(), ['Words at first', 'Words at last', 'Words in between']);
  };
  await alone();

  await admin.page.reload();
  await stored('Words at first').waitFor();
  await alone();
  assert.equal(await toggle().isChecked(), false);
  await toggle().check();
  await log().getByText('Status changed from Active to Closed by John Doe').last().waitFor();
});

test('B11: "Mark as unread" sets it back, for the indicator too; looking at it further does not read it', async () => {
  const conversation = await byApi.startConversation({ name: 'To be read later' }, { source: order1001 });
  await apiOf(host, 'amanda@example.com', '/api').addMessage(conversation, 'Please have a look.');
  await open(conversation);
  const allUnread = () => byApi.get('conversations/unread');
  const unread = async () => (await allUnread()).data.some(({ id }) => id === conversation.id);
  await view().getByRole('button', { name: 'Mark as unread' }).waitFor(); // what was on the screen is read
  assert.equal(await unread(), false);
  await open(conversation); // this page has read nothing by itself
  await view().getByRole('button', { name: 'Mark as unread' }).click();
  await view().getByRole('status').getByText('Conversation is marked as unread').waitFor();
  const { count } = (await allUnread()).meta;
  await admin.page.locator('parley-indicator').getByRole('button', { name: `Conversations: ${count} unread` }).waitFor();
  await view().getByRole('button', { name: 'Refresh' }).click();
  await view().getByRole('status').getByText('The messages are up to date').waitFor();
  assert.equal(await unread(), true);
  await view().getByRole('button', { name: 'Mark as unread' }).waitFor({ state: 'detached' });
  await open(conversation);
  await view().getByRole('button', { name: 'Mark as unread' }).waitFor();
  assert.equal(await unread(), false, 'opened again it is read');
});

test('B11: who takes no part finds no "Mark as unread"', async () => {
  const conversation = await byApi.startConversation({ name: 'Of Dana' }, { owner: user.dana });
  await apiOf(host, 'dana').addMessage(conversation, 'Among us.');
  await open(conversation);
  await stored('Among us.').waitFor();
  assert.equal(await view().getByRole('button', { name: 'Mark as unread' }).count(), 0);
  await assert.rejects(byApi.post(`conversations/${conversation.id}/mark-unread`), /409.*You take no part/);
  await text().fill('Now I do.');
  await save().click();
  await view().getByRole('button', { name: 'Mark as unread' }).waitFor();
});

test('B12 W6: what somebody closed meanwhile says so, in the thread too, and the words stay', async () => {
  const conversation = await byApi.startConversation({ name: 'Closed meanwhile' }, { source: order1001 });
  await open(conversation);
  await text().fill('Too late');
  await byApi.post(`conversations/${conversation.id}/transitions/close`);
  await save().click();
  await log().getByText('Not sent. This conversation is closed.').waitFor();
  await thread().locator('.silent').getByText('This conversation is closed.').waitFor();
  await log().getByText('Status changed from Active to Closed by John Doe').waitFor();
  await log().locator('.outgoing').getByText('Too late').waitFor();
  forgive(admin, 409);
  await inspect(admin, 'closed-meanwhile');
});

test('B12: why a message was not sent, and the way out, are in view below a long thread, on a phone too', async () => {
  await admin.page.setViewportSize({ width: 375, height: 800 });
  const conversation = await byApi.startConversation({ name: 'A long way down' });
  for (let number = 1; number <= 20; ++number) await byApi.addMessage(conversation, `Message ${number}`);
  await open(conversation);
  await stored('Message 20').waitFor();
  await admin.page.route('**/admin/api/conversationmessages', (route) => route.abort(), { times: 1 });
  await text().fill('Words that\n\nstay\n\nbehind');
  await save().click();
  const retry = log().getByRole('button', { name: 'Retry' });
  await retry.waitFor();
  const inView = (element) =>
    element.querySelector('.fate button').getBoundingClientRect().bottom <= element.getBoundingClientRect().bottom;
  await admin.page.waitForFunction(inView, await log().elementHandle());
  await admin.page.setViewportSize(admin.viewport);
  await admin.page.route('**/admin/api/conversationmessages?*', (route) => route.abort(), { times: 1 });
  await view().getByRole('button', { name: 'Refresh' }).click();
  await thread().locator('.walk-error').getByText('The server cannot be reached.').waitFor();
  forgive(admin, 0);
  await inspect(admin, 'offline');
  await thread().locator('.walk-error').getByRole('button', { name: 'Retry' }).click();
  await thread().locator('.walk-error').waitFor({ state: 'detached' });
  await retry.click();
  await stored('behind').waitFor();
});

test('B12: that a message was added is said for everybody to see, and moves nothing', async () => {
  const conversation = await byApi.startConversation({ name: 'Seen to be saved' });
  await open(conversation);
  const place = () => text().boundingBox();
  await text().fill('Words');
  await text().press('Control+Enter');
  await toast().getByText('Message has been added').waitFor(); // which goes after some seconds
  await stored('Words').waitFor();
  await view().getByRole('button', { name: 'Mark as unread' }).waitFor(); // the page was read again
  const before = await place();
  await inspect(admin, 'toast');
  await toast().waitFor({ state: 'hidden' });
  assert.deepEqual(await place(), before);
  await thread().getByText('Ctrl+Enter saves.').waitFor();
});

// --- contexts, what is read aloud, and German

test('D5 B8: a context is added by search and taken away; a source is a link where it can be opened', async () => {
  const conversation = await byApi.startConversation({ name: 'About two orders' }, { source: order1001 });
  await open(conversation);
  const contexts = view().locator('ul.contexts');
  await view().getByRole('button', { name: 'Add Context' }).click();
  const search = view().getByRole('combobox', { name: 'Add Context' });
  await search.and(view().locator('input:focus')).waitFor();
  await admin.page.keyboard.insertText('ORD-1002');
  await view().getByRole('option', { name: 'ORD-1002' }).waitFor();
  await admin.page.keyboard.press('ArrowDown');
  await admin.page.keyboard.press('Enter');
  await toast().getByText('Context has been added').waitFor(); // which goes after some seconds
  await contexts.getByRole('link', { name: 'ORD-1002' }).waitFor();
  await view().getByRole('status').getByText('Context has been added').waitFor();
  await view().locator('.add-context:focus').waitFor();
  await log().getByText('Context Order ORD-1002 added by John Doe').waitFor();
  await view().getByRole('button', { name: 'Remove Order ORD-1002 from the context' }).click();
  await contexts.getByRole('link', { name: 'ORD-1002' }).waitFor({ state: 'detached' });
  await view().getByRole('status').getByText('Context has been removed').waitFor();
  await log().getByText('Context Order ORD-1002 removed by John Doe').waitFor();
  await inspect(admin, 'context-removed');
  await view().locator('dl').getByRole('link', { name: 'Order ORD-1001' }).click();
  await admin.page.getByRole('heading', { level: 1, name: 'Order ORD-1001' }).waitFor();
});

test('D5 B12: a context that was taken away stands where it stood to be taken back, by the keyboard too', async () => {
  const conversation = await byApi.startConversation({ name: 'Taken back' }, { source: order1001 });
  const contexts = view().locator('ul.contexts');
  const kept = async () => (await contexts.getByRole('listitem').allInnerTexts()).map((one) => one.trim());
  await open(conversation);
  const before = await kept();
  await view().getByRole('button', { name: 'Remove Order ORD-1001 from the context' }).focus();
  await admin.page.keyboard.press('Enter');
  await contexts.getByText('Order ORD-1001 has been removed').waitFor();
  await view().locator('.undo:focus').waitFor();
  assert.equal((await kept()).findIndex((one) => one.includes('has been removed')), before.indexOf('Order ORD-1001'));
  await admin.page.keyboard.press('Enter');
  await contexts.getByRole('link', { name: 'Order ORD-1001' }).waitFor();
  await becomes(async () => (await kept()).sort(), before.sort());
  assert.equal(await view().getByRole('button', { name: 'Undo' }).count(), 0);
  assert.ok((await byApi.get('activity/orders/1')).data.some(({ id }) => id === conversation.id));
});

test('B8: the customer is a link, and called as its page is', async () => {
  await open(await byApi.startConversation({ name: 'Of Acme' }, { source: order1001 }));
  await view().locator('dl').getByRole('link', { name: 'Acme Industries' }).click();
  await admin.page.getByRole('heading', { level: 1, name: 'Acme Industries' }).waitFor();
});

test('B12: what comes is read aloud; older messages that are loaded are not', async () => {
  const conversation = await byApi.startConversation({ name: 'A long thread' });
  for (let number = 1; number <= 30; ++number) await byApi.addMessage(conversation, `Message ${number}`);
  await open(conversation);
  await stored('Message 30').waitFor();
  await view().locator('[role=log][aria-live=polite]').waitFor();
  // Notes how the log was announced each time that a message came into it.
  await log().evaluate((element) => {
    globalThis.announced = [];
    new MutationObserver((changes) => {
      for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
        if (node.matches?.('[data-index]')) globalThis.announced.push([Number(node.dataset.index), element.ariaLive]);
      }
    }).observe(element, { childList: true, subtree: true });
  });
  const older = view().getByRole('button', { name: 'Older' });
  await older.focus();
  await admin.page.keyboard.press('Enter');
  await stored('Message 10').waitFor();
  assert.ok(await older.evaluate((button) => button.getRootNode().activeElement === button), 'the focus stays on "Older"');
  await view().locator('[role=log][aria-live=polite]').waitFor();
  await text().fill('Message 31');
  await save().click();
  await stored('Message 31').waitFor();
  const heard = () => admin.page.evaluate(() => globalThis.announced);
  const announced = await until(heard, (all) => all.some(([index]) => index === 31), 'the last one is announced');
  assert.deepEqual(announced.filter(([index]) => index <= 10).map(([, live]) => live), Array(10).fill('off'));
  assert.deepEqual(announced.filter(([index]) => index === 31).map(([, live]) => live), ['polite']);
});

// Of the demo data's people all speak English; what the server says stays so here.
test('the page speaks German where the visitor does, on a phone too', async () => {
  const conversation = await byApi.startConversation({ name: 'Auf Deutsch', firstMessage: 'Guten Tag' }, { source: order1001 });
  await byApi.post(`conversations/${conversation.id}/transitions/close`);
  await byApi.post(`conversations/${conversation.id}/transitions/reopen`);
  await admin.page.route(`**/admin/conversations/${conversation.id}`, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replaceAll('locale="en"', 'locale="de"').replace('<html lang="en"', '<html lang="de"');
    await route.fulfill({ response: answer, body });
  });
  await admin.page.goto(`${host.address}/admin/conversations/${conversation.id}`);
  for (const name of ['Chat', 'Alle Nachrichten', 'Verlauf']) await tab(name).waitFor();
  await view().getByRole('button', { name: 'Nachricht hinzufügen' }).waitFor();
  await view().getByRole('checkbox', { name: 'Systemnachrichten' }).waitFor();
  await view().locator('header .badge').getByText('Aktiv').waitFor();
  await inspect(admin, 'german-chat');
  await tab('Verlauf').click();
  await rows().first().getByText('Status: Geschlossen → Aktiv').waitFor();
  await inspect(admin, 'german-history');
});

// --- internal notes

test('B13: the composer says by icon, label and button that a note is internal; the thread says so in each', async () => {
  const conversation = await byApi.startConversation({ name: 'Behind the counter' }, { source: order1001 });
  await open(conversation);
  await text().fill('Begun as a message');
  await thread().getByRole('radio', { name: 'Internal note' }).check();
  const note = thread().getByRole('textbox', { name: 'Internal note' });
  assert.equal(await note.inputValue(), 'Begun as a message', 'the words stay');
  assert.equal(await save().count(), 0);
  await thread().getByText('Only back-office users can read it.').waitFor();
  await note.fill('He pays late.');
  await inspect(admin, 'note-composer');

  await admin.page.reload();
  await note.and(thread().locator('textarea')).waitFor();
  assert.equal(await note.inputValue(), 'He pays late.', 'a draft of a note comes back as a note');
  await thread().getByRole('button', { name: 'Save Internal Note' }).click();
  await stored('He pays late.').getByText('Internal note').waitFor();
  await note.fill('Very late.');
  await note.press('Control+Enter');
  await stored('Very late.').getByText('Internal note').waitFor();

  await thread().getByRole('radio', { name: 'Public message' }).check();
  await text().fill('We are looking into it.');
  await save().click();
  await stored('We are looking into it.').waitFor();
  assert.equal(await stored('We are looking into it.').getByText('Internal note').count(), 0);
  await inspect(admin, 'note-thread');
  await tab('All messages').click();
  await rows().filter({ hasText: 'He pays late.' }).getByText('Internal note').waitFor();

  const told = await apiOf(host, 'amanda@example.com', '/api').get(`conversationmessages?filter[conversation]=${conversation.id}`);
  assert.deepEqual(told.data.map(({ attributes }) => attributes.body), ['We are looking into it.']);
});

test('B13 D3: a note is never a customer user\'s', async () => {
  await open(await byApi.startConversation({ name: 'Among us' }, { source: order1001 }));
  await speakFor('Amanda Cole');
  assert.equal(await from().inputValue(), 'Amanda Cole');
  await thread().getByRole('radio', { name: 'Internal note' }).check();
  assert.equal(await from().inputValue(), 'John Doe');
  await from().focus();
  await admin.page.keyboard.type('a');
  await thread().getByRole('option', { name: 'Dana Reyes' }).waitFor();
  assert.equal(await thread().getByRole('option', { name: 'Amanda Cole' }).count(), 0);
});

test('B13: a note that could not be sent is sent again as a note', async () => {
  await open(await byApi.startConversation({ name: 'Trouble' }, { source: order1001 }));
  await admin.page.route('**/admin/api/conversationmessages', (route) => route.abort(), { times: 1 });
  await thread().getByRole('radio', { name: 'Internal note' }).check();
  await thread().getByRole('textbox', { name: 'Internal note' }).fill('Sent with trouble');
  await thread().getByRole('button', { name: 'Save Internal Note' }).click();
  await log().getByRole('button', { name: 'Retry' }).waitFor();
  await admin.page.reload();
  await log().locator('.outgoing').getByText('Internal note').waitFor();
  await log().getByRole('button', { name: 'Retry' }).click();
  await stored('Sent with trouble').getByText('Internal note').waitFor();
  forgive(admin, 0);
});
