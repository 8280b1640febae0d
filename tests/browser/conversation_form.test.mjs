// The form of a conversation: choosing by search, faults beside their fields, saving, and a newer version meanwhile.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amandaCole, order1001, user } from './support/api.mjs';
import { admin, browser, byApi, host } from './support/back_office.mjs';
import { backOffice, forgive, inspect } from './support/people.mjs';
import { becomes } from './support/waiting.mjs';

const form = () => admin.page.locator('parley-conversation-form');
const field = (label) => form().getByRole('combobox', { name: label, exact: true });
const name = () => form().getByLabel('Name');
const button = (label) => form().getByRole('button', { name: label, exact: true });
const chips = () => form().locator('#contexts').getByRole('listitem');
const removals = () =>
  chips().getByRole('button').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
const saved = () => admin.page.getByRole('status').filter({ hasText: 'Conversation has been saved' });

async function openNew() {
  await admin.page.goto(`${host.address}/admin/pages/conversations/create`);
  await name().waitFor();
}

async function openEdit({ id }) {
  await admin.page.goto(`${host.address}/admin/conversations/${id}/edit`);
  await name().waitFor();
}

// By the keyboard alone: types, waits for what is found, goes down to it, and takes it. The text comes at once, so that no
// part of it is looked for in between.
async function choose(label, text, found) {
  await field(label).focus();
  await admin.page.keyboard.insertText(text);
  await form().getByRole('option', { name: found }).waitFor();
  await admin.page.keyboard.press('ArrowDown');
  await form().locator('.option.active').filter({ hasText: found }).waitFor();
  await admin.page.keyboard.press('Enter');
  await form().getByRole('listbox', { name: label }).waitFor({ state: 'hidden' });
}

const read = async ({ id }) => (await byApi.get(`conversations/${id}`)).data;

test('B3 D1: everything can be chosen by the keyboard; source comes into the context; "Save" leads to the page', async () => {
  await openNew();
  assert.equal(await field('Assigned to').inputValue(), 'John Doe', 'oneself is chosen');
  await choose('Assigned to', 'char', 'Charlie Stone');
  await name().fill('Chosen by keys');
  await choose('Source', '1001', 'ORD-1001');
  await chips().filter({ hasText: 'ORD-1001' }).waitFor();
  await choose('Context', 'RFQ-2001', 'RFQ-2001');
  await choose('Customer User', 'amanda', 'Amanda Cole');
  await inspect(admin, 'form-filled');
  await button('Save').click();
  await saved().waitFor();
  await admin.page.getByRole('heading', { level: 1, name: 'Chosen by keys' }).waitFor();
  await admin.page.locator('parley-conversation-view').locator('textarea:focus').waitFor(); // B12: where work goes on
  const id = new URL(admin.page.url()).pathname.split('/').at(-1);
  const { relationships } = await read({ id });
  assert.deepEqual(relationships.owner.data, user.charlie);
  assert.deepEqual(relationships.source.data, order1001);
  assert.deepEqual(relationships.customerUser.data, amandaCole);
  const contexts = relationships.activityTargets.data.map((one) => `${one.type}/${one.id}`);
  for (const context of ['orders/1', 'rfqs/1', 'users/2', 'customerusers/1']) assert.ok(contexts.includes(context), context);
});

test('B3: contexts go by their button and by Backspace; a source that is cleared takes its context along', async () => {
  await openNew();
  await choose('Source', '1002', 'ORD-1002');
  await choose('Context', 'ORD-1003', 'ORD-1003');
  await choose('Context', 'QUO-3001', 'QUO-3001');
  await form().getByRole('button', { name: 'Remove Order ORD-1003' }).click();
  await becomes(removals, ['Remove Order ORD-1002', 'Remove Quote QUO-3001']);
  await field('Context').focus();
  await admin.page.keyboard.press('Backspace');
  await chips().nth(1).waitFor({ state: 'detached' });
  await becomes(removals, ['Remove Order ORD-1002']);
  await form().getByRole('button', { name: 'Clear Source' }).click();
  await chips().first().waitFor({ state: 'detached' });
  assert.equal(await field('Source').inputValue(), '');
});

test('B3: Escape closes the choices and leaves what was chosen; nothing found is said', async () => {
  await openNew();
  await field('Assigned to').focus();
  await admin.page.keyboard.type('nobody of this name');
  await form().locator('.list.message').getByText('Nothing was found').waitFor();
  await admin.page.keyboard.press('Escape');
  await becomes(() => field('Assigned to').inputValue(), 'John Doe');
  assert.equal(await field('Assigned to').getAttribute('aria-expanded'), 'false');
});

test('B3: a kind of record that one may not view is left out, the others are offered', async () => {
  await admin.page.route('**/admin/api/orders?*', (route) => route.fulfill({ status: 403, body: '' }));
  await openNew();
  await field('Source').focus();
  await admin.page.keyboard.type('01');
  await form().getByRole('option', { name: 'RFQ-2001' }).waitFor();
  assert.equal(await form().getByRole('option', { name: 'ORD-1001' }).count(), 0);
  forgive(admin, 403);
});

