// What a buyer does with conversations in the shop: asks, reads, answers, on a desktop and on a phone.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { amandaCole, apiOf, statusOf, user, writer } from './support/api.mjs';
import { startHost } from './support/host.mjs';
import { assertAccessible, backOffice, forgive, holdAnswers, holdBack, inspect, openBrowser, screenshot, shop } from './support/people.mjs';
import { becomes, until } from './support/waiting.mjs';

const PAGE = '/pages/my-conversations';
const phone = { viewport: { width: 375, height: 760 }, hasTouch: true };
const DAY = 24 * 60 * 60_000;

let host;
let browser;
let amanda;
let byAdmin;
let byAmanda;

before(async () => {
  host = await startHost();
  browser = await openBrowser();
  amanda = await shop(browser, host, 'amanda@example.com');
  byAdmin = apiOf(host, 'admin');
  byAmanda = apiOf(host, 'amanda@example.com', '/api');
});

after(async () => {
  await browser?.close();
  assert.equal(await host?.stop(), 0, 'the sample host ends cleanly');
});

// --- what there is to talk about

// By the back office: with the customer user, so that it is unread there.
const toAmanda = (name, firstMessage, relationships = {}) =>
  byAdmin.startConversation({ name, ...(firstMessage ? { firstMessage } : {}) }, { customerUser: amandaCole, ...relationships });
const fromAmanda = (name, firstMessage) => byAmanda.startConversation({ name, firstMessage });
const perform = (conversation, transition) => byAdmin.post(`conversations/${conversation.id}/transitions/${transition}`, {});

// The texts of a conversation, oldest first, as its customer gets them.
async function storedTexts(conversation, by = byAmanda) {
  const { data } = await by.get(`conversationmessages?filter[conversation]=${conversation.id}&filter[messageType]=text&sort=index&page[size]=500`);
  return data.map(({ attributes }) => attributes.body);
}

// Enough to fill several pages of a thread; each of several lines, so that it is taller than the pane.
async function longTalk(name, count = 50) {
  const conversation = await fromAmanda(name, 'Line 1');
  for (let number = 2; number <= count; number++) await byAmanda.addMessage(conversation, `Line ${number}\n\nand some more of it`);
  return conversation;
}

// Writes the days of a conversation's messages anew: `ages` in days before `now`, oldest first. The database is SQLite's.
async function backdate(conversation, ages, now) {
  const times = ages.map((age) => (now - age * DAY) * 1000);
  const script = `
import json, sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=20) as messages:
    for index, time in enumerate(json.loads(sys.argv[3]), 1):
        found = messages.execute("update parley_message set all_created_at = ?, public_created_at = ?"
                                 " where conversation = ? and public_index = ?", (time, time, sys.argv[2], index))
        assert found.rowcount == 1, index
`;
  await promisify(execFile)('python3', ['-c', script, path.join(host.folder, 'parley.db'), conversation.id, JSON.stringify(times)]);
}

// As if the last that was written had been written by a clock that is half a minute ahead.
async function clockAhead(conversation) {
  const script = `
import sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=20) as conversations:
    conversations.execute("update parley_conversation set all_updated_at = all_updated_at + 30000000,"
                          " public_updated_at = public_updated_at + 30000000 where id = ?", (sys.argv[2],))
`;
  await promisify(execFile)('python3', ['-c', script, path.join(host.folder, 'parley.db'), conversation.id]);
}

// --- what is on the screen

const list = ({ page }) => page.getByRole('navigation', { name: 'Conversations' });
const item = (person, name) => list(person).getByRole('link', { name });
const thread = ({ page }) => page.locator('parley-thread');
const log = (person) => thread(person).getByRole('log');
const box = (person) => thread(person).getByRole('textbox', { name: 'Your Message' });
const heading = ({ page }, name) => page.getByRole('heading', { level: 2, name });
const jump = (person) => thread(person).getByRole('button', { name: /^Jump to latest/ });

async function open(person, conversation) {
  const { page } = person;
  await page.goto(`${host.address}${PAGE}${conversation ? `?conversation=${conversation.id}` : ''}`);
  if (conversation) await log(person).and(page.locator('[aria-busy=false]')).waitFor();
}

// Where the view of the messages stands: {top, end}, pixels before and behind what is seen.
const scrolled = (person) =>
  log(person).evaluate(({ scrollTop, scrollHeight, clientHeight }) => ({ top: scrollTop, end: scrollHeight - scrollTop - clientHeight }));
const topOf = (locator) => locator.evaluate((element) => element.getBoundingClientRect().top);
// The same once it does not move any more.
async function rested({ page }, locator) {
  let before;
  let now = await topOf(locator);
  do {
    before = now;
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    now = await topOf(locator);
  } while (now !== before);
  return now;
}
const countOf = (person) => log(person).locator('.message').count();

const waitForEnd = (person) => until(() => scrolled(person), ({ end }) => end < 2, 'the end is in view');

// As long as looking fails pages pause longer and longer; that the network is back ends it.
const online = ({ page }) => page.evaluate(() => dispatchEvent(new Event('online')));

// A request of a kind, as it leaves the page.
const isPost = (type) => (request) => request.method() === 'POST' && new URL(request.url()).pathname === `/api/${type}`;

async function sizes({ page }) {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(inner <= outer, `the page is ${inner} px wide on a screen of ${outer} px`);
}

// --- S1

test('S1 S5: without a conversation the page says so, and offers to create one', async () => {
  const nora = await shop(browser, host, 'nora@example.com');
  await open(nora);
  await nora.page.getByText('There are no conversations').waitFor();
  await nora.page.getByRole('button', { name: 'Create Conversation' }).waitFor();
  await inspect(nora, 'empty');
  // By an address of somebody else's.
  const { id } = await toAmanda('Not for Nora', 'For Amanda');
  await nora.page.goto(`${host.address}${PAGE}?conversation=${id}`);
  await nora.page.getByText('This does not exist, or you do not have permission to see it.').waitFor();
  await list(nora).getByText('There are no conversations').waitFor();
  forgive(nora, 404);
  await inspect(nora, 'empty-not-found');
  await nora.context.close();
});

test('S1: Profiles & Addresses > Conversations has "Create Conversation" at the top right', async () => {
  const { page } = amanda;
  await fromAmanda('Which colours', 'Which colours are there?');
  await page.goto(`${host.address}/`);
  await page.getByText('Profiles & Addresses').first().click();
  await page.getByRole('link', { name: 'Conversations' }).first().click();
  await item(amanda, /Which colours/).waitFor();
  const button = await page.getByRole('button', { name: 'Create Conversation' }).boundingBox();
  const panes = await page.locator('parley-conversations .panes').boundingBox();
  assert.ok(button.y + button.height <= panes.y, 'it stands above the panes');
  assert.ok(Math.abs(button.x + button.width - (panes.x + panes.width)) < 2, 'it ends where the panes end');
  await inspect(amanda, 'list');
});

