// System > Configuration: the settings of whatever is registered, on the levels system, organization and website.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiOf, order1001 } from './support/api.mjs';
import { admin, byApi, enter, host } from './support/back_office.mjs';
import { backOffice, forgive, inspect, shop } from './support/people.mjs';
import { anew, until } from './support/waiting.mjs';

const partners = 'Parley Partners';
const setting = (label) => admin.page.locator('.setting').filter({ has: admin.page.getByText(label, { exact: true }) });
const usesDefault = (label) => setting(label).getByRole('checkbox', { name: 'Use default' });
const enabled = () => admin.page.getByRole('switch', { name: 'Enable Conversations' });
const days = () => admin.page.getByRole('textbox', { name: 'Days until Inactive' });

async function openLevel(name) {
  await admin.page.getByRole('navigation', { name: 'Main' }).getByText('System', { exact: true }).click();
  await anew(admin.page, () => admin.page.getByRole('link', { name: 'Configuration' }).click());
  const level = admin.page.getByRole('navigation', { name: 'Level' }).getByRole('link', { name });
  await anew(admin.page, () => level.click());
  await admin.page.locator('[aria-current=page]').filter({ hasText: name }).first().waitFor();
}

async function save() {
  await anew(admin.page, () => admin.page.getByRole('button', { name: 'Save' }).click());
  await admin.page.getByRole('status').getByText('The configuration has been saved').waitFor();
}

async function switchPartners(on) {
  await openLevel(partners);
  if (on) await usesDefault('Enable Conversations').check();
  else {
    await usesDefault('Enable Conversations').uncheck();
    await enabled().uncheck();
  }
  await save();
}

test('C1: Commerce > Customer > Interactions has the settings, those of a level there', async () => {
  const { page } = admin;
  await openLevel('System');
  const tree = page.getByRole('navigation', { name: 'Settings' });
  assert.deepEqual(await tree.getByRole('listitem').allInnerTexts(), ['Commerce', 'Customer', 'Interactions', 'General', 'Display']);
  await page.getByRole('heading', { level: 2, name: /Commerce.*Customer.*Interactions/ }).waitFor();
  assert.equal(await enabled().isChecked(), true, 'on in the demo data');
  assert.equal(await usesDefault('Enable Conversations').isChecked(), false);
  await setting('Enable Conversations').getByText('Default: Off', { exact: true }).waitFor();
  await setting('Days to Keep the History').waitFor();
  await inspect(admin, 'configuration');
  await openLevel(partners);
  assert.equal(await setting('Days to Keep the History').count(), 0, 'which has no other level than the system');
});

test('C1: "Use default" takes the value of the wider level, and says which', async () => {
  const { page } = admin;
  await openLevel('System');
  await usesDefault('Days until Inactive').uncheck();
  await days().fill('30');
  await save();
  await openLevel('Parley Supply Co.');
  assert.equal(await usesDefault('Days until Inactive').isChecked(), true);
  assert.equal(await days().isDisabled(), true);
  assert.equal(await days().inputValue(), '30');
  await setting('Days until Inactive').getByText('Default: 30 (System)').waitFor();
  await usesDefault('Days until Inactive').uncheck();
  await days().fill('20');
  await save();
  await openLevel(partners);
  await setting('Days until Inactive').getByText('Default: 20 (Parley Supply Co.)').waitFor();
  await usesDefault('Days until Inactive').uncheck();
  await days().fill('10');
  await save();
  assert.equal(await days().inputValue(), '10');
  await inspect(admin, 'configuration-website');
  await usesDefault('Days until Inactive').check();
  assert.equal(await days().inputValue(), '20', 'the default shows as soon as it is chosen');
  await save();
  assert.equal(await usesDefault('Days until Inactive').isChecked(), true);
  assert.equal(await page.getByRole('textbox', { name: 'Days until Inactive' }).inputValue(), '20');
});

test('C3: a wrong value is marked beside its field, is not lost, and nothing is saved', async () => {
  const { page } = admin;
  await openLevel('System');
  for (const wrong of ['abc', '-5', '36501', '1.5', '']) {
    await days().fill(wrong);
    await enabled().uncheck();
    await anew(page, () => page.getByRole('button', { name: 'Save' }).click());
    await page.getByRole('alert').getByText('Nothing was saved.').waitFor();
    await setting('Days until Inactive').getByText('This value should be a whole number from 0 to 36500.').waitFor();
    assert.equal(await days().inputValue(), wrong);
    assert.equal(await days().getAttribute('aria-invalid'), 'true');
    assert.equal(await enabled().isChecked(), false, 'what else was entered stays, too');
  }
  forgive(admin, 422);
  await inspect(admin, 'configuration-wrong');
  await openLevel('System');
  assert.equal(await days().inputValue(), '30');
  assert.equal(await enabled().isChecked(), true);
});