test('D8 B12: an empty name without a source is refused beside its field, which gets the focus', async () => {
  await openNew();
  await button('Save and Close').click();
  await form().getByText('This value should not be blank.').waitFor();
  await name().and(form().locator('[aria-invalid=true]:focus')).waitFor();
  const description = (input) => input.getRootNode().getElementById(input.getAttribute('aria-describedby')).innerText;
  assert.equal(await name().evaluate(description), 'This value should not be blank.');
  await form().getByRole('alert').filter({ hasText: 'Please check what you entered.' }).waitFor();
  forgive(admin, 422);
  await inspect(admin, 'form-fault');
  await name().fill('Not empty any more');
  await form().getByText('This value should not be blank.').waitFor({ state: 'detached' });
});

test('B3 D14: several wrong fields are marked at once, and all that was entered stays', async () => {
  await openNew();
  const long = 'x'.repeat(256);
  await name().fill(long);
  await choose('Source', '1003', 'ORD-1003');
  await choose('Customer User', 'amanda', 'Amanda Cole');
  // An order that is gone meanwhile.
  await form().locator('#contexts').evaluate((element) => {
    const value = [...element.value, { type: 'orders', id: '9999', title: 'ORD-9999' }];
    element.value = value;
    element.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  });
  await button('Save').click();
  await form().getByText('This value is too long. It should have 255 characters or less.').waitFor();
  await form().locator('#contexts').getByText('This record does not exist.').waitFor();
  await name().and(form().locator(':focus')).waitFor();
  assert.equal(await form().locator('[aria-invalid=true]').count(), 2);
  assert.equal(await name().inputValue(), long);
  assert.equal(await field('Customer User').inputValue(), 'Amanda Cole');
  forgive(admin, 422);
  await inspect(admin, 'form-faults');
});

test('B12: a server that cannot be reached is said, and saving again saves once', async () => {
  await openNew();
  await name().fill('Sent twice');
  let refused = 0;
  await admin.page.route('**/admin/api/conversations', async (route) => {
    // The first one arrives, but its answer does not.
    await route.fetch();
    refused += 1;
    await route.abort();
  }, { times: 1 });
  await button('Save').click();
  await form().getByRole('alert').filter({ hasText: 'The server cannot be reached.' }).waitFor();
  assert.equal(refused, 1);
  forgive(admin, 0);
  await button('Save').click();
  await admin.page.getByRole('heading', { level: 1, name: 'Sent twice' }).waitFor();
  const { data } = await byApi.get('conversations?filter[name]=Sent%20twice');
  assert.equal(data.length, 1);
});

test('B3: "Cancel" leads back and saves nothing; "Save and Close" leads back to where one came from', async () => {
  await admin.page.goto(`${host.address}/admin/orders/2/actions/start-conversation`);
  await name().fill('Never saved');
  await button('Cancel').click();
  await admin.page.waitForURL('**/admin/orders/2');
  assert.equal((await byApi.get('conversations?filter[name]=Never%20saved')).data.length, 0);
  await admin.page.goto(`${host.address}/admin/orders/2/actions/start-conversation`);
  await name().fill('Back at the order');
  await button('Save and Close').click();
  await admin.page.waitForURL('**/admin/orders/2');
  await saved().waitFor();
  await admin.page.locator('parley-activity-panel').getByText('Back at the order').waitFor();
});

test('B2: the form of each kind of record comes with source, context and customer user', async () => {
  for (const [path, source, customerUser] of [
    ['orders/1', 'Order ORD-1001', 'Amanda Cole'],
    ['rfqs/2', 'Request for Quote RFQ-2002', 'Nora Falk'],
    ['quotes/1', 'Quote QUO-3001', 'Amanda Cole'],
    ['customerusers/2', 'Brian Lee', 'Brian Lee'],
    ['users/3', 'Dana Reyes', ''],
  ]) {
    await admin.page.goto(`${host.address}/admin/${path}`);
    await admin.page.getByText('More Actions').click();
    await admin.page.getByRole('link', { name: 'Start Conversation' }).click();
    await name().waitFor();
    await becomes(() => field('Source').inputValue(), source, path);
    await becomes(() => field('Customer User').inputValue(), customerUser, path);
    await chips().filter({ hasText: source }).waitFor();
  }
});