test('S1: Subject, Your Message and "Send" make a conversation, which is open afterwards', async () => {
  const { page } = amanda;
  await open(amanda);
  await page.getByRole('button', { name: 'Create Conversation' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create Conversation' });
  await dialog.getByLabel('Subject').and(page.locator(':focus')).waitFor();
  await dialog.getByRole('button', { name: 'Send' }).click();
  await until(() => dialog.getByText('This value should not be blank.').count(), (count) => count === 2, 'both fields are named');
  await inspect(amanda, 'create-blank');
  await dialog.getByLabel('Subject').fill('Spare parts');
  await until(() => dialog.getByText('This value should not be blank.').count(), (count) => count === 1, 'one is mended');
  await dialog.getByLabel('Your Message').fill('Do you have **seals** for it?');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await heading(amanda, 'Spare parts').and(page.locator(':focus')).waitFor();
  await log(amanda).getByText('Do you have seals for it?').waitFor();
  const id = new URL(page.url()).searchParams.get('conversation');
  const { data } = await byAdmin.get(`conversations/${id}`);
  assert.equal(data.attributes.name, 'Spare parts');
  assert.equal(data.relationships.customerUser.data.id, amandaCole.id);
  await list(amanda).getByRole('listitem').first().getByText('Spare parts').waitFor();
  await inspect(amanda, 'created');
});

test('S1 S6 D15: a question whose answer is lost stays in the form; sent again it is stored once', async () => {
  const { page } = amanda;
  await open(amanda);
  await page.route('**/api/conversations', async (route) => {
    if (route.request().method() === 'POST') await route.fetch();
    return route.request().method() === 'POST' ? route.abort() : route.continue();
  });
  await page.getByRole('button', { name: 'Create Conversation' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Subject').fill('Lost on the way');
  await dialog.getByLabel('Your Message').fill('Is anybody there?');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.getByText('The server cannot be reached.').waitFor();
  assert.equal(await dialog.getByLabel('Your Message').inputValue(), 'Is anybody there?');
  forgive(amanda, 0);
  await inspect(amanda, 'create-failed');
  await page.unrouteAll();
  // Whatever was tried with it since: it is the same question.
  await dialog.getByLabel('Your Message').press('x');
  await dialog.getByLabel('Your Message').press('Backspace');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Create Conversation' }).click();
  assert.equal(await dialog.getByLabel('Your Message').inputValue(), 'Is anybody there?');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await heading(amanda, 'Lost on the way').waitFor();
  const { data } = await byAmanda.get('conversations?page[size]=100');
  assert.equal(data.filter(({ attributes }) => attributes.name === 'Lost on the way').length, 1);
});

// --- S2, S3

test('S2: the pages of an order, an RFQ and a quote have "Ask A Question"', async () => {
  const { page } = amanda;
  for (const [record, subject] of [['orders/12', 'Order ORD-1012'], ['rfqs/1', 'Request for Quote RFQ-2001'], ['quotes/1', 'Quote QUO-3001']]) {
    await page.goto(`${host.address}/${record}`);
    await page.getByRole('button', { name: 'Ask A Question' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ask A Question' });
    await dialog.getByText('Left empty, it is called as the record is.').waitFor();
    await dialog.getByLabel('Your Message').fill(`About ${record}?`);
    await dialog.getByRole('button', { name: 'Send' }).click();
    // Without a subject it bears the record's name (D8).
    await page.getByRole('dialog', { name: subject }).getByText(`About ${record}?`).waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('button', { name: 'Questions' }).and(page.locator(':focus')).waitFor();
  }
});

test('S3: "Questions" has them with their last message, a badge up to "9+" that comes by itself, and "Ask New Question"', async () => {
  const { page } = amanda;
  await page.goto(`${host.address}/orders/1`);
  await page.getByRole('button', { name: 'Ask A Question' }).waitFor();
  const source = { source: { type: 'orders', id: '1' } };
  const first = await toAmanda('Question 1', 'Your goods have left', source);
  const questions = page.getByRole('button', { name: 'Questions' });
  await questions.and(page.getByRole('button', { name: '1 unread' })).waitFor();
  for (let number = 2; number <= 9; number++) await toAmanda(`Question ${number}`, `Text ${number}`, source);
  await page.getByRole('button', { name: 'Questions 9 unread' }).waitFor();
  assert.equal(await questions.locator('.count').textContent(), '9');
  await toAmanda('Question 10', 'Text 10', source);
  await page.getByRole('button', { name: 'Questions 10 unread' }).waitFor();
  assert.equal(await questions.locator('.count').textContent(), '9+');
  await questions.click();
  const row = page.getByRole('listitem').filter({ hasText: 'Question 1' }).filter({ hasText: 'Your goods have left' });
  await row.waitFor();
  await inspect(amanda, 'questions');

  // Whatever room there is, the way to ask is in it.
  await page.setViewportSize({ width: 375, height: 420 });
  const anew = page.getByRole('button', { name: 'Ask New Question' });
  const lower = async () => {
    const { y, height } = await anew.boundingBox();
    return y + height <= 420;
  };
  await becomes(lower, true);
  await page.setViewportSize({ width: 1280, height: 900 });

  await row.getByRole('button').click();
  await page.getByRole('dialog').getByRole('log').getByText('Your goods have left').waitFor();
  await inspect(amanda, 'question-thread');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('button', { name: 'Questions 9 unread' }).waitFor();

  await byAdmin.addMessage(first, 'They have arrived');
  await questions.click();
  await page.locator('parley-questions').getByRole('listitem').first().getByText('They have arrived').waitFor();
  await page.getByRole('button', { name: 'Ask New Question' }).click();
  await page.getByRole('dialog', { name: 'Ask New Question' }).getByLabel('Subject').and(page.locator(':focus')).waitFor();
});

test('S3: the list of "Questions" shows what is so when it is opened, not when it was last looked', async () => {
  const someone = await shop(browser, host, 'amanda@example.com');
  const { page } = someone;
  const conversation = await toAmanda('Just now', 'An hour ago', { source: { type: 'orders', id: '12' } });
  await page.clock.install();
  await page.goto(`${host.address}/orders/12`);
  const button = page.getByRole('button', { name: /^Questions/ });
  await button.waitFor();
  await page.clock.pauseAt(Date.now() + DAY); // what waits for its time waits on
  await until(() => page.locator('parley-questions').evaluate((element) => element.refresher.looking), (looking) => !looking, 'it rests');
  await byAdmin.addMessage(conversation, 'A moment ago');
  await button.click();
  await page.getByRole('listitem').filter({ hasText: 'Just now' }).getByText('A moment ago').waitFor();
  await someone.context.close();
});

test('S3: on a phone "Back" closes the sheet over the page, and a link beside the list is followed; so does its button, and leaves nothing behind', async () => {
  await toAmanda('Over the page', 'Ring, ring', { source: { type: 'orders', id: '12' } });
  const someone = await shop(browser, host, 'amanda@example.com', { ...phone, isMobile: true });
  const { page } = someone;
  await page.goto(`${host.address}/orders`);
  await page.goto(`${host.address}/orders/12`);
  const button = page.getByRole('button', { name: /^Questions/ });
  const row = page.getByRole('button', { name: /Over the page/ });
  const sheet = page.getByRole('dialog');
  const entries = () => page.evaluate(() => window.history.length);
  const before = await entries();
  await button.tap();
  await row.waitFor();
  assert.equal(await entries(), before, 'the list is none of its own');
  await page.getByRole('navigation').getByRole('link', { name: 'Orders' }).first().tap();
  await page.waitForURL((url) => url.pathname === '/orders');
  await page.goto(`${host.address}/orders/12`);

  // From the list into a thread is one step.
  const start = await entries();
  await button.tap();
  await row.tap();
  await sheet.getByText('Ring, ring').waitFor();
  await inspect(someone, 'question-sheet');
  assert.equal(await entries(), start + 1);
  await page.goBack();
  await sheet.waitFor({ state: 'hidden' });
  await button.and(page.locator(':focus')).waitFor();
  assert.equal(new URL(page.url()).pathname, '/orders/12');

  // Closed by its button, and by the keyboard.
  const onPage = () => page.evaluate(() => window.history.state === null);
  for (const close of [() => sheet.getByRole('button', { name: 'Close' }).tap(), () => page.keyboard.press('Escape')]) {
    await button.tap();
    await row.tap();
    await sheet.getByText('Ring, ring').waitFor();
    assert.equal(await onPage(), false);
    await close();
    await sheet.waitFor({ state: 'hidden' });
    await until(onPage, (yes) => yes, 'its entry is gone');
  }

  // A question that was sent is shown in the same sheet.
  await button.tap();
  await page.getByRole('button', { name: 'Ask New Question' }).tap();
  await sheet.getByLabel('Subject').fill('By thumb');
  await sheet.getByLabel('Your Message').fill('Is it heavy?');
  await sheet.getByRole('button', { name: 'Send' }).tap();
  await sheet.getByRole('log').getByText('Is it heavy?').waitFor();
  await page.reload();
  await button.waitFor();
  await until(onPage, (yes) => yes, 'a page that is loaded anew begins without');
  await page.goBack();
  await page.waitForURL((url) => url.pathname === '/orders');
  await someone.context.close();
});

// --- S4

test('S4: as long as it is Active one can write', async () => {
  const conversation = await toAmanda('A chat', 'How can we help?');
  await open(amanda, conversation);
  await box(amanda).fill('With this.');
  await thread(amanda).getByRole('button', { name: 'Send' }).click();
  await log(amanda).getByText('With this.').waitFor();
  await becomes(() => storedTexts(conversation), ['How can we help?', 'With this.']);
  await inspect(amanda, 'active');
});

test('S4 W3: Closed says so by itself while it is read, and the words that were begun are there again once it is open', async () => {
  const { page } = amanda;
  const conversation = await toAmanda('Soon closed', 'Is that all?');
  await open(amanda, conversation);
  await box(amanda).fill('Not quite');
  await perform(conversation, 'close');
  await thread(amanda).getByText('This conversation is closed.').waitFor();
  assert.equal(await box(amanda).count(), 0);
  await page.locator('.open-head').getByText('Closed', { exact: true }).waitFor();
  assert.equal(await thread(amanda).getByLabel('What you wrote here was not sent:').inputValue(), 'Not quite');
  await item(amanda, /Soon closed/).getByText('Closed', { exact: true }).waitFor();
  await inspect(amanda, 'closed');
  await perform(conversation, 'reopen');
  await becomes(() => box(amanda).inputValue(), 'Not quite');
  await perform(conversation, 'close');
  await thread(amanda).getByRole('button', { name: 'Ask New Question' }).click();
  const anew = page.getByRole('dialog', { name: 'Ask New Question' });
  await anew.getByLabel('Subject').waitFor();
  await becomes(() => anew.getByLabel('Your Message').inputValue(), 'Not quite', 'the words go along');

  // Below what one had begun to ask before; asked, they are left nowhere.
  await anew.getByLabel('Your Message').fill('Before');
  await page.keyboard.press('Escape');
  await thread(amanda).getByRole('button', { name: 'Ask New Question' }).click();
  await becomes(() => anew.getByLabel('Your Message').inputValue(), 'Before\n\nNot quite');
  await anew.getByLabel('Subject').fill('Reopened as another');
  await anew.getByLabel('Subject').press('Control+Enter');
  await heading(amanda, 'Reopened as another').waitFor();
  await page.getByRole('status').getByText('Your question has been sent').first().waitFor();
  await item(amanda, /Soon closed/).click();
  await thread(amanda).getByText('This conversation is closed.').waitFor();
  assert.equal(await thread(amanda).getByLabel('What you wrote here was not sent:').count(), 0);
});

test('S4 W3: "Ask New Question" in place of the box asks about the same record', async () => {
  const { page } = amanda;
  const conversation = await toAmanda('About an order, closed', 'That was it', { source: { type: 'orders', id: '12' } });
  await perform(conversation, 'close');
  await open(amanda, conversation);
  await thread(amanda).getByRole('button', { name: 'Ask New Question' }).click();
  const anew = page.getByRole('dialog', { name: 'Ask New Question' });
  await anew.getByLabel('Your Message').fill('One more about it');
  await anew.getByRole('button', { name: 'Send' }).click();
  await heading(amanda, 'Order ORD-1012').waitFor();
  await page.locator('.about').getByRole('link', { name: 'Order ORD-1012' }).waitFor();
});

test('S4 W3: Inactive says so, and offers "Ask New Question"', async () => {
  const conversation = await toAmanda('Asleep', 'Still there?');
  await byAdmin.post('workflows/conversation_flow/deactivate', {});
  const inactive = { status: { data: { type: 'conversationstatuses', id: 'inactive' } } };
  const activate = () => byAdmin.post('workflows/conversation_flow/activate', {});
  await byAdmin.patch('conversations', conversation.id, { relationships: inactive }).finally(activate);
  await open(amanda, conversation);
  await thread(amanda).getByText('This conversation is inactive.').waitFor();
  await thread(amanda).getByRole('button', { name: 'Ask New Question' }).waitFor();
  assert.equal(await box(amanda).count(), 0);
  await inspect(amanda, 'inactive');
});

test('S4 S8: who sees it but may not write in it reads why', async () => {
  const conversation = await byAdmin.startConversation(
    { name: 'Of the subsidiary', firstMessage: 'For Wendy' },
    { customerUser: { type: 'customerusers', id: '4' } },
  );
  const oscar = await shop(browser, host, 'oscar@example.com');
  await open(oscar, conversation);
  await log(oscar).getByText('For Wendy').waitFor();
  await thread(oscar).getByText('You do not belong to the customer of this conversation.').waitFor();
  assert.equal(await box(oscar).count(), 0);
  await inspect(oscar, 'no-right');
  await oscar.context.close();
});

test('S4 S5: one that stands on no page of the list yet is followed, too', async () => {
  const conversation = await toAmanda('Of a later page', 'First');
  for (let number = 1; number <= 20; number++) await toAmanda(`On the first page ${number}`, 'Newer');
  await open(amanda, conversation);
  await log(amanda).getByText('First').waitFor();
  await item(amanda, /On the first page 20/).waitFor();
  assert.equal(await item(amanda, /Of a later page/).count(), 0);
  await perform(conversation, 'close'); // a transition does not move it up
  await thread(amanda).getByText('This conversation is closed.').waitFor();
  await log(amanda).getByText('Status changed from Active to Closed by John Doe').waitFor();
  await amanda.page.locator('.open-head').getByText('Closed', { exact: true }).waitFor();
});

test('S4 S5: one that is there no more while it is read says so, claims no status, and is gone from the list', async () => {
  const { page } = amanda;
  const conversation = await toAmanda('Taken away', 'Soon gone', { source: { type: 'orders', id: '12' } });
  await open(amanda, conversation);
  await page.route('**/api/conversationmessages', (route) => route.abort());
  await box(amanda).fill('Sent into the void');
  await box(amanda).press('Enter');
  await log(amanda).getByText('Not sent.').waitFor();
  forgive(amanda, 0);
  await page.unrouteAll();
  await online(amanda);
  await box(amanda).fill('And just begun');
  await log(amanda).getByText('Soon gone').waitFor();
  await page.locator('.open-head').getByText('Active').waitFor();
  assert.equal(await statusOf(host, 'admin')('DELETE', `/conversations/${conversation.id}`), 204);
  await thread(amanda).getByText('This does not exist, or you do not have permission to see it.').waitFor();
  await item(amanda, /Taken away/).waitFor({ state: 'detached' });
  await heading(amanda, 'Taken away').waitFor();
  assert.equal(await page.locator('.open-head').getByText('Active').count(), 0);
  assert.equal(await page.locator('.open-head').getByRole('link').count(), 0);
  forgive(amanda, 404);
  // What one had written is not lost with it.
  const left = thread(amanda).getByLabel('What you wrote here was not sent:');
  assert.equal(await left.inputValue(), 'Sent into the void\n\nAnd just begun');
  await left.and(page.locator(':focus')).waitFor();
  await inspect(amanda, 'gone');
  await thread(amanda).getByRole('button', { name: 'Ask New Question' }).click();
  const anew = page.getByRole('dialog', { name: 'Ask New Question' }).getByLabel('Your Message');
  assert.equal(await anew.inputValue(), 'Sent into the void\n\nAnd just begun');
  await page.reload();
  await becomes(() => left.inputValue(), 'Sent into the void\n\nAnd just begun');

  const another = await toAmanda('Taken away, too', 'Soon gone', { source: { type: 'orders', id: '12' } });
  await page.goto(`${host.address}/orders/12`);
  await page.getByRole('button', { name: /^Questions/ }).click();
  await page.getByRole('button', { name: /Taken away, too/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Taken away, too' });
  await dialog.getByText('Active').waitFor();
  assert.equal(await statusOf(host, 'admin')('DELETE', `/conversations/${another.id}`), 204);
  await dialog.getByText('This does not exist, or you do not have permission to see it.').waitFor();
  assert.equal(await dialog.getByText('Active').count(), 0);
  forgive(amanda, 404);
  await inspect(amanda, 'question-gone');
  await open(amanda); // that page would go on asking for it
});

// --- S5

test('S5: list and thread stand side by side, the open one in the address; reload, back and forward keep to it', async () => {
  const { page } = amanda;
  const [one, two] = [await toAmanda('First of two', 'One'), await toAmanda('Second of two', 'Two')];
  await open(amanda);
  await page.getByText('Choose a conversation to read it here').waitFor();
  await item(amanda, /First of two/).click();
  await heading(amanda, 'First of two').and(page.locator(':focus')).waitFor();
  assert.equal(new URL(page.url()).searchParams.get('conversation'), one.id);
  assert.equal(await item(amanda, /First of two/).getAttribute('aria-current'), 'true');
  const [left, right] = [await list(amanda).boundingBox(), await thread(amanda).boundingBox()];
  assert.ok(left.x + left.width <= right.x + 1, 'the list stands left of the thread');
  await item(amanda, /Second of two/).click();
  await heading(amanda, 'Second of two').waitFor();
  await page.reload();
  await heading(amanda, 'Second of two').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('conversation'), two.id);
  await page.goBack();
  await heading(amanda, 'First of two').waitFor();
  await log(amanda).getByText('One', { exact: true }).waitFor();
  await page.goForward();
  await heading(amanda, 'Second of two').waitFor();
  await log(amanda).getByText('Two', { exact: true }).waitFor();
});

test('S5: one that is opened by its address is in view in the list, too', async () => {
  const conversation = await toAmanda('Further down', 'Here');
  for (let number = 1; number <= 12; number++) await toAmanda(`Above it ${number}`, 'Newer');
  await open(amanda, conversation);
  const chosen = item(amanda, /Further down/);
  await chosen.and(amanda.page.locator('[aria-current=true]')).waitFor();
  const shown = async () => {
    const [row, pane] = [await chosen.boundingBox(), await list(amanda).boundingBox()];
    return row.y >= pane.y && row.y + row.height <= pane.y + pane.height;
  };
  await until(shown, (yes) => yes, 'its row is between the edges of the list');
  assert.equal(await amanda.page.evaluate(() => scrollY), 0, 'the page did not move');
  await amanda.page.goto(`${host.address}${PAGE}?conversation=${encodeURIComponent('"#]x')}`);
  await amanda.page.getByText('This does not exist, or you do not have permission to see it.').waitFor();
  forgive(amanda, 404);
  await open(amanda); // that page would go on asking for it
});

test('S5: one that moves to the top of the list by what one writes is followed there', async () => {
  const oldest = await fromAmanda('At the lower end', 'Long ago');
  for (let number = 1; number <= 15; number++) await fromAmanda(`Since then ${number}`, 'Newer');
  await open(amanda, oldest);
  const inView = () =>
    item(amanda, /At the lower end/).evaluate((element) => {
      const [row, pane] = [element, element.closest('.list')].map((one) => one.getBoundingClientRect());
      return row.top >= pane.top && row.bottom <= pane.bottom;
    });
  await becomes(inView, true);
  assert.notEqual(await list(amanda).evaluate(({ scrollTop }) => scrollTop), 0);
  await box(amanda).fill('One more thing');
  await box(amanda).press('Enter');
  await list(amanda).getByRole('listitem').first().getByText('At the lower end').waitFor();
  await becomes(inView, true);
});

test('S5: the thread names its status and its source, with a link to it', async () => {
  const { page } = amanda;
  const conversation = await toAmanda('About goods', 'They left', { source: { type: 'orders', id: '12' } });
  await open(amanda, conversation);
  await page.locator('.open-head').getByText('Active').waitFor();
  await page.locator('.open-head').getByRole('link', { name: 'Order ORD-1012' }).click();
  await page.getByRole('heading', { level: 1, name: /ORD-1012/ }).waitFor();
});

test('S5: messages stand below the day on which they were written; the last two days by their names', async () => {
  const conversation = await fromAmanda('For days', 'Of long ago');
  for (const text of ['Of the same day', 'Of the day before', 'Of now']) await byAmanda.addMessage(conversation, text);
  // No midnight comes in between.
  const noon = new Date().setUTCHours(12, 0, 0, 0);
  await backdate(conversation, [400, 400, 1, 0], noon);
  const reader = await shop(browser, host, 'amanda@example.com');
  await reader.page.clock.setFixedTime(noon);
  await open(reader, conversation);
  await log(reader).getByText('Of now').waitFor();
  const rows = await log(reader).getByRole('listitem').allInnerTexts();
  const long = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeZone: 'UTC' }).format(noon - 400 * DAY);
  const outline = rows.map((row) => [long, 'Yesterday', 'Today', 'Of long ago', 'Of the same day', 'Of the day before', 'Of now'].find((text) => row.includes(text)));
  assert.deepEqual(outline, [long, 'Of long ago', 'Of the same day', 'Yesterday', 'Of the day before', 'Today', 'Of now']);
  await inspect(reader, 'days');
  await reader.context.close();
});

test('S5: when a day ends while one reads, "Today" becomes "Yesterday"', async () => {
  const conversation = await fromAmanda('Past midnight', 'Of this day');
  const someone = await shop(browser, host, 'amanda@example.com', { timezoneId: 'UTC' });
  const { page } = someone;
  await page.clock.install();
  await open(someone, conversation);
  const days = () => log(someone).locator('.day').allInnerTexts();
  assert.deepEqual(await days(), ['Today']);
  const clock = item(someone, /Past midnight/).getByRole('time');
  const written = await clock.textContent();
  await page.route('**/api/**', (route) => route.abort()); // nothing else is a reason to draw anew
  await page.clock.fastForward(DAY);
  await until(days, (texts) => texts.join() === 'Yesterday', 'by the clock');
  await until(() => clock.textContent(), (text) => text !== written, 'the list has the date');
  // After a sleep, in which no timer runs.
  await page.clock.setSystemTime(Date.now() + 2 * DAY);
  await comeToFront(page);
  const full = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeZone: 'UTC' });
  await until(days, ([text]) => text === full.format(Date.now()) || text === full.format(Date.now() - 60 * 60_000), 'by its date');
  await someone.context.close();
});

test('S5 B11: a thread opens at "Unread messages", however far back; the line stays while one reads and more comes', async () => {
  const conversation = await fromAmanda('Away for a while', 'See you');
  for (let number = 1; number <= 35; number++) await byAdmin.addMessage(conversation, `News ${number}`);
  await open(amanda, conversation);
  const divider = log(amanda).getByText('Unread messages');
  await divider.waitFor();
  const inView = (element) => {
    const [pane, line] = [element, element.querySelector('.divider')].map((one) => one.getBoundingClientRect());
    return line.top >= pane.top && line.bottom <= pane.bottom;
  };
  await becomes(() => log(amanda).evaluate(inView), true, 'the line is in view');
  const order = async () => {
    const texts = await log(amanda).locator('.divider, .message').allInnerTexts();
    const at = texts.findIndex((text) => text.includes('Unread messages'));
    return [texts[at - 1], texts[at + 1]].map((text) => /See you|News \d+/.exec(text)?.[0]);
  };
  await becomes(order, ['See you', 'News 1']);
  await inspect(amanda, 'unread');

  // Read to the end: marked as read, and the line is where it was.
  const marked = amanda.page.waitForResponse((response) => response.url().endsWith('/mark-read'));
  await log(amanda).evaluate((element) => (element.scrollTop = element.scrollHeight));
  assert.equal((await marked).status(), 200);
  await item(amanda, /Away for a while/).getByText('Unread', { exact: true }).waitFor({ state: 'detached' });
  const markedAgain = amanda.page.waitForResponse((response) => response.url().endsWith('/mark-read'));
  await byAdmin.addMessage(conversation, 'News of now');
  await log(amanda).getByText('News of now').waitFor();
  assert.deepEqual(await order(), ['See you', 'News 1']);
  assert.equal(await divider.count(), 1);
  assert.equal((await markedAgain).status(), 200);
  await amanda.page.reload();
  await log(amanda).getByText('News of now').waitFor();
  await until(() => divider.count(), (count) => count === 0, 'all is read: no line');
});

test('S5: there is no line over what comes while one reads along, one over what came meanwhile, and none for who has answered', async () => {
  const conversation = await fromAmanda('Reading along', 'Anybody there?');
  await open(amanda, conversation);
  const divider = log(amanda).getByText('Unread messages');
  await byAdmin.addMessage(conversation, 'Yes, here.');
  await log(amanda).getByText('Yes, here.').waitFor();
  assert.equal(await divider.count(), 0);

  // In another tab for a while.
  const hide = (hidden) =>
    amanda.page.evaluate((value) => {
      for (const [name, of] of [['hidden', value], ['visibilityState', value ? 'hidden' : 'visible']]) {
        Object.defineProperty(document, name, { configurable: true, get: () => of });
      }
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await hide(true);
  await until(() => thread(amanda).evaluate((element) => element.refresher.looking), (looking) => !looking, 'it rests');
  await byAdmin.addMessage(conversation, 'Are you still there?');
  await hide(false);
  await log(amanda).getByText('Are you still there?').waitFor();
  const order = await log(amanda).locator('.divider, .message').allInnerTexts();
  assert.deepEqual(order.map((text) => /Anybody|Yes|Unread|Are you/.exec(text)[0]), ['Anybody', 'Yes', 'Unread', 'Are you']);
  await box(amanda).fill('I am.');
  await box(amanda).press('Enter');
  await log(amanda).locator('.message[data-index="4"]').getByText('I am.').waitFor();
  assert.equal(await divider.count(), 0);

  // Also where the look that was under way all the while had found nothing yet.
  forgive(amanda, 0);
  await amanda.page.route(/\/api\/conversations\?/, (route) => route.abort()); // the list does not say it first
  const { given, letGo } = await holdAnswers(amanda.page, `**/api/conversations/${conversation.id}`);
  await amanda.page.evaluate(() => dispatchEvent(new Event('online')));
  await given;
  await hide(true);
  await byAdmin.addMessage(conversation, 'Gone again?');
  await hide(false);
  letGo();
  await log(amanda).getByText('Gone again?').waitFor();
  assert.equal(await divider.count(), 1);
});

test('S5: older messages come as one scrolls up, and what is read stays where it is', async () => {
  const conversation = await longTalk('A long talk');
  await open(amanda, conversation);
  await log(amanda).getByText('Line 50').waitFor();
  await waitForEnd(amanda);
  for (;;) {
    const held = await countOf(amanda);
    if (held === 50) break;
    const first = log(amanda).locator('.message').first();
    const index = await first.getAttribute('data-index');
    // By the wheel, as people do; it is held in the air until the place was measured.
    const release = await holdBack(amanda.page, /\/api\/conversationmessages\?/);
    const request = amanda.page.waitForRequest(/filter%5Bindex%5D%5Bless%5D/);
    await log(amanda).hover();
    await until(
      async () => {
        await amanda.page.mouse.wheel(0, -400);
        return (await scrolled(amanda)).top;
      },
      (top) => top < 100,
      'the beginning of what is held is reached',
    );
    await request;
    // Its words: the name above them goes where an older message of the same person comes before it.
    const message = log(amanda).locator(`[data-index="${index}"] .bubble`);
    const before = await rested(amanda, message);
    release();
    await until(() => countOf(amanda), (count) => count > held, 'older ones are there');
    const now = await rested(amanda, message);
    assert.ok(Math.abs(now - before) <= 1, `message ${index} was at ${before}, is at ${now}`);
    await amanda.page.unrouteAll({ behavior: 'wait' });
  }
  const numbers = (await log(amanda).locator('.message').allInnerTexts()).map((text) => Number(/Line (\d+)/.exec(text)[1]));
  assert.deepEqual(numbers, Array.from({ length: 50 }, (_, index) => index + 1));
  assert.equal(await thread(amanda).getByRole('button', { name: 'Older' }).count(), 0);
});

test('S5: whether system messages are shown can be chosen while older messages come', async () => {
  const { page } = amanda;
  const conversation = await longTalk('Chosen meanwhile', 30);
  await perform(conversation, 'close');
  await perform(conversation, 'reopen');
  await open(amanda, conversation);
  await log(amanda).getByText('Line 30').waitFor();
  await waitForEnd(amanda);
  const system = log(amanda).locator('.system');
  assert.equal(await system.count(), 2);
  const letGo = await holdBack(page, /\/api\/conversationmessages\?/);
  await log(amanda).evaluate((element) => (element.scrollTop = 0));
  await until(() => thread(amanda).evaluate((element) => element.walking), (walking) => walking === 'older', 'older ones are asked for');
  await thread(amanda).getByRole('checkbox', { name: 'System messages' }).uncheck();
  letGo();
  await becomes(() => system.count(), 0);
  await thread(amanda).getByRole('checkbox', { name: 'System messages' }).check();
  await becomes(() => system.count(), 2);
});

test('S5: further up "Jump to latest" counts what comes, the view stays, and leads to the end', async () => {
  const { page } = amanda;
  for (let number = 1; number <= 12; number++) await toAmanda(`In the list ${number}`, 'Unread'); // more than have room
  const conversation = await longTalk('News while reading', 25);
  await open(amanda, conversation);
  await log(amanda).getByText('Line 25').waitFor();
  await waitForEnd(amanda);
  assert.equal(await jump(amanda).count(), 0, 'not at the end');
  await log(amanda).evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
  await page.getByRole('button', { name: 'Jump to latest', exact: true }).waitFor();
  const message = log(amanda).locator('[data-index="20"]');
  const before = await rested(amanda, message);
  await byAdmin.addMessage(conversation, 'One has come');
  await page.getByRole('button', { name: 'Jump to latest 1 new message', exact: true }).waitFor();
  for (const text of ['Two have come', 'Three have come']) await byAdmin.addMessage(conversation, text);
  await page.getByRole('button', { name: 'Jump to latest 3 new messages', exact: true }).waitFor();
  assert.equal(await jump(amanda).locator('.count').textContent(), '3');
  assert.equal(await rested(amanda, message), before, 'what is read stays where it is');
  await inspect(amanda, 'jump');
  const behind = await page.evaluate(() => {
    const foot = document.querySelector('body > footer').getBoundingClientRect();
    return document.documentElement.scrollHeight - Math.max(innerHeight, scrollY + foot.bottom);
  });
  assert.ok(behind <= 1, `the page goes on for ${behind} px behind its end`);
  await jump(amanda).click();
  await waitForEnd(amanda);
  await log(amanda).and(page.locator(':focus')).waitFor();
  await jump(amanda).waitFor({ state: 'detached' });
  // At the end one goes along.
  await byAdmin.addMessage(conversation, 'Four have come');
  await log(amanda).getByText('Four have come').waitFor();
  await waitForEnd(amanda);
  assert.equal(await jump(amanda).count(), 0);
});

test('S5: a message comes also where the clock of an earlier one was ahead', async () => {
  const conversation = await toAmanda('Two clocks', 'Early');
  await clockAhead(conversation);
  await open(amanda, conversation);
  await log(amanda).getByText('Early').waitFor();
  await byAdmin.addMessage(conversation, 'Later, says the other clock');
  await log(amanda).getByText('Later, says the other clock').waitFor();
});

test('S5: what is new is asked for once, whoever hears of it', async () => {
  const { page } = amanda;
  const conversation = await toAmanda('Asked once', 'First');
  await open(amanda, conversation);
  await log(amanda).getByText('First').waitFor();
  // The thread hears of it first, and tells the page.
  await page.route(/\/api\/conversations\?/, (route) => route.abort());
  const asked = [];
  page.on('request', (request) => /filter%5Bindex%5D%5Bgreater%5D/.test(request.url()) && asked.push(request.url()));
  await byAdmin.addMessage(conversation, 'Second');
  await log(amanda).getByText('Second').waitFor();
  assert.equal(asked.length, 1, asked.join('\n'));
  forgive(amanda, 0);
});

test('S5 D13: nothing moves when the first system message comes', async () => {
  const conversation = await toAmanda('At rest', 'First');
  await open(amanda, conversation);
  const first = log(amanda).locator('[data-index="1"]');
  await first.waitFor();
  const before = await topOf(first);
  await perform(conversation, 'close');
  await log(amanda).getByText('Status changed from Active to Closed by John Doe').waitFor();
  assert.equal(await topOf(first), before);
  await amanda.page.reload();
  await log(amanda).locator('.system').waitFor();
  assert.equal(await topOf(first), before);
});

test('S5 B12: what comes by itself leaves the focus where it is, or near where it was', async () => {
  const { page } = amanda;
  const first = await toAmanda('Has the focus', 'Hello');
  await toAmanda('Written later', 'Hello');
  await open(amanda, first);
  await log(amanda).getByText('Hello').waitFor();
  await item(amanda, /Has the focus/).focus();
  await byAdmin.addMessage(first, 'Moves up');
  // Above the other one; further up stand those of a clock that is ahead.
  await until(
    () => list(amanda).getByRole('link').allInnerTexts(),
    (all) => /Moves up[^]*Written later/.test(all.join()),
    'it has moved up',
  );
  await item(amanda, /Has the focus/).and(page.locator(':focus')).waitFor();
  await box(amanda).fill('I was about to say');
  await perform(first, 'close');
  await thread(amanda).getByText('This conversation is closed.').waitFor();
  await thread(amanda).getByRole('button', { name: 'Ask New Question' }).and(page.locator(':focus')).waitFor();
});

test('S5: on a phone the list comes first, with a way back', async () => {
  const someone = await shop(browser, host, 'amanda@example.com', phone);
  const conversation = await toAmanda('In the pocket', 'Ring, ring');
  await open(someone);
  await item(someone, /In the pocket/).waitFor();
  assert.equal(await thread(someone).count(), 0);
  assert.equal(await someone.page.getByText('Choose a conversation to read it here').isVisible(), false);
  await sizes(someone);
  await assertAccessible(someone.page);
  await item(someone, /In the pocket/).tap();
  await log(someone).getByText('Ring, ring').waitFor();
  assert.equal(await list(someone).isVisible(), false);
  assert.equal(new URL(someone.page.url()).searchParams.get('conversation'), conversation.id);
  await box(someone).waitFor();
  await sizes(someone);
  await assertAccessible(someone.page);
  await someone.page.getByRole('button', { name: 'Back to conversations' }).tap();
  await item(someone, /In the pocket/).and(someone.page.locator(':focus')).waitFor();
  assert.equal(new URL(someone.page.url()).searchParams.get('conversation'), null);
  await item(someone, /In the pocket/).tap();
  await log(someone).waitFor();
  await someone.page.goBack();
  await item(someone, /In the pocket/).waitFor();
  await someone.context.close();
});

test('S5: on a phone "Back" closes the form over the page, and each way back leads to where one came from', async () => {
  const someone = await shop(browser, host, 'amanda@example.com', { ...phone, isMobile: true });
  const { page } = someone;
  await toAmanda('Out and back', 'Ring, ring');
  await page.goto(`${host.address}/orders`);
  await open(someone);
  const form = page.getByRole('dialog', { name: 'Create Conversation' });
  await page.getByRole('button', { name: 'Create Conversation' }).tap();
  await form.waitFor();
  await page.goBack();
  await form.waitFor({ state: 'hidden' });
  assert.equal(new URL(page.url()).pathname, PAGE);

  // Sent, it makes room for what it led to.
  await page.getByRole('button', { name: 'Create Conversation' }).tap();
  await form.getByLabel('Subject').fill('From the form');
  await form.getByLabel('Your Message').fill('Is it far?');
  await form.getByRole('button', { name: 'Send' }).tap();
  await heading(someone, 'From the form').waitFor();
  await log(someone).getByText('Is it far?').waitFor();
  await page.goBack();
  await item(someone, /From the form/).waitFor();
  assert.equal(await form.count(), 0);

  // The button on the page is the same way.
  await item(someone, /Out and back/).tap();
  await log(someone).getByText('Ring, ring').waitFor();
  await page.getByRole('button', { name: 'Back to conversations' }).tap();
  await item(someone, /Out and back/).and(page.locator(':focus')).waitFor();
  // Twice in a row it does not lead further. Both come before the first has led back: the
  // second of a slower double click meets the list, and takes the focus to where it falls.
  await item(someone, /Out and back/).tap();
  await log(someone).getByText('Ring, ring').waitFor();
  await page.getByRole('button', { name: 'Back to conversations' }).evaluate((button) => {
    button.click();
    button.click();
  });
  await item(someone, /Out and back/).and(page.locator(':focus')).waitFor();
  assert.equal(new URL(page.url()).pathname, PAGE);
  await page.goBack();
  await page.waitForURL((url) => url.pathname === '/orders');
  await someone.context.close();
});

test('S5: in a narrower or lower window the newest message stays in view', async () => {
  const { page } = amanda;
  const conversation = await longTalk('Turned around', 12);
  await open(amanda, conversation);
  await log(amanda).getByText('Line 12').waitFor();
  await waitForEnd(amanda);
  await page.setViewportSize({ width: 375, height: 560 });
  await waitForEnd(amanda);
  await page.setViewportSize({ width: 1280, height: 900 });
  await waitForEnd(amanda);
  await box(amanda).fill('one\ntwo\nthree\nfour\nfive');
  await waitForEnd(amanda);
});

test('S5 B11: a thread that is moved in its page goes on: its place stays, what is seen counts as read, the newest stays in view', async () => {
  const { page } = amanda;
  const conversation = await fromAmanda('Moved', 'See you');
  for (let number = 1; number <= 25; number++) await byAdmin.addMessage(conversation, `News ${number}`);
  await open(amanda, conversation);
  await log(amanda).getByText('Unread messages').waitFor();
  const move = () => thread(amanda).evaluate((element) => element.parentNode.append(element));
  const { top } = await scrolled(amanda);
  await move();
  assert.equal((await scrolled(amanda)).top, top);
  const marked = page.waitForResponse((response) => response.url().endsWith('/mark-read'));
  await log(amanda).evaluate((element) => (element.scrollTop = element.scrollHeight));
  assert.equal((await marked).status(), 200);
  await item(amanda, /Moved/).getByText('Unread', { exact: true }).waitFor({ state: 'detached' });
  await page.route('**/api/**', (route) => route.abort()); // nothing is drawn anew meanwhile
  forgive(amanda, 0);
  await move();
  await waitForEnd(amanda);
  await page.setViewportSize({ width: 1280, height: 560 });
  await waitForEnd(amanda);
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('S5: what cannot be loaded says so, with "Retry"; list and thread come back by themselves', async () => {
  const { page } = amanda;
  const conversation = await toAmanda('After the storm', 'Here again');
  const refuse = (route) => (route.request().method() === 'GET' ? route.abort() : route.continue());
  await page.route(/\/api\/conversations\?/, refuse);
  await page.goto(`${host.address}${PAGE}?conversation=${conversation.id}`);
  await page.locator('parley-conversations').getByRole('alert').getByText('The server cannot be reached.').waitFor();
  await page.locator('parley-conversations').getByRole('button', { name: 'Retry' }).waitFor();
  forgive(amanda, 0);
  await inspect(amanda, 'list-failed');
  await page.unrouteAll();
  await online(amanda);
  await item(amanda, /After the storm/).waitFor();
  await log(amanda).getByText('Here again').waitFor();

  await page.route(/\/api\/conversationmessages\?/, refuse);
  await page.reload();
  await thread(amanda).getByRole('alert').getByText('The server cannot be reached.').waitFor();
  forgive(amanda, 0);
  await inspect(amanda, 'thread-failed');
  await thread(amanda).getByRole('button', { name: 'Retry' }).waitFor();
  await page.unrouteAll();
  await online(amanda);
  await log(amanda).getByText('Here again').waitFor();
  await box(amanda).waitFor();
});

test('S5 B12: Tab leads from the messages to the box, and leaves the view where it is', async () => {
  const { page } = amanda;
  const conversation = await longTalk('By the keyboard', 30);
  await open(amanda, conversation);
  await waitForEnd(amanda);
  const held = await countOf(amanda);
  await log(amanda).focus();
  await page.keyboard.press('Tab');
  await box(amanda).and(page.locator(':focus')).waitFor();
  assert.equal(await countOf(amanda), held, 'nothing older was asked for');
  await waitForEnd(amanda);
});

// Answers the number of requests to the API since it was asked last.
function countRequests(page) {
  let count = 0;
  page.on('request', (request) => (count += new URL(request.url()).pathname.startsWith('/api/')));
  return async () => {
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
    const seen = count;
    count = 0;
    return seen;
  };
}

const comeToFront = (page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

// In the page of the login form.
async function logIn(page, username = 'amanda@example.com') {
  await page.getByLabel(/user ?name|e-?mail/i).fill(username);
  await page.getByLabel(/password/i).fill('parley-demo');
  await page.getByRole('button', { name: /log in/i }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/login'));
}

test('S5 S6: who was logged out elsewhere reads so, once, with "Log In"; nothing is asked any more, and the words stay', async () => {
  const conversation = await toAmanda('Logged out', 'Are you there?');
  const someone = await shop(browser, host, 'amanda@example.com');
  const { page, context } = someone;
  await page.clock.install();
  await open(someone, conversation);
  await box(someone).fill('Half a sentence');
  await context.clearCookies();
  const said = page.getByRole('alert').filter({ hasText: 'You have been logged out.' });
  await said.getByRole('link', { name: 'Log In' }).waitFor();
  assert.equal(await said.count(), 1);
  forgive(someone, 401, 403);
  await inspect(someone, 'logged-out');
  const asked = countRequests(page);
  await page.clock.fastForward(300_000);
  assert.equal(await asked(), 0, 'nothing is asked');
  await comeToFront(page);
  await until(asked, (count) => count === 2, 'list and thread ask once');
  await page.clock.fastForward(300_000);
  assert.equal(await asked(), 0, 'and no more');

  // In another tab. What this page has to show for a write is of the session before.
  await byAdmin.addMessage(conversation, 'Meanwhile');
  const other = await context.newPage();
  await other.goto(`${host.address}/login`);
  await logIn(other);
  await comeToFront(page);
  await page.getByRole('alert').filter({ hasText: 'There was a new login in this browser.' }).waitFor();
  assert.equal(await said.count(), 0);
  assert.equal(await log(someone).getByText('Meanwhile').count(), 0, 'it may be somebody else');
  forgive(someone, 401, 403);
  await inspect(someone, 'logged-in-anew');
  await box(someone).press('Enter');
  await log(someone).getByText('Not sent. There was a new login in this browser.').waitFor();
  await page.getByRole('link', { name: 'Reload' }).click();
  await log(someone).getByRole('button', { name: 'Retry' }).click();
  await log(someone).getByText('Not sent.').waitFor({ state: 'detached' });
  await becomes(() => storedTexts(conversation), ['Are you there?', 'Meanwhile', 'Half a sentence']);

  await box(someone).fill('And a second one');
  await context.clearCookies();
  await comeToFront(page);
  await said.getByRole('link', { name: 'Log In' }).click();
  await logIn(page);
  await heading(someone, 'Logged out').waitFor();
  await until(() => box(someone).inputValue(), (value) => value === 'And a second one', 'the draft');
  await context.close();
});

test('S5: a page of one person shows nothing of another, who has logged in since in the same browser', async () => {
  const conversation = await toAmanda('Of Amanda', 'Hello');
  await apiOf(host, 'nora@example.com', '/api').startConversation({ name: 'Only of Nora', firstMessage: 'Private' });
  const someone = await shop(browser, host, 'amanda@example.com');
  const { page, context } = someone;
  await open(someone, conversation);
  await box(someone).fill('Words of Amanda');
  await page.route('**/api/**', (route) => route.abort()); // a page in the background asks nothing
  await context.clearCookies();
  const other = await context.newPage();
  await other.goto(`${host.address}/login`);
  await logIn(other, 'nora@example.com');
  await page.unroute('**/api/**');
  await comeToFront(page);
  await page.getByRole('alert').filter({ hasText: 'There was a new login in this browser.' }).waitFor();
  assert.equal(await page.getByText('Only of Nora').count(), 0);
  await page.getByRole('link', { name: 'Reload' }).click();
  await item(someone, /Only of Nora/).waitFor();
  assert.equal(await page.getByText('Of Amanda').count(), 0);
  assert.equal(await page.getByText('Words of Amanda').count(), 0);
  forgive(someone, 0, 401, 403, 404);
  await context.close();
});

test('S3 S4: a question is asked once, however its form was opened anew while it was on its way', async () => {
  const { page } = amanda;
  await page.goto(host.address + PAGE);
  const dialog = page.getByRole('dialog', { name: 'Create Conversation' });
  const create = () => page.getByRole('button', { name: 'Create Conversation' }).click();
  const release = await holdBack(page, '**/api/conversations', { times: 1 });
  await create();
  await dialog.getByLabel('Subject').fill('Asked one time');
  await dialog.getByLabel('Your Message').fill('Is it twice?');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await create();
  assert.equal(await dialog.getByLabel('Your Message').inputValue(), 'Is it twice?');
  assert.equal(await dialog.getByLabel('Your Message').getAttribute('readonly'), '');
  await dialog.getByRole('button', { name: 'Sending' }).waitFor();
  release();
  await heading(amanda, 'Asked one time').waitFor();
  await dialog.waitFor({ state: 'hidden' });
  await create();
  assert.equal(await dialog.getByLabel('Your Message').inputValue(), '');

  // That one was not is said to who has closed the form, too.
  const lose = await holdBack(page, '**/api/conversations', { times: 1, lost: true });
  await dialog.getByLabel('Subject').fill('Not even once');
  await dialog.getByLabel('Your Message').fill('Is it kept?');
  await dialog.getByLabel('Your Message').press('Control+Enter');
  await page.keyboard.press('Escape');
  await page.locator('parley-question-form').waitFor({ state: 'detached' });
  forgive(amanda, 0);
  lose();
  await page.getByRole('alert').getByText('Your question was not sent. Its words are kept.').waitFor();
  await screenshot(page, 'question-not-sent');
  await create();
  assert.equal(await dialog.getByLabel('Your Message').inputValue(), 'Is it kept?');
  const { data } = await apiOf(host, 'amanda@example.com', '/api').get('conversations?page[size]=100');
  assert.equal(data.filter(({ attributes }) => attributes.name === 'Asked one time').length, 1);
});

test('S3 S5: "Questions", its thread and its form say it, too', async () => {
  const someone = await shop(browser, host, 'amanda@example.com');
  const { page, context } = someone;
  await toAmanda('From the order', 'Hello', { source: { type: 'orders', id: '12' } });
  await page.goto(`${host.address}/orders/12`);
  const button = page.getByRole('button', { name: /^Questions/ });
  await button.waitFor();
  await context.clearCookies();
  await comeToFront(page);
  const said = page.getByRole('alert').filter({ hasText: 'You have been logged out.' });
  await button.click();
  await said.getByRole('link', { name: 'Log In' }).waitFor();
  forgive(someone, 401, 403);
  await inspect(someone, 'questions-logged-out');
  await page.getByRole('button', { name: 'Ask New Question' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask New Question' });
  await dialog.getByLabel('Your Message').fill('Does it fit?');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.getByRole('link', { name: 'Log In' }).waitFor();
  assert.equal(await said.count(), 1);
  forgive(someone, 401, 403);
  await inspect(someone, 'question-logged-out');
  await dialog.getByRole('link', { name: 'Log In' }).click();
  await logIn(page);
  await button.click();
  await page.getByRole('button', { name: /From the order/ }).waitFor();
  await page.getByRole('button', { name: 'Ask New Question' }).click();
  assert.equal(await dialog.getByLabel('Your Message').inputValue(), 'Does it fit?');
  await page.keyboard.press('Escape');
  await button.click();
  await page.getByRole('button', { name: /From the order/ }).click();
  await page.getByRole('dialog').getByRole('log').getByText('Hello').waitFor();
  await context.clearCookies();
  await comeToFront(page);
  await page.getByRole('dialog').getByRole('link', { name: 'Log In' }).waitFor();
  assert.equal(await said.count(), 1);
  forgive(someone, 401, 403);
  await inspect(someone, 'question-thread-logged-out');
  await context.close();
});

test('B8 B9 B10: in the back office the pages of a conversation and of a record say it, and the list of what is unread', async () => {
  const conversation = await toAmanda('Both sides', 'Hello', { source: { type: 'orders', id: '12' } });
  const someone = await backOffice(browser, host, 'admin');
  const { page, context } = someone;
  const cookies = await context.cookies();
  for (const path of [`conversations/${conversation.id}`, 'orders/12']) {
    await context.addCookies(cookies);
    await page.goto(`${host.address}/admin/${path}`);
    const element = page.locator('parley-conversation-view, parley-activity-panel');
    await element.getByText('Both sides').or(element.getByText('Hello')).first().waitFor();
    await context.clearCookies();
    await comeToFront(page);
    await element.getByRole('alert').getByText('You have been logged out.').waitFor();
    await element.getByRole('link', { name: 'Log In' }).waitFor();
    forgive(someone, 401, 403);
    await inspect(someone, `desk-logged-out-${path.split('/')[0]}`);
    await page.locator('parley-indicator').getByRole('button').first().click();
    await page.locator('parley-indicator').getByRole('link', { name: 'Log In' }).waitFor();
  }
  forgive(someone, 401, 403);
  await inspect(someone, 'indicator-logged-out');
  await context.close();
});

// --- S6

test('S6: Enter sends, Shift+Enter breaks the line', async () => {
  const { page } = amanda;
  const conversation = await fromAmanda('Keys', 'Begin');
  await open(amanda, conversation);
  await box(amanda).focus();
  await page.keyboard.type('First line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('second line');
  assert.equal(await box(amanda).inputValue(), 'First line\nsecond line');
  await page.keyboard.press('Enter');
  await log(amanda).getByText('second line').waitFor();
  assert.equal(await box(amanda).inputValue(), '');
  await box(amanda).and(page.locator(':focus')).waitFor();
  await becomes(() => storedTexts(conversation), ['Begin', 'First line\nsecond line']);
});

test('S6: on a phone, whose keyboard has no Shift+Enter, Enter breaks the line and "Send" sends; the hint says what holds', async () => {
  const conversation = await fromAmanda('Thumbs', 'Begin');
  await open(amanda, conversation);
  await thread(amanda).getByText('Enter sends, Shift+Enter starts a new line').waitFor();
  const someone = await shop(browser, host, 'amanda@example.com', { ...phone, isMobile: true });
  const { page } = someone;
  await open(someone, conversation);
  await thread(someone).getByText('Enter starts a new line', { exact: true }).waitFor();
  assert.equal(await box(someone).getAttribute('enterkeyhint'), 'enter');
  await box(someone).tap();
  await page.keyboard.type('First line');
  await page.keyboard.press('Enter');
  await page.keyboard.type('second line');
  assert.equal(await box(someone).inputValue(), 'First line\nsecond line');
  await inspect(someone, 'two-lines-by-touch');
  await thread(someone).getByRole('button', { name: 'Send' }).tap();
  await log(someone).getByText('second line').waitFor();
  await becomes(() => storedTexts(conversation), ['Begin', 'First line\nsecond line']);
  await someone.context.close();
});

test('S6: Enter in an empty box does nothing; "Send" says that it is empty', async () => {
  const { page } = amanda;
  const conversation = await fromAmanda('Stray key', 'Begin');
  await open(amanda, conversation);
  await box(amanda).press('Enter');
  await box(amanda).press('Space');
  await box(amanda).press('Enter');
  assert.equal(await box(amanda).inputValue(), ' ', 'no line is broken');
  assert.equal(await thread(amanda).getByText('This value should not be blank.').count(), 0);
  await thread(amanda).getByRole('button', { name: 'Send' }).click();
  await thread(amanda).getByText('This value should not be blank.').waitFor();
  await box(amanda).and(page.locator(':focus')).waitFor();
  assert.deepEqual(await storedTexts(conversation), ['Begin']);
});

test('S6: nothing is sent while an input method composes', async () => {
  const { page } = amanda;
  const conversation = await fromAmanda('Input method', 'Begin');
  await open(amanda, conversation);
  const sent = [];
  page.on('request', (request) => isPost('conversationmessages')(request) && sent.push(request.postData()));
  await box(amanda).focus();
  // As Chromium and Firefox tell it; as Safari does, after the composition ended; and one that tells nothing but 229.
  const press = (members) =>
    box(amanda).evaluate((element, more) => {
      const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true, ...more });
      element.dispatchEvent(event);
      return event.defaultPrevented;
    }, members);
  assert.equal(await press({ isComposing: true, keyCode: 13 }), false, 'the event alone says so');
  const client = await page.context().newCDPSession(page);
  await client.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
  await until(() => box(amanda).inputValue(), (value) => value === 'にほ', 'the input method composes');
  assert.equal(await press({ isComposing: true, keyCode: 229 }), false);
  assert.equal(await press({ isComposing: false, keyCode: 13 }), false, 'between compositionstart and compositionend');
  await client.send('Input.insertText', { text: '日本' });
  assert.equal(await press({ isComposing: false, keyCode: 229 }), false);
  assert.equal(await box(amanda).inputValue(), '日本');
  await page.keyboard.press('Enter');
  await log(amanda).getByText('日本').waitFor();
  await becomes(() => storedTexts(conversation), ['Begin', '日本']);
  assert.equal(sent.length, 1);
});

test('S6: a draft survives a reload; each conversation has its own, and it is gone once it was sent', async () => {
  const { page } = amanda;
  const [one, two] = [await fromAmanda('Draft one', 'Begin'), await fromAmanda('Draft two', 'Begin')];
  await open(amanda, one);
  await box(amanda).fill('for the first');
  await item(amanda, /Draft two/).click();
  await heading(amanda, 'Draft two').waitFor();
  await until(() => box(amanda).inputValue(), (value) => value === '', 'the second has no draft');
  const preview = (name) => item(amanda, name).locator('.preview');
  await preview(/Draft one/).getByText(/^Draft: for the first$/).waitFor();
  await box(amanda).fill('for the second');
  await item(amanda, /Draft one/).click();
  await heading(amanda, 'Draft one').waitFor();
  await until(() => box(amanda).inputValue(), (value) => value === 'for the first', 'the first has its own');
  await page.reload();
  await until(() => box(amanda).inputValue(), (value) => value === 'for the first', 'after the reload');
  await box(amanda).press('Enter');
  await log(amanda).locator('[data-index]').getByText('for the first').waitFor();
  await page.reload();
  await log(amanda).getByText('for the first').waitFor();
  assert.equal(await box(amanda).inputValue(), '');
  // The open one has its draft in its box; of the others the list says it, and of those without one what was said last.
  await preview(/Draft one/).getByText(/^You: for the first$/).waitFor();
  await preview(/Draft two/).getByText(/^Draft: for the second$/).waitFor();
  await byAdmin.addMessage(one, 'An answer');
  await preview(/Draft one/).getByText(/^An answer$/).waitFor();
  await open(amanda, two);
  assert.equal(await box(amanda).inputValue(), 'for the second');
});

test('S6: a message that did not get there stays, also over a reload; "Retry" sends it, and the next ones keep their order', async () => {
  const { page } = amanda;
  const conversation = await fromAmanda('Bad line', 'Begin');
  await open(amanda, conversation);
  await page.route('**/api/conversationmessages', (route) => route.abort());
  await box(amanda).fill('Can you hear me?');
  await box(amanda).press('Enter');
  await log(amanda).getByText('Not sent. The server cannot be reached.').waitFor();
  await until(() => scrolled(amanda), ({ end }) => end < 2, 'why is in view');
  forgive(amanda, 0);
  await inspect(amanda, 'not-sent');
  const other = await fromAmanda('Good line', 'Begin');
  await page.reload();
  await log(amanda).getByText('Can you hear me?').waitFor();
  await log(amanda).getByText('Not sent. The server cannot be reached.').waitFor();
  await open(amanda, other);
  await item(amanda, /Bad line/).getByText('Not sent: Can you hear me?').waitFor();
  await inspect(amanda, 'not-sent-elsewhere');
  await item(amanda, /Bad line/).click();
  await heading(amanda, 'Bad line').waitFor();
  await log(amanda).getByText('Not sent. The server cannot be reached.').waitFor();
  await page.unrouteAll();
  await log(amanda).getByRole('button', { name: 'Retry' }).click();
  await log(amanda).getByText('Not sent.').waitFor({ state: 'detached' });
  await box(amanda).fill('Now you can.');
  await box(amanda).press('Enter');
  await log(amanda).getByText('Now you can.').waitFor();
  await becomes(() => storedTexts(conversation), ['Begin', 'Can you hear me?', 'Now you can.']);
  await becomes(() => countOf(amanda), 3);
});

test('S6: a message on its way is on its way, too, for who comes back to it before the answer', async () => {
  const { page } = amanda;
  const conversation = await fromAmanda('Slow line', 'Begin');
  const other = await fromAmanda('Another line', 'Begin');
  await open(amanda, conversation);
  const letGo = await holdBack(page, '**/api/conversationmessages');
  await box(amanda).fill('It takes its time');
  await box(amanda).press('Enter');
  await log(amanda).getByText('Sending').waitFor();
  await item(amanda, /Another line/).click();
  await heading(amanda, 'Another line').waitFor();
  await log(amanda).and(page.locator('[aria-busy=false]')).waitFor();
  await item(amanda, /Slow line/).click();
  await log(amanda).locator('.outgoing').getByText('It takes its time').waitFor();
  await log(amanda).getByText('Sending').waitFor();
  assert.equal(await log(amanda).getByText('Not sent.').count(), 0);
  letGo();
  await log(amanda).locator('.message[data-index="2"]').getByText('It takes its time').waitFor();
  await log(amanda).locator('.outgoing').waitFor({ state: 'detached' });
  assert.deepEqual(await storedTexts(conversation), ['Begin', 'It takes its time']);
  assert.deepEqual(await storedTexts(other), ['Begin']);
});

test('S3 S5: an answer about one that was left says nothing of the one that is read now', async () => {
  const { page } = amanda;
  const about = { source: { type: 'orders', id: '12' } };
  const left = await toAmanda('Left behind', 'Of the first', about);
  const read = await toAmanda('Read now', 'Of the second', about);
  let letGo;
  // The next answers about the first are late.
  const hold = async () => {
    letGo = await holdBack(page, `**/api/conversations/${left.id}`);
    return page.waitForRequest((request) => request.url().endsWith(`/conversations/${left.id}`));
  };
  const answered = async () => {
    await byAdmin.patch('conversations', left.id, { attributes: { name: 'Left behind, renamed' } }); // there is something new to say
    letGo();
    await becomes(() => amanda.pending.size, 0);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    await becomes(() => amanda.pending.size, 0); // what it led to
    await page.unrouteAll();
  };

  // In the dialog of a record.
  await page.goto(`${host.address}/orders/12`);
  const show = async (name) => {
    await page.getByRole('button', { name: /^Questions/ }).click();
    await page.getByRole('button', { name }).click();
  };
  const marked = page.waitForResponse((response) => response.url().endsWith('/mark-read'));
  await show(/Left behind/);
  await marked;
  await hold();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await show(/Read now/);
  await log(amanda).getByText('Of the second').waitFor();
  await answered();
  await page.getByRole('dialog', { name: 'Read now' }).waitFor();
  assert.equal(await log(amanda).getByText('Of the first').count(), 0);

  // On the page of all, after what one sent was refused.
  await open(amanda, left);
  await box(amanda).fill('Too late');
  const refused = hold();
  await page.route(/\/api\/conversations\?/, (route) => route.abort()); // nor does the list say that it is closed
  await perform(left, 'close');
  await box(amanda).press('Enter');
  await log(amanda).getByText('Not sent.').waitFor();
  forgive(amanda, 0, 409);
  await refused;
  await item(amanda, /Read now/).click();
  await log(amanda).getByText('Of the second').waitFor();
  const ofLeft = [];
  page.on('request', (request) => {
    if (new URL(request.url()).searchParams.get('filter[conversation]') === left.id) ofLeft.push(request.url());
  });
  await answered();
  assert.deepEqual(ofLeft, []);
  await heading(amanda, 'Read now').waitFor();
  assert.equal(await log(amanda).getByText('Of the first').count(), 0);
  await box(amanda).fill('For the second');
  await box(amanda).press('Enter');
  await log(amanda).locator('.message.own:not(.outgoing)').getByText('For the second').waitFor();
  assert.deepEqual(await storedTexts(read), ['Of the second', 'For the second']);
});

test('S6: one that is refused while nobody looks is there, with the reason, for who comes back', async () => {
  const { page } = amanda;
  const conversation = await toAmanda('Refused', 'Begin', { source: { type: 'orders', id: '12' } });
  await page.goto(`${host.address}/orders/12`);
  const row = page.getByRole('button', { name: /Refused/ });
  const questions = page.getByRole('button', { name: /^Questions/ });
  const show = async () => {
    await questions.click();
    await row.click();
    await log(amanda).and(page.locator('[aria-busy=false]')).waitFor();
  };
  const hold = () => holdBack(page, '**/api/conversationmessages', { times: 1 });
  let letGo = await hold();
  await show();
  await box(amanda).fill('much too long '.repeat(6000));
  await box(amanda).press('Enter');
  await log(amanda).getByText('Sending').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await show();
  await log(amanda).getByText('Sending').waitFor();
  forgive(amanda, 422);
  letGo();
  await thread(amanda).getByText('This message is too long.').waitFor();
  await becomes(async () => (await box(amanda).inputValue()).length, 84000);
  await log(amanda).locator('.outgoing').waitFor({ state: 'detached' });

  // Also where it is refused before one comes back.
  letGo = await hold();
  const refusal = page.waitForResponse((response) => response.status() === 422);
  await box(amanda).press('Enter');
  await log(amanda).getByText('Sending').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  letGo();
  await (await refusal).finished();
  await show();
  await log(amanda).getByText('Not sent. This message is too long.').waitFor();
  assert.deepEqual(await storedTexts(conversation), ['Begin']);
});

test('S6 D15: one that got there without an answer is stored once after "Retry"', async () => {
  const { page } = amanda;
  const conversation = await fromAmanda('Half a line', 'Begin');
  await open(amanda, conversation);
  // The server gets it; nothing comes back, and nothing can be asked.
  await page.route('**/api/**', async (route) => {
    if (isPost('conversationmessages')(route.request())) await route.fetch();
    await route.abort();
  });
  await box(amanda).fill('Twice or once?');
  await box(amanda).press('Enter');
  await log(amanda).getByText('Not sent.').waitFor();
  forgive(amanda, 0);
  assert.deepEqual(await storedTexts(conversation), ['Begin', 'Twice or once?']);
  // In place of that before, without a moment in which it could be found.
  await page.route('**/api/**', (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));
  await log(amanda).getByRole('button', { name: 'Retry' }).click();
  await log(amanda).getByText('Not sent.').waitFor({ state: 'detached' });
  await page.unrouteAll();
  await log(amanda).getByText('Twice or once?').waitFor();
  await becomes(() => storedTexts(conversation), ['Begin', 'Twice or once?']);
  await becomes(() => countOf(amanda), 2);
});

test('S6 D15: one that got there without an answer is seen to have arrived as soon as the thread is read again', async () => {
  const { page } = amanda;
  const conversation = await fromAmanda('Healed by itself', 'Begin');
  await open(amanda, conversation);
  await page.route('**/api/conversationmessages', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await box(amanda).fill('It is there.');
  await box(amanda).press('Enter');
  await log(amanda).locator('.message[data-index="2"]').getByText('It is there.').waitFor();
  await log(amanda).locator('.outgoing').waitFor({ state: 'detached' });
  forgive(amanda, 0);
  const kept = () => page.evaluate((id) => Object.keys(sessionStorage).filter((name) => name.endsWith(`outbox:${id}`)), conversation.id);
  await becomes(kept, [], 'nothing is kept to be sent again');
  assert.deepEqual(await storedTexts(conversation), ['Begin', 'It is there.']);
  await becomes(() => countOf(amanda), 2);
});

test('S6: the keyboard alone chooses, reads, writes and creates', async () => {
  const { page } = amanda;
  await fromAmanda('By keys', 'Begin');
  await open(amanda);
  await item(amanda, /By keys/).waitFor();
  const tabTo = (locator, what) =>
    until(
      async () => {
        await page.keyboard.press('Tab');
        return locator.and(page.locator(':focus')).count();
      },
      (count) => count === 1,
      what,
    );
  await page.evaluate(() => document.querySelector('#content').focus());
  await tabTo(page.getByRole('button', { name: 'Create Conversation' }), 'the button');
  await tabTo(item(amanda, /By keys/), 'the item');
  await page.keyboard.press('Enter');
  await heading(amanda, 'By keys').and(page.locator(':focus')).waitFor();
  await box(amanda).waitFor();
  await tabTo(log(amanda), 'the messages');
  await tabTo(box(amanda), 'the box');
  await page.keyboard.type('No mouse');
  await page.keyboard.press('Enter');
  await log(amanda).getByText('No mouse').waitFor();
  await page.evaluate(() => document.querySelector('#content').focus());
  await tabTo(page.getByRole('button', { name: 'Create Conversation' }), 'the button again');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Subject').and(page.locator(':focus')).waitFor();
  await page.keyboard.type('All by keys');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Works');
  await tabTo(dialog.getByRole('button', { name: 'Send' }), 'Send');
  await page.keyboard.press('Enter');
  await heading(amanda, 'All by keys').and(page.locator(':focus')).waitFor();
  await page.getByRole('button', { name: 'Create Conversation' }).press('Enter');
  await dialog.getByLabel('Subject').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Create Conversation' }).and(page.locator(':focus')).waitFor();
});

// --- S8

test('S8: own, customer, subsidiaries: a role sees in list, address and API what its level allows', async () => {
  const begun = {};
  const names = { Amanda: 'amanda', Brian: 'brian', Oscar: 'oscar', Wendy: 'wendy', Nora: 'nora' };
  for (const [name, account] of Object.entries(names)) {
    begun[name] = await apiOf(host, `${account}@example.com`, '/api').startConversation({ name: `Begun by ${name}`, firstMessage: `I am ${name}` });
  }
  const seen = {
    amanda: ['Amanda'], // own
    wendy: ['Wendy'],
    nora: ['Nora'],
    brian: ['Amanda', 'Brian', 'Oscar'], // customer
    oscar: ['Amanda', 'Brian', 'Oscar', 'Wendy'], // and its subsidiaries
  };
  for (const [account, expected] of Object.entries(seen)) {
    const person = await shop(browser, host, `${account}@example.com`);
    await open(person);
    await item(person, /Begun by/).first().waitFor();
    // One's own says nothing of whose it is.
    if (account === 'brian') {
      await item(person, 'Begun by Amanda').getByText('With Amanda Cole').waitFor();
      assert.equal(await item(person, 'Begun by Brian').getByText('With').count(), 0);
      await inspect(person, 'of-the-company');
    }
    const shown = await list(person).getByRole('link', { name: /Begun by/ }).locator('.name').allTextContents();
    assert.deepEqual(shown.map((text) => text.replace('Begun by ', '')).sort(), expected, account);
    const by = apiOf(host, `${account}@example.com`, '/api');
    for (const [name, { id }] of Object.entries(begun)) {
      const answer = await person.page.request.get(`${host.address}/api/conversations/${id}`);
      assert.equal(answer.status(), expected.includes(name) ? 200 : 404, `${account} asks for the one of ${name}`);
      const { data } = await by.get(`conversationmessages?filter[conversation]=${id}`);
      assert.equal(data.length > 0, expected.includes(name), `${account} asks for messages of ${name}`);
    }
    const hidden = Object.keys(names).find((name) => !expected.includes(name));
    forgive(person, 404);
    await person.page.goto(`${host.address}${PAGE}?conversation=${begun[hidden].id}`);
    await person.page.getByText('This does not exist, or you do not have permission to see it.').waitFor();
    await assertAccessible(person.page);
    if (account === 'amanda') await inspect(person, 'not-found');
    await person.context.close();
  }
});

test("S8 B13: no user's e-mail address and nothing internal is in a page or an answer of the API", async () => {
  const users = (await writer(host, 'admin').get('/users?page[size]=100')).data;
  const addresses = users.map(({ attributes }) => attributes.email);
  assert.ok(addresses.length >= 6 && addresses.every((address) => address.includes('@')), 'there are addresses to look for');
  const conversation = await toAmanda('Two sides', 'For your eyes', { owner: user.dana, source: { type: 'orders', id: '1' } });
  await byAdmin.addMessage(conversation, 'Our margin is a secret', { visibility: 'internal' });
  await byAdmin.addMessage(conversation, 'For your ears');

  const person = await shop(browser, host, 'amanda@example.com');
  const { page } = person;
  const heard = [];
  page.on('response', (response) => heard.push(response.text().then((text) => [response.url(), text], () => ['', ''])));
  const look = async () => {
    const texts = await page.evaluate(() => {
      const roots = [document];
      const found = [document.documentElement.outerHTML];
      for (const root of roots) {
        for (const { shadowRoot } of root.querySelectorAll('*')) {
          if (!shadowRoot) continue;
          roots.push(shadowRoot);
          found.push(shadowRoot.innerHTML);
        }
      }
      return found.join('\n');
    });
    heard.push(Promise.resolve([`screen of ${page.url()}`, texts]));
  };
  await open(person, conversation);
  await log(person).getByText('For your ears').waitFor();
  await look();
  await page.goto(`${host.address}/orders/1`);
  await page.getByRole('button', { name: /^Questions/ }).click();
  await page.getByRole('button', { name: /Two sides/ }).click();
  await page.getByRole('dialog').getByRole('log').getByText('For your ears').waitFor();
  await look();
  const api = (path) => page.request.get(`${host.address}/api/${path}`);
  const { paths } = await (await api('openapi.json')).json();
  const asked = Object.entries(paths)
    .filter(([, methods]) => methods.get)
    .map(([path]) => path.replace(/^\//, '').replace('{id}', path.includes('messages') ? `${conversation.id}-1` : conversation.id))
    .filter((path) => !path.includes('{'));
  asked.push(
    `conversations/${conversation.id}?include=owner,customerUser,messages,participants,source`,
    `conversationmessages?filter[conversation]=${conversation.id}&include=participant,conversation`,
    `conversations/${conversation.id}/owner`,
    `conversations/${conversation.id}/participants?include=author`,
    'users?page[size]=100',
    'users/3',
  );
  for (const path of asked) {
    const answer = await api(path);
    heard.push(answer.text().then((text) => [`/api/${path}`, text]));
  }
  const all = await Promise.all(heard);
  assert.ok(all.some(([, text]) => text.includes('For your ears')), 'there was something to look through');
  assert.ok(all.length > 30, `${all.length} answers`);
  for (const [where, text] of all) {
    for (const secret of [...addresses, 'Our margin is a secret', '"internal"']) {
      // Descriptions and programs name what there is; they are no messages.
      if (secret === '"internal"' && /openapi\.json$|\.js\?/.test(where)) continue;
      assert.ok(!text.includes(secret), `${secret} in ${where}`);
    }
  }
  const { data } = await byAmanda.get(`conversationmessages?filter[conversation]=${conversation.id}&sort=index`);
  assert.deepEqual(data.map(({ attributes }) => [attributes.index, attributes.body]), [[1, 'For your eyes'], [2, 'For your ears']]);
  await person.context.close();
});
