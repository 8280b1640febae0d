// The indicator in the top bar of the back office: how many conversations have unread messages, and the latest of them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { apiOf, order1001, user } from './support/api.mjs';
import { startHost } from './support/host.mjs';
import { backOffice, forgive, inspect, openBrowser } from './support/people.mjs';
import { becomes, until } from './support/waiting.mjs';

const family = '👩‍👩‍👧‍👦';

let host;
let browser;
let charlie;
let byAdmin;

before(async () => {
  host = await startHost();
  browser = await openBrowser();
  byAdmin = apiOf(host, 'admin');
  charlie = await backOffice(browser, host, 'charlie');
});

after(async () => {
  await browser?.close();
  assert.equal(await host?.stop(), 0, 'the sample host ends cleanly');
});

const startForCharlie = (name, firstMessage) =>
  byAdmin.startConversation({ name, firstMessage }, { owner: user.charlie });
const indicator = () => charlie.page.locator('parley-indicator');
const button = (name) => indicator().getByRole('button', { name });
const items = () => indicator().getByRole('listitem');

const openPage = () => charlie.page.goto(`${host.address}/admin/orders`);

async function openList() {
  await button(/^Conversations/).click();
  await indicator().getByRole('heading', { name: 'Unread conversations' }).waitFor();
}

test('B10: with nothing unread there is no number, and the list says so', async () => {
  await openPage();
  await button('Conversations: There is nothing unread').waitFor();
  assert.equal(await indicator().locator('.count').count(), 0);
  await openList();
  await indicator().getByText('There is nothing unread').waitFor();
  assert.equal(await button('Mark all as read').count(), 0);
  await inspect(charlie, 'indicator-nothing');
});

