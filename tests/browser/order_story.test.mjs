// From the page of an order to the storefront and back: what an operator sees on the first day.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { begin, end } from './support/both_sides.mjs';
import { forgive, inspect, shop } from './support/people.mjs';

let sides;
let host;
let admin;
let amanda;

before(async () => {
  sides = await begin();
  ({ host, admin, amanda } = sides);
});

after(() => end(sides));

// The page of an order, reached as people reach it: by the list.
async function openOrder({ page }, list, number) {
  await page.goto(host.address + list);
  await page.getByRole('link', { name: number, exact: true }).first().click();
  await page.getByRole('heading', { level: 1, name: new RegExp(number) }).waitFor();
}

const panel = ({ page }) => page.locator('parley-activity-panel');

async function expand(person, name) {
  const toggle = panel(person).getByRole('button', { name, expanded: false });
  await toggle.click();
  return panel(person).getByRole('listitem').filter({ hasText: name }).first();
}

test('B2 B3 D2 D8: admin starts a conversation from "More Actions" of an order', async () => {
  const { page } = admin;
  await openOrder(admin, '/admin/orders', 'ORD-1001');
  await inspect(admin, 'backoffice-order');
  await page.getByText('More Actions').click();
  await page.getByRole('link', { name: 'Start Conversation' }).click();
  const form = page.locator('parley-conversation-form');
  await form.getByLabel('Name').waitFor();
  await inspect(admin, 'backoffice-start-form');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('status').filter({ hasText: 'Conversation has been saved' }).waitFor();
  await page.getByRole('heading', { level: 1, name: 'Order ORD-1001' }).waitFor();
});

test('B4: admin adds a message on the view page', async () => {
  const { page } = admin;
  await page.getByRole('button', { name: 'Add Message' }).click();
  await page.locator('parley-thread textarea:focus').waitFor();
  await page.keyboard.type('Your order leaves on **Monday**.');
  await page.locator('parley-thread').getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('log').locator('[data-index]').getByText('Your order leaves on Monday.').waitFor();
  await inspect(admin, 'backoffice-conversation');
});

test('D5 B6: the conversation stands in the Activity section of the order', async () => {
  await openOrder(admin, '/admin/orders', 'ORD-1001');
  const item = await expand(admin, /Order ORD-1001/);
  await item.getByText('Your order leaves on Monday.').waitFor();
  await inspect(admin, 'backoffice-activity');
});

test('S3 S4: Amanda finds it under "Questions" of the same order and answers', async () => {
  const { page } = amanda;
  await openOrder(amanda, '/orders', 'ORD-1001');
  await inspect(amanda, 'storefront-order');
  await page.getByRole('button', { name: /^Questions/ }).click();
  await inspect(amanda, 'storefront-questions');
  await page.getByRole('button', { name: /Order ORD-1001/ }).click();
  await page.getByRole('log').getByText('Your order leaves on Monday.').waitFor();
  await page.getByRole('textbox', { name: /message/i }).fill('Thank you! Does it come by post?');
  await page.keyboard.press('Enter');
  await page.getByRole('log').locator('[data-index]').getByText('Does it come by post?').waitFor();
  await inspect(amanda, 'storefront-thread');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
});

