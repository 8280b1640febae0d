// The workflow of conversations on the screens: its own page, the buttons of each status, and who was faster.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { order1001 } from './support/api.mjs';
import { admin, browser, byApi, host } from './support/back_office.mjs';
import { backOffice, forgive, inspect, shop } from './support/people.mjs';
import { anew, becomes } from './support/waiting.mjs';

const view = () => admin.page.locator('parley-conversation-view');
const form = () => admin.page.locator('parley-conversation-form');
const button = (name) => view().getByRole('button', { name, exact: true });
const status = (name) => view().locator('header .badge').getByText(name, { exact: true });
const wordsOf = (name) => view().getByRole('log').getByText(name);

async function open({ id }, person = admin) {
  await person.page.goto(`${host.address}/admin/conversations/${id}`);
  await person.page.getByRole('tab', { name: 'Chat' }).waitFor();
}

// The names of the transitions that are offered.
const offered = async () => {
  const names = await view().locator('header').getByRole('button').allInnerTexts();
  return names.map((name) => name.trim()).filter((name) => !['Add Message', 'Mark as unread'].includes(name));
};

const deactivate = () => byApi.post('workflows/conversation_flow/deactivate');
const activate = () => byApi.post('workflows/conversation_flow/activate');

async function openWorkflow() {
  await admin.page.getByText('System', { exact: true }).click();
  await admin.page.getByRole('link', { name: 'Workflows' }).click();
  await anew(admin.page, () => admin.page.getByRole('link', { name: 'Conversation Workflow' }).click());
  await admin.page.getByRole('heading', { level: 1, name: 'Conversation Workflow' }).waitFor();
}

test('W1: System > Workflows leads to steps, transitions and a diagram; it cannot be edited or deleted', async () => {
  const { page } = admin;
  await openWorkflow();
  await page.locator('.page-head .badge').getByText('Active', { exact: true }).waitFor();
  const table = (name) => page.getByRole('table', { name, exact: true }).locator('tbody tr');
  const cells = (rows) =>
    rows.evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText.replace(/\s+/g, ' ').trim())));
  const steps = await cells(table('Steps'));
  assert.deepEqual(steps.map(([step, options]) => [step.replace(/ \(.*/, ''), options]), [
    ['Active', 'Close'],
    ['Inactive', 'Close, Activate'],
    ['Closed', 'Reopen'],
  ]);
  assert.deepEqual(await cells(table('Transitions')), [
    ['Close', 'Active, Inactive', 'Closed'],
    ['Reopen', 'Closed', 'Active'],
    ['Activate', 'Inactive', 'Active'],
  ]);
  await page.getByRole('group', { name: 'Diagram' }).locator('svg').waitFor();
  for (const name of ['Edit', 'Delete']) {
    assert.equal(await page.getByRole('link', { name, exact: true }).count(), 0, name);
    assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, name);
  }
  await page.getByRole('button', { name: 'Deactivate' }).waitFor();
  await inspect(admin, 'workflow');
});

test('W5: who may not configure the workflow finds no "Deactivate"', async () => {
  const charlie = await backOffice(browser, host, 'charlie');
  await charlie.page.goto(`${host.address}/admin/workflows/conversation_flow`);
  await charlie.page.getByRole('heading', { level: 1, name: 'Conversation Workflow' }).waitFor();
  assert.equal(await charlie.page.getByRole('button', { name: /activate/i }).count(), 0);
  await charlie.context.close();
});

test('W2: Active offers "Close", Closed offers "Reopen"; the status is said', async () => {
  await open(await byApi.startConversation({ name: 'Open and closed' }, { source: order1001 }));
  await status('Active').waitFor();
  await becomes(offered, ['Close']);
  await button('Close').click();
  await view().getByRole('status').getByText('Status is now Closed').waitFor();
  await status('Closed').waitFor();
  await wordsOf('Status changed from Active to Closed by John Doe').waitFor();
  await view().getByText('This conversation is closed.').waitFor();
  await button('Reopen').waitFor();
  await becomes(offered, ['Reopen']);
  assert.equal(await button('Add Message').count(), 0);
  await button('Reopen').click();
  await status('Active').waitFor();
  await button('Add Message').waitFor();
});

test('W6: who is slower reads what the status is now, and sees it', async () => {
  const conversation = await byApi.startConversation({ name: 'Two at once' });
  await open(conversation);
  await byApi.post(`conversations/${conversation.id}/transitions/close`);
  await button('Close').click();
  await view().getByRole('alert').getByText('This transition does not apply. The status is now Closed.').waitFor();
  await status('Closed').waitFor();
  await button('Reopen').waitFor();
  await wordsOf('Status changed from Active to Closed by John Doe').waitFor();
  forgive(admin, 409);
  await inspect(admin, 'workflow-late');
});

test('W6: so it is in the Activity section', async () => {
  const conversation = await byApi.startConversation({ name: 'Two in the section' }, { source: order1001 });
  await admin.page.goto(`${host.address}/admin/orders/1`);
  const panel = admin.page.locator('parley-activity-panel');
  await panel.getByRole('button', { name: 'Two in the section', expanded: false }).click();
  const item = panel.getByRole('listitem').filter({ hasText: 'Two in the section' }).first();
  const close = item.getByRole('button', { name: 'Close', exact: true });
  await close.waitFor();
  await byApi.post(`conversations/${conversation.id}/transitions/close`);
  await close.click();
  await item.getByText('This transition does not apply. The status is now Closed.').waitFor();
  await item.getByRole('button', { name: 'Reopen' }).waitFor();
  await item.getByRole('log').getByText('Status changed from Active to Closed by John Doe').waitFor();
  forgive(admin, 409);
});