test('C1: "Use default" stays chosen where another value is wrong; taken back at once, it leaves the value', async () => {
  const { page } = admin;
  await openLevel('System');
  await days().fill('12');
  await usesDefault('Days until Inactive').check();
  assert.equal(await days().inputValue(), '0');
  await usesDefault('Days until Inactive').uncheck();
  assert.equal(await days().inputValue(), '12');
  await days().fill('abc');
  await usesDefault('Enable Conversations').check();
  await anew(page, () => page.getByRole('button', { name: 'Save' }).click());
  await page.getByRole('alert').getByText('Nothing was saved.').waitFor();
  forgive(admin, 422);
  assert.equal(await usesDefault('Enable Conversations').isChecked(), true);
  assert.equal(await enabled().isChecked(), false, 'it shows the default');
  assert.equal(await enabled().isDisabled(), true);
  // What was there before is asked for again, and saved with the rest.
  await usesDefault('Enable Conversations').uncheck();
  await enabled().check();
  await days().fill('30');
  await save();
  assert.equal(await usesDefault('Enable Conversations').isChecked(), false);
});

test('C1: what was changed and not saved is not left without a question', async () => {
  const { page } = admin;
  await openLevel('System');
  const other = page.getByRole('navigation', { name: 'Level' }).getByRole('link', { name: partners });
  const answered = async (answer) => {
    const dialog = await page.waitForEvent('dialog');
    await dialog[answer]();
    return dialog.type();
  };
  const saved = await days().inputValue();
  await usesDefault('Days until Inactive').uncheck();
  await days().fill('17');
  const asked = answered('dismiss');
  await other.click();
  assert.equal(await asked, 'beforeunload');
  assert.equal(await days().inputValue(), '17');
  const again = answered('accept');
  await anew(page, () => other.click());
  assert.equal(await again, 'beforeunload');
  await page.locator('[aria-current=page]').filter({ hasText: partners }).first().waitFor();
  // Nothing was changed here.
  let questions = 0;
  const count = (dialog) => dialog.accept().then(() => (questions += 1));
  page.on('dialog', count);
  await openLevel('System');
  page.off('dialog', count);
  assert.equal(questions, 0);
  assert.equal(await days().inputValue(), saved);
});