test('S2 S3: Amanda asks a second question about the order', async () => {
  const { page } = amanda;
  await page.getByRole('button', { name: /^Questions/ }).click();
  await page.getByRole('button', { name: 'Ask New Question' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Subject').fill('Invoice address');
  await dialog.getByLabel('Your Message').fill('Can you send the invoice to our office?');
  await inspect(amanda, 'storefront-ask');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('log').getByText('Can you send the invoice to our office?').waitFor();
});

test('S2: an RFQ without conversations has "Ask A Question"', async () => {
  const { page } = amanda;
  await openOrder(amanda, '/rfqs', 'RFQ-2001');
  await page.getByRole('button', { name: 'Ask A Question' }).waitFor();
  await inspect(amanda, 'storefront-rfq');
});

test('S1 S5: both stand on the Conversations page under Profiles & Addresses', async () => {
  const { page } = amanda;
  await page.getByText('Profiles & Addresses').first().click();
  await page.getByRole('link', { name: 'Conversations' }).first().click();
  await page.getByText('Invoice address').first().waitFor();
  await page.getByText('Order ORD-1001').first().waitFor();
  await inspect(amanda, 'storefront-conversations');
});

test('B5 B9: back as admin, both are in the Activity section with their messages', async () => {
  await openOrder(admin, '/admin/orders', 'ORD-1001');
  const first = await expand(admin, /Order ORD-1001/);
  await first.getByText('Does it come by post?').waitFor();
  const second = await expand(admin, /Invoice address/);
  await second.getByText('Can you send the invoice to our office?').waitFor();
  await inspect(admin, 'backoffice-activity-both');
});

test('W2 W5 S4: "Close" stops all writing', async () => {
  const { page } = admin;
  const item = panel(admin).getByRole('listitem').filter({ hasText: 'Invoice address' }).first();
  await item.getByRole('button', { name: 'Close', exact: true }).click();
  await item.getByText('This conversation is closed.').waitFor();
  assert.equal(await item.getByRole('textbox').count(), 0);
  await inspect(admin, 'backoffice-closed');

  await openOrder(amanda, '/orders', 'ORD-1001');
  await amanda.page.getByRole('button', { name: /^Questions/ }).click();
  await amanda.page.getByRole('button', { name: /Invoice address/ }).click();
  await amanda.page.getByText('This conversation is closed.').waitFor();
  assert.equal(await amanda.page.getByRole('dialog').getByRole('textbox').count(), 0);
  await inspect(amanda, 'storefront-closed');
  assert.equal(page.isClosed(), false);
});

test('W2: "Reopen" lets it go on', async () => {
  const item = panel(admin).getByRole('listitem').filter({ hasText: 'Invoice address' }).first();
  await item.getByRole('button', { name: 'Reopen' }).click();
  await item.getByRole('textbox', { name: /message/i }).fill('Done: it goes to your office.');
  await item.getByRole('button', { name: 'Save', exact: true }).click();
  await item.getByRole('log').locator('[data-index]').getByText('Done: it goes to your office.').waitFor();

  const { page } = amanda;
  await page.reload();
  await page.getByRole('button', { name: /^Questions/ }).click();
  await page.getByRole('button', { name: /Invoice address/ }).click();
  await page.getByRole('log').getByText('Done: it goes to your office.').waitFor();
  await page.getByRole('textbox', { name: /message/i }).waitFor();
});

test('S8: another customer sees nothing of it', async () => {
  const nora = await shop(sides.browser, host, 'nora@example.com');
  const answer = await nora.page.request.get(`${host.address}/api/conversations`);
  assert.equal(answer.status(), 200);
  assert.deepEqual((await answer.json()).data, []);
  assert.equal((await nora.page.request.get(`${host.address}/api/conversations/1`)).status(), 404);
  assert.equal((await nora.page.request.get(`${host.address}/orders/1`)).status(), 404);
  await nora.context.close();
});

test('B1: the list of conversations and the pages around it', async () => {
  const { page } = admin;
  await page.goto(`${host.address}/admin`);
  await inspect(admin, 'backoffice-home');
  await page.getByText('Activities').first().click();
  await page.getByRole('link', { name: 'Conversations' }).first().click();
  await page.getByRole('link', { name: 'Create Conversation' }).waitFor();
  await page.getByRole('link', { name: 'Invoice address' }).waitFor();
  await page.locator('td .badge').getByText('Active', { exact: true }).first().waitFor();
  assert.equal(await page.locator('a[href*="conversationstatuses"]').count(), 0, 'a status is no link');
  await inspect(admin, 'backoffice-conversations');
  for (const type of ['conversationmessages', 'conversationparticipants', 'conversationstatuses']) {
    for (const path of [type, `${type}/1`]) {
      assert.equal((await page.request.get(`${host.address}/admin/${path}`)).status(), 404, path);
    }
  }
  for (const list of ['users', 'customers', 'customerusers', 'rfqs', 'quotes']) {
    await page.goto(`${host.address}/admin/${list}`);
    await inspect(admin, `backoffice-${list}`);
  }
  for (const list of ['', 'orders', 'quotes', 'profile']) {
    await amanda.page.goto(`${host.address}/${list}`);
    await inspect(amanda, `storefront-${list || 'home'}`);
  }
});

test('B1: a subject of 255 characters without a space breaks no page', async () => {
  const subject = 'W'.repeat(255);
  const look = async (person, name) => {
    const [inner, outer] = await person.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(inner <= outer, `${name}: the page is ${inner} px wide on a screen of ${outer} px`);
    await inspect(person, name);
  };
  await openOrder(amanda, '/orders', 'ORD-1001');
  await amanda.page.getByRole('button', { name: /^Questions/ }).click();
  await amanda.page.getByRole('button', { name: 'Ask New Question' }).click();
  const dialog = amanda.page.getByRole('dialog');
  await dialog.getByLabel('Subject').fill(subject);
  await dialog.getByLabel('Your Message').fill('A long one.');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await amanda.page.getByRole('log').getByText('A long one.').waitFor();
  await amanda.page.goto(`${host.address}/`);
  await amanda.page.getByText('Profiles & Addresses').first().click();
  await amanda.page.getByRole('link', { name: 'Conversations' }).first().click();
  await amanda.page.getByText(subject).first().waitFor();
  await look(amanda, 'storefront-long-name');

  const { page } = admin;
  await page.goto(`${host.address}/admin/conversations`);
  const link = page.getByRole('link', { name: subject });
  await link.waitFor();
  const over = await page.locator('.table-scroll').evaluate((box) => box.scrollWidth - box.clientWidth);
  assert.ok(over <= 0, `the table is ${over} px too wide`);
  await look(admin, 'backoffice-long-name-list');
  await link.click();
  await page.getByRole('heading', { level: 1, name: subject }).waitFor();
  await look(admin, 'backoffice-long-name-view');
  await page.goto(`${page.url()}/edit`);
  await page.locator('parley-conversation-form').getByLabel('Name').waitFor();
  await look(admin, 'backoffice-long-name-edit');
  await openOrder(admin, '/admin/orders', 'ORD-1001');
  await panel(admin).getByText(subject).first().waitFor();
  await look(admin, 'backoffice-long-name-activity');
});

test('S2 D14: a subject has 255 characters, as the server counts them; what is longer is refused beside its field', async () => {
  const subject = '🚚'.repeat(255);
  await openOrder(amanda, '/orders', 'ORD-1001');
  await amanda.page.getByRole('button', { name: /^Questions/ }).click();
  await amanda.page.getByRole('button', { name: 'Ask New Question' }).click();
  const dialog = amanda.page.getByRole('dialog');
  const field = dialog.getByLabel('Subject');
  // Pasted, as people do with what is long.
  await dialog.getByLabel('Your Message').fill(`${subject}🚚`);
  await dialog.getByLabel('Your Message').press('Control+A');
  await amanda.page.keyboard.press('Control+X');
  await field.focus();
  await amanda.page.keyboard.press('Control+V');
  await dialog.getByLabel('Your Message').fill('Counted.');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.getByText('This value is too long. It should have 255 characters or less.').waitFor();
  await field.and(dialog.locator('[aria-invalid=true]:focus')).waitFor();
  forgive(amanda, 422);
  await field.fill(subject);
  await dialog.getByRole('button', { name: 'Send' }).click();
  await amanda.page.getByRole('log').getByText('Counted.').waitFor();
  await dialog.getByRole('heading', { name: subject }).waitFor();
});
