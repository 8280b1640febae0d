// System > Roles: an administrator sets how far each permission reaches; it holds from the next request on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiOf } from './support/api.mjs';
import { admin, enter, host } from './support/back_office.mjs';
import { backOffice, forgive, inspect, shop } from './support/people.mjs';
import { anew } from './support/waiting.mjs';

const level = (subject, permission) =>
  admin.page.getByRole('group', { name: subject, exact: true }).getByLabel(permission, { exact: true });
const chosen = async (subject, permission) => (await level(subject, permission).locator('option:checked').innerText()).trim();
const everyPermission = () => admin.page.getByRole('checkbox', { name: 'Every permission' });

async function openRole(name) {
  const menus = admin.page.getByRole('navigation', { name: 'Main' });
  await menus.getByText('System', { exact: true }).click();
  await anew(admin.page, () => menus.getByRole('link', { name: 'Roles', exact: true }).click());
  await anew(admin.page, () => admin.page.getByRole('table', { name: 'Roles' }).getByRole('link', { name, exact: true }).click());
  await admin.page.getByRole('heading', { level: 1, name }).waitFor();
}

async function save() {
  await anew(admin.page, () => admin.page.getByRole('button', { name: 'Save' }).click());
  await admin.page.getByRole('status').getByText('The role has been saved').waitFor();
}

const statusOf = async (person, path) => (await person.page.request.get(host.address + path)).status();

test('Roles: each registered permission has the levels that it offers', async () => {
  await openRole('Sales manager');
  assert.equal(await chosen('Conversations', 'View'), 'Organization');
  assert.equal(await chosen('Conversations', 'Edit'), 'Unit and below');
  assert.equal(await chosen('Orders', 'Delete'), 'None');
  const labels = (all) => all.locator('option').allInnerTexts();
  assert.deepEqual(await labels(level('Conversations', 'View')), [
    'None',
    'Own',
    'Business unit',
    'Unit and below',
    'Organization',
    'Everything',
  ]);
  assert.deepEqual(await labels(level('Conversation Workflow', 'Activate and deactivate')), ['No', 'Yes']);
  await inspect(admin, 'role');
  await openRole('Buyer');
  assert.deepEqual(await labels(level('Conversations', 'View')), ['None', 'Own', 'Customer', 'With subsidiaries']);
  assert.equal(await admin.page.getByRole('group', { name: 'Roles', exact: true }).count(), 0, 'a customer manages none');
  await admin.page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Roles' }).click();
  await admin.page.getByRole('heading', { level: 1, name: 'Roles' }).waitFor();
  await inspect(admin, 'roles');
});

test('Roles: a change holds from the next request of who is logged in', async () => {
  const walter = await enter(backOffice, 'walter');
  const mine = await apiOf(host, 'admin').startConversation({ name: 'Of the administrator', firstMessage: 'Hello' });
  const links = async () => {
    await walter.page.goto(`${host.address}/admin`);
    return walter.page.locator('header a[href="/admin/pages/conversations"]').count();
  };
  assert.equal(await links(), 0);
  assert.equal(await statusOf(walter, '/admin/api/conversations'), 404);
  await openRole('Warehouse clerk');
  await level('Conversations', 'View').selectOption('Own');
  await save();
  assert.equal(await chosen('Conversations', 'View'), 'Own');
  assert.equal(await links(), 1);
  assert.equal(await statusOf(walter, '/admin/api/conversations'), 200);
  assert.equal(await statusOf(walter, `/admin/api/conversations/${mine.id}`), 404);
  await level('Conversations', 'View').selectOption('Everything');
  await save();
  assert.equal(await statusOf(walter, `/admin/api/conversations/${mine.id}`), 200);
  forgive(walter, 404); // of what the page goes on asking for
  await level('Conversations', 'View').selectOption('None');
  await save();
  assert.equal(await statusOf(walter, `/admin/api/conversations/${mine.id}`), 404);
  assert.equal(await links(), 0);
});