test('D1 B12: whom one may not assign to is said beside Assigned to, which gets the focus; the rest stays', async () => {
  const dana = await backOffice(browser, host, 'dana');
  const own = dana.page.locator('parley-conversation-form');
  await dana.page.goto(`${host.address}/admin/pages/conversations/create`);
  await own.getByLabel('Name').fill('For a colleague');
  const owner = own.getByRole('combobox', { name: 'Assigned to' });
  await owner.focus();
  await dana.page.keyboard.insertText('Erin');
  await own.getByRole('option', { name: 'Erin Walsh' }).click();
  await own.getByRole('button', { name: 'Save', exact: true }).click();
  await own.locator('#owner').getByText('You may not assign conversations to this user.').waitFor();
  await own.locator('#owner input[aria-invalid=true]:focus').waitFor();
  assert.equal(await own.getByLabel('Name').inputValue(), 'For a colleague');
  forgive(dana, 403);
  await inspect(dana, 'form-assign-refused');
  await own.getByRole('button', { name: 'Clear Assigned to' }).click();
  await own.getByRole('button', { name: 'Save', exact: true }).click();
  await dana.page.getByRole('heading', { level: 1, name: 'For a colleague' }).waitFor();
  await dana.context.close();
});

test('D6 B12: a customer user of another customer is refused beside its field; who reads it does not change', async () => {
  const conversation = await byApi.startConversation({ name: 'Of Acme alone' }, { source: order1001 });
  await openEdit(conversation);
  await form().getByRole('button', { name: 'Clear Customer User' }).click();
  await choose('Customer User', 'nora', 'Nora Falk');
  await button('Save').click();
  await form().locator('#customerUser').getByText('The customer user does not belong to the customer.').waitFor();
  await form().locator('#customerUser input[aria-invalid=true]:focus').waitFor();
  assert.deepEqual((await read(conversation)).relationships.customerUser.data, amandaCole);
  forgive(admin, 422);
});

const dialog = () => form().getByRole('dialog', { name: 'Somebody else has changed this conversation' });

// The rows of the dialog as texts: [field, mine, theirs].
const compared = async () =>
  dialog()
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.innerText.trim())));

// Somebody else renames it, closes it and takes the order away, while the form is open with other changes.
async function conflict() {
  const conversation = await byApi.startConversation(
    { name: 'Old name' },
    { source: order1001, activityTargets: [{ type: 'orders', id: '2' }] },
  );
  await openEdit(conversation);
  await name().fill('My name');
  await choose('Context', 'QUO-3001', 'QUO-3001');
  await byApi.patch('conversations', conversation.id, {
    attributes: { name: 'Their name' },
    relationships: { owner: { data: user.dana } },
  });
  await byApi.post(`conversations/${conversation.id}/transitions/close`);
  await button('Save').click();
  await dialog().waitFor();
  forgive(admin, 412);
  return conversation;
}

test('D16: an edit of an old version opens a dialog with both versions', async () => {
  await conflict();
  await dialog().getByText('What you entered is still here.').waitFor();
  const rows = await compared();
  assert.deepEqual(rows[0], ['Assigned to', 'Not changed', 'Dana Reyes']);
  assert.deepEqual(rows[1], ['Name', 'My name', 'Their name']);
  assert.deepEqual(rows[2], ['Status', 'Not changed', 'Closed']);
  assert.equal(rows[3][0], 'Context');
  assert.match(rows[3][1], /QUO-3001/);
  assert.doesNotMatch(rows[3][2], /QUO-3001/);
  await form().locator('#conflict-title:focus').waitFor();
  await inspect(admin, 'form-conflict');
});

test('D16: "Continue Editing" and Escape keep what was entered, on top of the newer version', async () => {
  await conflict();
  await admin.page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'hidden' });
  await becomes(() => name().inputValue(), 'My name');
  await becomes(() => field('Assigned to').inputValue(), 'Dana Reyes');
  await chips().filter({ hasText: 'QUO-3001' }).waitFor();
  await button('Save').click();
  await saved().waitFor();
  await admin.page.getByRole('heading', { level: 1, name: 'My name' }).waitFor();
});

test('D16: "Save My Changes" saves them and undoes nothing else', async () => {
  const conversation = await conflict();
  await dialog().getByRole('button', { name: 'Save My Changes' }).click();
  await saved().waitFor();
  const { attributes, relationships } = await read(conversation);
  assert.equal(attributes.name, 'My name');
  assert.deepEqual(relationships.owner.data, user.dana);
  assert.equal(relationships.status.data.id, 'closed');
  assert.ok(relationships.activityTargets.data.some(({ type }) => type === 'quotes'));
});

test('D16: "Take the Newer Version" shows it in the form', async () => {
  const conversation = await conflict();
  await dialog().getByRole('button', { name: 'Take the Newer Version' }).click();
  await dialog().waitFor({ state: 'hidden' });
  await becomes(() => name().inputValue(), 'Their name');
  assert.equal(await chips().filter({ hasText: 'QUO-3001' }).count(), 0);
  assert.equal((await read(conversation)).attributes.name, 'Their name');
});

test('D16: a third version meanwhile opens the dialog again', async () => {
  const conversation = await conflict();
  await byApi.patch('conversations', conversation.id, { attributes: { name: 'Their newest name' } });
  await dialog().getByRole('button', { name: 'Save My Changes' }).click();
  await dialog().getByText('Their newest name').waitFor();
  await dialog().getByRole('button', { name: 'Save My Changes' }).click();
  await saved().waitFor();
  assert.equal((await read(conversation)).attributes.name, 'My name');
});