test('B10: its list has the colours of the page, not of the bar, and changes with them', async () => {
  const { page } = charlie;
  await openPage();
  await openList();
  const colours = (element) => {
    const { backgroundColor, color } = getComputedStyle(element);
    return [backgroundColor, color];
  };
  for (const colorScheme of ['light', 'dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    await indicator().locator('.list').and(page.locator(':popover-open')).waitFor();
    const both = [page.locator('.card').first(), indicator().locator('.list')];
    const same = ([expected, found]) => isDeepStrictEqual(found, expected);
    await until(() => Promise.all(both.map((one) => one.evaluate(colours))), same, colorScheme);
  }
});

test('B10: it counts unread conversations, and lists them with name and preview', async () => {
  const first = await startForCharlie('Late delivery', 'Where *is* my order?');
  await startForCharlie('Families', family.repeat(200));
  // A second message of one conversation is not counted again.
  await byAdmin.addMessage(first, 'It was to come on **Monday**.');
  await openPage();
  await button('Conversations: 2 unread').waitFor();
  assert.equal(await indicator().locator('.count').innerText(), '2');
  await openList();
  const names = () => indicator().locator('.name').allInnerTexts();
  await becomes(names, ['Late delivery', 'Families'], 'the last to be written in comes first');
  await items().first().getByText('It was to come on Monday.', { exact: true }).waitFor();
});

test('B10: a preview is cut between characters, never inside one', async () => {
  await openPage();
  await openList();
  const preview = await items().filter({ hasText: 'Families' }).locator('.preview').innerText();
  const characters = [...new Intl.Segmenter('en').segment(preview.replace(/…$/, ''))].map(({ segment }) => segment);
  assert.ok(characters.length > 10 && characters.length < 200, `${characters.length} characters`);
  assert.deepEqual([...new Set(characters)], [family]);
  await inspect(charlie, 'indicator-list');
});

test('B10: Escape closes the list and leads back to the button; the keyboard opens it', async () => {
  await openPage();
  await openList();
  await charlie.page.keyboard.press('Escape');
  await button(/^Conversations/).and(indicator().locator('[aria-expanded=false]')).waitFor();
  await button(/^Conversations/).focus();
  await charlie.page.keyboard.press('Enter');
  await indicator().getByRole('heading', { name: 'Unread conversations' }).waitFor();
  await button('Mark all as read').waitFor(); // it comes with the number
  await charlie.page.keyboard.press('Tab');
  await button('Mark all as read').and(indicator().locator(':focus')).waitFor();
  await charlie.page.keyboard.press('Escape');
  await button(/^Conversations/).and(indicator().locator('.open:focus')).waitFor();
});

test('B10: each leads to its page, and reading it there takes it from the count', async () => {
  await openPage();
  await openList();
  await items().getByRole('link', { name: /Late delivery/ }).click();
  await charlie.page.getByRole('heading', { level: 1, name: 'Late delivery' }).waitFor();
  await charlie.page.getByRole('log').getByText('It was to come on Monday.').waitFor();
  await button('Conversations: 1 unread').waitFor();
});

test('B10: one that comes while the page is open is counted once somebody looks', async () => {
  await openPage();
  await button('Conversations: 1 unread').waitFor();
  await startForCharlie('A third one', 'Hello?');
  await byAdmin.startConversation({ name: 'For Dana', firstMessage: 'Hello?' }, { owner: user.dana });
  await openList();
  await items().filter({ hasText: 'A third one' }).waitFor();
  await button('Conversations: 2 unread').waitFor();
});

test('B10: one that comes is counted by itself', async () => {
  await openPage();
  await button('Conversations: 2 unread').waitFor();
  await startForCharlie('A fourth one', 'Hello?');
  await button('Conversations: 3 unread').waitFor();
});

test('B10: a failure says so in the list, and "Retry" mends it', async () => {
  await openPage();
  // On a page that is not seen nothing but the button asks again.
  await charlie.page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await charlie.page.route('**/conversations/unread', (route) => route.fulfill({ status: 503, body: '' }));
  await openList();
  await indicator().getByRole('alert').getByText('Something went wrong on the server.').waitFor();
  await charlie.page.unroute('**/conversations/unread');
  await button('Retry').click();
  await items().filter({ hasText: 'A third one' }).waitFor();
  forgive(charlie, 503);
});

test('B10: it says what came, whatever one has begun to answer; "Mark all as read" empties it, for oneself alone', async () => {
  const conversation = await startForCharlie('Half answered', 'Are you there?');
  await charlie.page.goto(`${host.address}/admin/conversations/${conversation.id}`);
  const view = charlie.page.locator('parley-conversation-view');
  await view.getByRole('textbox', { name: 'Message' }).fill('Half an answer');
  await view.getByRole('button', { name: 'Mark as unread' }).click();
  await view.getByRole('button', { name: 'Mark as unread' }).waitFor({ state: 'detached' });
  await openList();
  await items().filter({ hasText: 'Half answered' }).getByText('Are you there?').waitFor();
  assert.equal(await indicator().getByText('Draft').count(), 0);
  await button('Mark all as read').click();
  await view.getByRole('button', { name: 'Mark as unread' }).waitFor(); // the page goes by it
  await indicator().getByText('There is nothing unread').waitFor();
  await button('Conversations: There is nothing unread').waitFor();
  assert.equal((await apiOf(host, 'charlie').get('conversations/unread')).meta.count, 0);
  assert.equal((await apiOf(host, 'dana').get('conversations/unread')).meta.count, 1);
});

test('B10: more than ninety-nine are "99+"', async () => {
  for (let number = 1; number <= 100; ++number) await startForCharlie(`Question ${number}`, 'When?');
  await charlie.page.goto(`${host.address}/admin/orders/${order1001.id}`);
  await button('Conversations: 99+ unread').waitFor();
  assert.equal(await indicator().locator('.count').innerText(), '99+');
  const { height, width } = await indicator().locator('.count').boundingBox();
  assert.ok(height < width, `${width} x ${height}: in one line`);
  await openList();
  await items().filter({ hasText: 'Question 100' }).waitFor();
  await inspect(charlie, 'indicator-many');
});