test('C3: records carry conversations where their kind is ticked; what there is stays', async (t) => {
  const { page } = admin;
  const tickAll = async () => {
    await openLevel('System');
    await usesDefault('Records with Conversations').check();
    await save();
  };
  t.after(tickAll);
  const conversation = await byApi.startConversation({ name: 'About an order', firstMessage: 'Hello' }, { source: order1001 });
  const amanda = await enter(shop, 'amanda@example.com');
  const byAmanda = apiOf(host, 'amanda@example.com', '/api');
  const closed = await byAmanda.startConversation({ name: 'Asked before', firstMessage: 'Hello' }, { source: order1001 });
  await byApi.post(`conversations/${closed.id}/transitions/close`);
  const kinds = setting('Records with Conversations');
  const shown = async () => {
    await page.goto(`${host.address}/admin/orders/1`);
    const panel = await page.locator('parley-activity-panel').count();
    const starts = await page.locator('a[href*="start-conversation"]').count();
    await amanda.page.goto(`${host.address}/orders/1`);
    return { panel, starts, questions: await amanda.page.locator('parley-questions').count() };
  };
  assert.deepEqual(await shown(), { panel: 1, starts: 1, questions: 1 });

  await openLevel('System');
  await kinds.getByText('Default: ', { exact: false }).waitFor();
  await usesDefault('Records with Conversations').uncheck();
  await kinds.getByRole('checkbox', { name: 'Orders' }).uncheck();
  await save();
  await inspect(admin, 'configuration-records');
  assert.deepEqual(await shown(), { panel: 0, starts: 0, questions: 0 });
  await page.goto(`${host.address}/admin/quotes/1`);
  assert.equal(await page.locator('parley-activity-panel').count(), 1, 'other records carry theirs');

  // What there is can be read and written in, and is about its order still; nothing new can be.
  await page.goto(`${host.address}/admin/conversations/${conversation.id}`);
  const view = page.locator('parley-conversation-view');
  await view.getByText('Hello', { exact: true }).waitFor();
  await view.getByRole('link', { name: 'Order ORD-1001' }).first().waitFor();
  await page.goto(`${host.address}/admin/pages/conversations/create`);
  const offered = JSON.parse(await page.locator('parley-conversation-form').getAttribute('record-types')).map(({ type }) => type);
  assert.ok(offered.includes('quotes') && !offered.includes('orders'), `Source offers ${offered}`);

  const ask = async (subject) => {
    await amanda.page.goto(`${host.address}/pages/my-conversations?conversation=${closed.id}`);
    await amanda.page.getByRole('button', { name: 'Ask New Question' }).click();
    const dialog = amanda.page.getByRole('dialog', { name: 'Ask New Question' });
    await dialog.getByLabel('Subject').fill(subject);
    await dialog.getByLabel('Your Message').fill('Hello again');
    await dialog.getByRole('button', { name: 'Send' }).click();
    return dialog;
  };
  const asked = (subject) => amanda.page.getByRole('heading', { level: 2, name: subject }).waitFor();
  await ask('About nothing in particular');
  await asked('About nothing in particular');

  // With no kind at all, what it is about can be seen and taken away, and "Add Context" says that there is nothing to add.
  await openLevel('System');
  for (const name of ['Users', 'Customer Users', 'Requests for Quote', 'Quotes']) {
    await kinds.getByRole('checkbox', { name, exact: true }).uncheck();
  }
  await save();
  await page.goto(`${host.address}/admin/conversations/${conversation.id}/edit`);
  const form = page.locator('parley-conversation-form');
  await until(() => form.getByRole('combobox', { name: 'Source' }).inputValue(), (title) => title.includes('ORD-1001'), 'Source');
  await form.getByRole('button', { name: 'Clear Source' }).waitFor();
  await page.goto(`${host.address}/admin/conversations/${conversation.id}#add-context`);
  await view.getByRole('alert').getByText('There are no records here that could be added.').waitFor();

  // Where the page of the shop does not know of any kind, the server says so, and the words can be sent all the same.
  const dialog = await ask('Asked after');
  await dialog.getByRole('alert').getByText('Conversations are not enabled for records of this type.').waitFor();
  forgive(amanda, 422);
  await inspect(amanda, 'question-about-nothing');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await asked('Asked after');

  await tickAll();
  assert.deepEqual(await shown(), { panel: 1, starts: 1, questions: 1 });
});