test('Roles: so it is for customers', async () => {
  const amanda = await enter(shop, 'amanda@example.com');
  const name = 'Of a colleague';
  const other = await apiOf(host, 'brian@example.com', '/api').startConversation({ name, firstMessage: 'Hello' });
  assert.equal(await statusOf(amanda, `/api/conversations/${other.id}`), 404);
  await openRole('Buyer');
  await level('Conversations', 'View').selectOption('Customer');
  await save();
  assert.equal(await statusOf(amanda, `/api/conversations/${other.id}`), 200);
});

test('Roles S1 S2 S3: who may not create is offered nowhere to, and reads and writes in what there is', async (t) => {
  const byAdmin = apiOf(host, 'admin');
  const about = { customerUser: { type: 'customerusers', id: '1' }, source: { type: 'orders', id: '12' } };
  await byAdmin.startConversation({ name: 'Asked by us', firstMessage: 'Do you need help?' }, about);
  const closed = await byAdmin.startConversation({ name: 'Closed by us', firstMessage: 'Done' }, about);
  await byAdmin.post(`conversations/${closed.id}/transitions/close`, {});
  const choose = async (reach) => {
    await openRole('Buyer');
    await level('Conversations', 'Create').selectOption(reach);
    await save();
  };
  t.after(() => choose('Own'));
  await choose('None');
  // In the shop nobody edits a conversation: a level for it would do nothing.
  assert.equal(await level('Conversations', 'Edit').count(), 0);

  const someone = await enter(shop, 'amanda@example.com');
  const { page } = someone;
  const answer = await (await page.request.get(`${host.address}/api/conversations`)).json();
  assert.deepEqual(answer.meta.can, { create: 'You may not create conversations.' });
  await page.goto(`${host.address}/pages/my-conversations?conversation=${closed.id}`);
  const thread = page.locator('parley-thread');
  await thread.getByText('This conversation is closed.').waitFor();
  await page.getByRole('link', { name: /Asked by us/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Create Conversation' }).count(), 0);
  assert.equal(await thread.getByRole('button', { name: 'Ask New Question' }).count(), 0);
  await inspect(someone, 'may-not-create');
  await page.getByRole('link', { name: /Asked by us/ }).click();
  await thread.getByRole('textbox', { name: 'Your Message' }).fill('No, thank you');
  await thread.getByRole('button', { name: 'Send' }).click();
  await thread.locator('.message.own:not(.outgoing)').getByText('No, thank you').waitFor();

  await page.goto(`${host.address}/orders/12`);
  await page.getByRole('button', { name: 'Questions' }).click();
  await page.getByRole('button', { name: /Asked by us/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Ask New Question' }).count(), 0);
  const list = page.waitForResponse((response) => response.url().includes('/api/conversations?'));
  await page.goto(`${host.address}/orders/1`);
  await list;
  await page.waitForFunction(() => document.querySelector('parley-questions').loaded);
  assert.equal(await page.locator('parley-questions').getByRole('button').count(), 0);

  await choose('Own');
  await page.reload();
  await page.getByRole('button', { name: 'Ask A Question' }).waitFor();
});

test('Roles, D5: who may not view a record takes it out of the context, and is not offered to bring it back', async (t) => {
  const charlie = await enter(backOffice, 'charlie');
  const { id } = await apiOf(host, 'charlie').startConversation({ name: 'Of two' }, { activityTargets: [{ type: 'rfqs', id: '1' }, { type: 'orders', id: '1' }] });
  t.after(async () => {
    await openRole('Sales manager');
    await level('Requests for Quote', 'View').selectOption('Organization');
    await save();
  });
  await openRole('Sales manager');
  await level('Requests for Quote', 'View').selectOption('None');
  await save();
  const view = charlie.page.locator('parley-conversation-view');
  const undo = view.getByRole('button', { name: 'Undo' });
  await charlie.page.goto(`${host.address}/admin/conversations/${id}`);
  await view.getByRole('button', { name: /^Remove .*RFQ-2001 from the context$/ }).click();
  await view.getByRole('status').getByText('Context has been removed').waitFor();
  await view.locator('.add-context:focus').waitFor(); // where it leads once all is done
  assert.equal(await undo.count(), 0);
  await view.getByRole('button', { name: 'Remove Order ORD-1001 from the context' }).click();
  await undo.waitFor();
});

test('Roles: an administrator cannot lock itself out, and what it entered stays', async () => {
  const { page } = admin;
  await openRole('Administrator');
  assert.equal(await everyPermission().isChecked(), true);
  assert.equal(await level('Roles', 'Manage').isDisabled(), true);
  await everyPermission().uncheck();
  await level('Roles', 'Manage').selectOption('No');
  await level('Orders', 'Delete').selectOption('Organization');
  await anew(page, () => page.getByRole('button', { name: 'Save' }).click());
  await page.getByRole('alert').getByText('Nothing was saved: you could no longer manage roles yourself.').waitFor();
  assert.equal(await chosen('Orders', 'Delete'), 'Organization');
  assert.equal(await everyPermission().isChecked(), false);
  forgive(admin, 422);
  await inspect(admin, 'role-refused');
  // It is not left without a question either.
  await page.getByRole('button', { name: 'Save' }).focus(); // browsers ask those alone who did something in the page
  await page.keyboard.press('Tab');
  const asked = page.waitForEvent('dialog').then((dialog) => dialog.accept().then(() => dialog.type()));
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Roles' }).click();
  assert.equal(await asked, 'beforeunload');
  await page.getByRole('heading', { level: 1, name: 'Roles' }).waitFor();
  await openRole('Administrator');
  assert.equal(await everyPermission().isChecked(), true, 'nothing was saved');
});

test('Roles: "Every permission" given up leaves those that were chosen', async () => {
  const { page } = admin;
  await openRole('Administrator');
  await everyPermission().uncheck();
  await level('Orders', 'View').selectOption('None');
  await save();
  assert.equal(await everyPermission().isChecked(), false);
  assert.equal(await chosen('Conversations', 'Delete'), 'Everything');
  assert.equal(await statusOf(admin, '/admin/api/orders'), 404);
  assert.equal(await statusOf(admin, '/admin/api/quotes'), 200);
  await everyPermission().check();
  assert.equal(await chosen('Orders', 'View'), 'Everything');
  await save();
  assert.equal(await statusOf(admin, '/admin/api/orders'), 200);
  await page.goto(`${host.address}/admin/roles`);
});

test('Roles: "Every permission" taken back at once leaves each as it was', async () => {
  const { page } = admin;
  const entries = () => page.locator('#levels').locator('input, select').evaluateAll((fields) => fields.map(({ name, value }) => [name, value]));
  await openRole('Sales manager');
  const before = await entries();
  await everyPermission().check();
  assert.equal(await chosen('Orders', 'Delete'), 'Everything');
  await everyPermission().uncheck();
  assert.deepEqual(await entries(), before);
  await save();
  assert.deepEqual(await entries(), before);
});

test('Roles: who may not manage roles finds none', async () => {
  const charlie = await enter(backOffice, 'charlie');
  await charlie.page.getByRole('navigation', { name: 'Main' }).getByText('System', { exact: true }).click();
  await charlie.page.getByRole('link', { name: 'Users' }).waitFor();
  assert.equal(await charlie.page.getByRole('link', { name: 'Roles', exact: true }).count(), 0);
  assert.equal(await statusOf(charlie, '/admin/roles'), 404);
  assert.equal(await statusOf(charlie, '/admin/roles/2'), 404);
  await openRole('Sales manager');
  await level('Roles', 'Manage').selectOption('Yes');
  await save();
  assert.equal(await statusOf(charlie, '/admin/roles/2'), 200);
});
