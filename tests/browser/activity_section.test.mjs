// The Activity section of a record: filters, pages, and rows that open.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { order1001 } from './support/api.mjs';
import { admin, browser, byApi, host } from './support/back_office.mjs';
import { backOffice, inspect } from './support/people.mjs';
import { becomes } from './support/waiting.mjs';

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
  await becomes(names, ['Matter 5']);
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

// --- what can be done from here

const row = (name) => rows().filter({ has: admin.page.getByRole('button', { name: new RegExp(`^${name}`) }) });
const dialog = () => panel().getByRole('dialog');

async function openRow(name) {
  await admin.page.goto(`${host.address}/admin/orders/3`);
  await row(name).getByRole('button', { name: new RegExp(`^${name}`), expanded: false }).click();
  await row(name).getByRole('log').waitFor();
}

test('B5 B12: a conversation is edited in the section, and the focus comes back', async () => {
  await byApi.startConversation({ name: 'To be renamed' }, { source: { type: 'orders', id: '3' } });
  await openRow('To be renamed');
  await row('To be renamed').getByRole('button', { name: 'Edit' }).click();
  await dialog().getByLabel('Name').fill('Renamed here');
  await inspect(admin, 'activity-edit');
  await dialog().getByRole('button', { name: 'Save', exact: true }).click();
  await panel().getByRole('status').getByText('Conversation has been saved').waitFor();
  await row('Renamed here').getByRole('button', { name: 'Edit' }).and(panel().locator(':focus')).waitFor();
  assert.match(admin.page.url(), /orders\/3$/);
});

test('B5: "Cancel" and Escape change nothing', async () => {
  for (const leave of [
    () => dialog().getByRole('button', { name: 'Cancel' }).click(),
    () => admin.page.keyboard.press('Escape'),
  ]) {
    await row('Renamed here').getByRole('button', { name: 'Edit' }).click();
    await dialog().getByLabel('Name').fill('Never saved');
    await leave();
    await dialog().waitFor({ state: 'hidden' });
  }
  assert.deepEqual(await names(), ['Renamed here']);
  assert.match(admin.page.url(), /orders\/3$/);
});

test('B5 D5: a context is added from the section', async () => {
  await row('Renamed here').getByRole('button', { name: 'Add Context' }).click();
  await dialog().getByRole('combobox', { name: 'Context' }).and(panel().locator('input:focus')).waitFor();
  await admin.page.keyboard.insertText('ORD-1007');
  await dialog().getByRole('option', { name: 'ORD-1007' }).waitFor();
  await inspect(admin, 'activity-context');
  await admin.page.keyboard.press('ArrowDown');
  await admin.page.keyboard.press('Enter');
  await panel().getByRole('status').getByText('Context has been added').waitFor();
  await row('Renamed here').getByRole('log').getByText('Context Order ORD-1007 added by John Doe').waitFor();
  const { data } = await byApi.get('activity/orders/7');
  assert.deepEqual(data.map(({ attributes }) => attributes.name), ['Renamed here']);
});

test('D5 B5: a conversation that loses this record as its context disappears from the section', async () => {
  await byApi.startConversation({ name: 'Stays here' }, { source: { type: 'orders', id: '3' } });
  await openRow('Renamed here');
  await row('Renamed here').getByRole('button', { name: 'Edit' }).click();
  await dialog().getByRole('button', { name: 'Remove Order ORD-1003' }).click();
  await dialog().getByRole('button', { name: 'Save', exact: true }).click();
  await row('Renamed here').waitFor({ state: 'detached' });
  await row('Stays here').getByRole('button').first().and(panel().locator(':focus')).waitFor();
});

test('B5 B12: deleting asks first; then it is gone and said to be', async () => {
  await openRow('Stays here');
  await row('Stays here').getByRole('button', { name: 'Delete' }).click();
  await dialog().getByRole('heading', { name: 'Delete conversation “Stays here”?' }).waitFor();
  await inspect(admin, 'activity-delete');
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  assert.deepEqual(await names(), ['Stays here']);
  await row('Stays here').getByRole('button', { name: 'Delete' }).click();
  await dialog().getByRole('button', { name: 'Delete', exact: true }).click();
  await panel().getByRole('status').getByText('Conversation deleted').waitFor();
  await panel().getByText('There are no conversations').waitFor();
  assert.deepEqual((await byApi.get('activity/orders/3')).data, []);
});

test('B5: who may not edit or delete finds no such button', async () => {
  await byApi.startConversation({ name: 'Of the administrator' }, { source: { type: 'orders', id: '3' } });
  const charlie = await backOffice(browser, host, 'charlie');
  await charlie.page.goto(`${host.address}/admin/orders/3`);
  const section = charlie.page.locator('parley-activity-panel');
  await section.getByRole('button', { name: /^Of the administrator/ }).click();
  await section.getByRole('link', { name: 'View' }).waitFor();
  for (const name of ['Edit', 'Delete', 'Add Context']) {
    assert.equal(await section.getByRole('button', { name, exact: true }).count(), 0, name);
  }
  await charlie.context.close();
});
