// The Activity section of a record: filters, pages, and rows that open.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { apiOf, order1001 } from './support/api.mjs';
import { startHost } from './support/host.mjs';
import { backOffice, inspect, openBrowser } from './support/people.mjs';

let host;
let browser;
let admin;
let byApi;

before(async () => {
  host = await startHost();
  browser = await openBrowser();
  admin = await backOffice(browser, host, 'admin');
  byApi = apiOf(host, 'admin');
});

after(async () => {
  await browser?.close();
  assert.equal(await host?.stop(), 0, 'the sample host ends cleanly');
});

const panel = () => admin.page.locator('parley-activity-panel');
const rows = () => panel().locator('.items > li');
const names = async () => {
  const texts = await rows().locator('.name').allInnerTexts();
  return texts.map((text) => text.trim());
};

test('B9: a record without conversations says so, and has nothing to filter', async () => {
  await admin.page.goto(`${host.address}/admin/orders/2`);
  await panel().getByText('There are no conversations').waitFor();
  assert.equal(await panel().getByRole('group', { name: 'Filters' }).count(), 0);
});

test('B9: ten a page, newest activity first, collapsed to name, owner, status and time', async () => {
  const started = [];
  for (let number = 1; number <= 12; ++number) {
    started.push(await byApi.startConversation({ name: `Matter ${number}` }, { source: order1001 }));
  }
  await byApi.addMessage(started[0], 'The first one again.');
  await admin.page.goto(`${host.address}/admin/orders/1`);
  await rows().nth(9).waitFor();
  assert.equal(await rows().count(), 10);
  assert.deepEqual((await names()).slice(0, 3), ['Matter 1', 'Matter 12', 'Matter 11']);
  assert.equal(await panel().getByRole('log').count(), 0);
  await rows().first().getByText('John Doe').waitFor();
  await rows().first().getByText('Active').waitFor();
  await panel().getByRole('button', { name: 'Load more' }).click();
  await rows().nth(11).waitFor();
  assert.deepEqual((await names()).slice(-2), ['Matter 3', 'Matter 2']);
});

test('B9: it is filtered by status', async () => {
  const { data } = await byApi.get('conversations?filter[name]=Matter%205');
  await byApi.post(`conversations/${data[0].id}/transitions/close`);
  await panel().getByLabel('Status').selectOption('Closed');
  await rows().filter({ hasText: 'Matter 5' }).waitFor();
  assert.deepEqual(await names(), ['Matter 5']);
  await inspect(admin, 'activity-filtered');
  await panel().getByLabel('Status').selectOption('Inactive');
  await panel().getByText('No conversation matches these filters').waitFor();
  await panel().getByRole('button', { name: 'Clear filters' }).click();
  await rows().nth(9).waitFor();
  await panel().locator('#filter-status:focus').waitFor();
  assert.equal(await panel().getByLabel('Status').inputValue(), '');
});

test('B9: it is filtered by days, both of which count', async () => {
  // The person of this browser lives in UTC.
  const day = (later) => new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10);
  const days = [day(-1), day(0), day(1)]; // midnight may pass meanwhile
  await panel().getByLabel('Updated from').fill(days[0]);
  await panel().getByLabel('Updated to').fill(days[2]);
  await rows().nth(9).waitFor();
  await panel().getByLabel('Updated from').fill(days[2]);
  await panel().getByLabel('Updated to').fill('');
  await panel().getByText('No conversation matches these filters').waitFor();
  await panel().getByLabel('Updated from').fill('');
  await panel().getByLabel('Updated to').fill(day(-2));
  await panel().getByText('No conversation matches these filters').waitFor();
  const { data } = await byApi.get('conversations?filter[name]=Matter%205');
  const today = data[0].attributes.updatedAt.slice(0, 10);
  await panel().getByLabel('Updated from').fill(today);
  await panel().getByLabel('Updated to').fill(today);
  await rows().filter({ hasText: 'Matter 5' }).waitFor();
});