test('W4 D2: deactivated, the buttons are gone and Status is a field of the form, with all three values', async (t) => {
  const { page } = admin;
  t.after(activate);
  await openWorkflow();
  await anew(page, () => page.getByRole('button', { name: 'Deactivate' }).click());
  await page.getByRole('status').filter({ hasText: 'Conversation Workflow has been deactivated' }).waitFor();
  await page.getByRole('button', { name: 'Activate' }).waitFor();

  await page.goto(`${host.address}/admin/pages/conversations/create`);
  await form().getByLabel('Status').waitFor();
  assert.deepEqual(await form().getByLabel('Status').locator('option').allInnerTexts(), ['Active', 'Inactive']);
  await form().getByLabel('Name').fill('Inactive by hand');
  await form().getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Inactive by hand' }).waitFor();
  await status('Active').waitFor();
  await becomes(offered, []);
  await page.getByRole('link', { name: 'Edit' }).click();
  await form().getByLabel('Status').waitFor();
  assert.deepEqual(await form().getByLabel('Status').locator('option').allInnerTexts(), ['Active', 'Inactive', 'Closed']);
  await form().getByLabel('Status').selectOption('Inactive');
  await inspect(admin, 'form-status');
  await form().getByRole('button', { name: 'Save', exact: true }).click();
  await status('Inactive').waitFor();
});

test('W4: a status chosen while somebody activates the workflow is refused beside its field', async (t) => {
  t.after(activate);
  const conversation = await byApi.startConversation({ name: 'Chosen too late' });
  await makeInactive(conversation);
  await deactivate();
  await open(conversation);
  await admin.page.getByRole('link', { name: 'Edit' }).click();
  await form().getByLabel('Status').selectOption('Closed');
  await activate();
  await form().getByRole('button', { name: 'Save', exact: true }).click();
  await form().getByText('The status is directed by the workflow.').waitFor();
  assert.equal(await form().getByRole('combobox', { name: 'Status' }).count(), 0, 'the field is fixed now');
  await form().locator('#status').getByText('Inactive', { exact: true }).waitFor(); // what is stored, not what was chosen
  forgive(admin, 422);
  await inspect(admin, 'form-status-fixed');
});

test('W3 B12: from Inactive "Activate" leads on, and the focus stays among the buttons', async () => {
  const conversation = await byApi.startConversation({ name: 'Brought back' });
  await makeInactive(conversation);
  await open(conversation);
  await button('Activate').focus();
  await admin.page.keyboard.press('Enter');
  await status('Active').waitFor();
  await view().locator('header button:focus').waitFor();
});

// As the job does it, but by hand: while the workflow is deactivated.
async function makeInactive({ id }) {
  await deactivate();
  const inactive = { data: { type: 'conversationstatuses', id: 'inactive' } };
  await byApi.patch('conversations', id, { relationships: { status: inactive } }).finally(activate);
}

test('W3: from Inactive "Activate" and "Close" are offered; a message makes it Active again', async () => {
  const conversation = await byApi.startConversation({ name: 'Quiet for long' });
  await makeInactive(conversation);
  await open(conversation);
  await status('Inactive').waitFor();
  await becomes(async () => (await offered()).sort(), ['Activate', 'Close']);
  await button('Add Message').click();
  await view().locator('parley-thread textarea:focus').waitFor();
  await admin.page.keyboard.type('Is anybody there?');
  await view().locator('parley-thread').getByRole('button', { name: 'Save', exact: true }).click();
  await wordsOf('Is anybody there?').waitFor();
  await status('Active').waitFor();
  await becomes(offered, ['Close']);
});

test('W3: the storefront reads why it cannot write in an inactive one, and can ask anew; its system messages can go', async () => {
  const conversation = await byApi.startConversation({ name: 'A long silence', firstMessage: 'Hello?' }, { source: order1001 });
  await makeInactive(conversation);
  const amanda = await shop(browser, host, 'amanda@example.com');
  await amanda.page.goto(`${host.address}/orders/1`);
  await amanda.page.getByRole('button', { name: /^Questions/ }).click();
  await amanda.page.getByRole('button', { name: /A long silence/ }).click();
  const dialog = amanda.page.getByRole('dialog');
  await dialog.getByText('This conversation is inactive.').waitFor();
  assert.equal(await dialog.getByRole('textbox').count(), 0);
  const told = dialog.getByRole('log').getByText(/^Status changed from Active to Inactive/);
  await told.waitFor();
  await inspect(amanda, 'storefront-inactive');
  await dialog.getByRole('checkbox', { name: 'System messages' }).uncheck();
  await told.waitFor({ state: 'detached' });
  await dialog.getByText('Hello?').waitFor();
  await dialog.getByRole('button', { name: 'Ask New Question' }).click();
  await dialog.getByLabel('Your Message').waitFor();
  await amanda.context.close();
});

test('W5: who sees a conversation of others but may not edit it reads why it cannot write', async () => {
  const conversation = await byApi.startConversation({ name: 'Of the administrator', firstMessage: 'Words' });
  const charlie = await backOffice(browser, host, 'charlie');
  await open(conversation, charlie);
  await charlie.page.getByText('You may not write in this conversation.').waitFor();
  assert.equal(await charlie.page.getByRole('link', { name: 'Edit' }).count(), 0);
  await inspect(charlie, 'conversation-read-only');
  await charlie.context.close();
});