test('C3: rows per page hold for lists in which nobody chose a number', async () => {
  const { page } = admin;
  await openLevel('Parley Supply Co.');
  await anew(page, () => page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Display' }).click());
  await usesDefault('Rows per Page').uncheck();
  await page.getByRole('combobox', { name: 'Rows per Page' }).selectOption('10');
  await save();
  await page.goto(`${host.address}/admin/orders`);
  assert.equal(await page.locator('tbody tr').count(), 10);
  await page.locator('.sizes a[aria-current]').getByText('10', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Next' }).click();
  await page.getByText('Page 2').waitFor();
  await page.goto(`${host.address}/admin/orders?page[size]=25`);
  assert.ok((await page.locator('tbody tr').count()) > 10, 'whoever chooses has it');
});

test('C1: who may not configure finds no Configuration', async () => {
  const charlie = await enter(backOffice, 'charlie');
  await charlie.page.getByRole('navigation', { name: 'Main' }).getByText('System', { exact: true }).click();
  await charlie.page.getByRole('link', { name: 'Users' }).waitFor();
  assert.equal(await charlie.page.getByRole('link', { name: 'Configuration' }).count(), 0);
  const answer = await charlie.page.goto(`${host.address}/admin/configuration`);
  assert.equal(answer.status(), 404);
  forgive(charlie, 404);
});

test('C2: off in one website hides everything there, nowhere else, and on again shows all as before', async () => {
  const tomas = await enter(shop, 'tomas@example.com'); // of Parley Partners
  const amanda = await enter(shop, 'amanda@example.com');
  const conversation = await apiOf(host, 'tomas@example.com', '/api').startConversation(
    { name: 'From a partner', firstMessage: 'Is it there?' },
  );
  await byApi.startConversation({ name: 'Elsewhere', firstMessage: 'Hello' }, { source: order1001 });
  // What a customer user sees of it: the menu, questions at an order, the page, the API.
  const seen = async ({ page }, order) => {
    await page.goto(`${host.address}/orders/${order}`);
    const menu = await page.locator('header a[href="/pages/my-conversations"]').count();
    const questions = await page.locator('parley-questions').count();
    const paths = ['/pages/my-conversations', '/api/conversations', '/api/conversationmessages', `/api/conversations/${conversation.id}`];
    const statuses = await Promise.all(paths.map(async (path) => (await page.request.get(host.address + path)).status()));
    return { menu, questions, statuses };
  };
  const all = { menu: 1, questions: 1, statuses: [200, 200, 200, 200] };
  const nothing = { menu: 0, questions: 0, statuses: [404, 404, 404, 404] };
  const notMine = { ...all, statuses: [200, 200, 200, 404] };
  assert.deepEqual(await seen(tomas, 6), all);
  assert.deepEqual(await seen(amanda, 1), notMine);

  forgive(tomas, 404); // of what the page before goes on asking for
  await switchPartners(false);
  assert.deepEqual(await seen(tomas, 6), nothing);
  assert.doesNotMatch(await tomas.page.content(), /conversation/i);
  assert.deepEqual(await seen(amanda, 1), notMine, 'the other website goes on');
  await admin.page.goto(`${host.address}/admin/conversations/${conversation.id}`);
  await admin.page.getByRole('heading', { level: 1, name: 'From a partner' }).waitFor();
  const notice = admin.page.getByText('Conversations are switched off in this customer\'s shop');
  await notice.waitFor();
  const described = (name) => admin.page.getByRole('textbox', { name }).getAttribute('aria-describedby');
  assert.equal(await described('Message'), 'notice hint', 'it is read with the box');
  await inspect(admin, 'off-in-the-shop');

  await switchPartners(true);
  assert.deepEqual(await seen(tomas, 6), all, 'all is as it was');
  await admin.page.reload();
  await admin.page.getByRole('textbox', { name: 'Message' }).waitFor();
  assert.equal(await notice.count(), 0);
});

test('C2: pages that are open show nothing of it either from the next look on, and come back unharmed', async () => {
  const two = [await enter(shop, 'tomas@example.com'), await enter(shop, 'tomas@example.com')];
  const [{ page }, { page: order }] = two;
  const begun = { name: 'Open on a page', firstMessage: 'Is it there?' };
  const conversation = await apiOf(host, 'tomas@example.com', '/api').startConversation(begun, { source: { type: 'orders', id: '6' } });
  await page.goto(`${host.address}/pages/my-conversations?conversation=${conversation.id}`);
  const box = page.locator('parley-thread').getByRole('textbox', { name: 'Your Message' });
  await box.fill('Half a sentence');
  await order.goto(`${host.address}/orders/6`);
  await order.getByRole('button', { name: 'Questions' }).waitFor();
  for (const one of two) forgive(one, 404);
  await switchPartners(false);
  await page.getByText('Conversations are not available here at the moment.').waitFor();
  for (const words of ['Open on a page', 'Is it there?', 'Create Conversation', 'Ask New Question']) {
    assert.equal(await page.getByText(words).count(), 0, words);
  }
  await inspect(two[0], 'switched-off');
  await order.getByRole('button', { name: 'Questions' }).waitFor({ state: 'detached' });
  assert.equal(await order.locator('parley-questions').getByRole('button').count(), 0);

  await switchPartners(true);
  for (const one of [page, order]) await one.evaluate(() => dispatchEvent(new Event('online'))); // not in a while alone
  await order.getByRole('button', { name: 'Questions' }).waitFor();
  await page.getByRole('button', { name: 'Create Conversation' }).waitFor();
  await page.locator('parley-thread').getByText('Is it there?').waitFor();
  assert.equal(await box.inputValue(), 'Half a sentence');
});

test('C2: off for the system leaves the back office its configuration, and nothing of conversations', async () => {
  const { page } = admin;
  await openLevel('System');
  await enabled().uncheck();
  forgive(admin, 404); // of what the page goes on asking for
  await save();
  await page.goto(`${host.address}/admin`);
  assert.equal(await page.getByText('Conversations', { exact: true }).count(), 0);
  await openLevel('System');
  await enabled().check();
  await save();
  await page.goto(`${host.address}/admin/conversations`);
  await page.getByRole('heading', { level: 1, name: 'Conversations' }).waitFor();
});
