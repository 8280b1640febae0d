// One conversation and three people in three browsers at once: a buyer, her company's administrator, and who looks after
// their customer in the back office. Nobody reloads the shop's pages: what happens elsewhere comes to them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startHost } from './support/host.mjs';
import { backOffice, openBrowser, screenshot, shop } from './support/people.mjs';

let host;
let amanda; // asks
let brian; // sees what his company asks
let dana; // answers
const browsers = [];

before(async () => {
  host = await startHost();
  const enter = async (side, username) => {
    const browser = await openBrowser();
    browsers.push(browser);
    return side(browser, host, username);
  };
  amanda = await enter(shop, 'amanda@example.com');
  brian = await enter(shop, 'brian@example.com');
  dana = await enter(backOffice, 'dana');
});

after(async () => {
  for (const browser of browsers) await browser.close();
  assert.equal(await host?.stop(), 0, 'the sample host ends cleanly');
});

const SUBJECT = 'When do they leave?';
const thread = ({ page }) => page.locator('parley-thread');
const log = (person) => thread(person).getByRole('log');
const box = (person) => thread(person).locator('textarea:not([readonly])');
const item = ({ page }) => page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name: new RegExp(SUBJECT) });
const closed = (person) => thread(person).getByText('This conversation is closed.');

async function send(person, text) {
  await box(person).fill(text);
  await thread(person).getByRole('button', { name: /^(Send|Save)$/ }).click();
}

// What somebody said, without notes and without what the system says.
const texts = (person) => log(person).locator('.message:not(.internal):not(.outgoing) .bubble').allInnerTexts();

async function reads(person, text) {
  if (person === dana) await thread(dana).getByRole('button', { name: 'Refresh' }).click();
  await log(person).locator('.message:not(.outgoing)').getByText(text, { exact: true }).waitFor();
}

test('S2 S5 B10: a question on an order reaches the colleague and whom it is assigned to, as they look on', async () => {
  await brian.page.goto(`${host.address}/pages/my-conversations`);
  await brian.page.getByText('There are no conversations').waitFor();
  await dana.page.goto(`${host.address}/admin/orders`);
  const { page } = amanda;
  await page.goto(`${host.address}/orders/1`);
  await page.getByRole('button', { name: 'Ask A Question' }).click();
  const form = page.getByRole('dialog', { name: 'Ask A Question' });
  await form.getByLabel('Subject').fill(SUBJECT);
  await form.getByLabel('Your Message').fill('We need them on Monday.');
  await form.getByRole('button', { name: 'Send' }).click();
  await log(amanda).getByText('We need them on Monday.').waitFor();
  await item(brian).waitFor();
  const indicator = dana.page.locator('parley-indicator');
  await indicator.getByRole('button', { name: /^Conversations/ }).click();
  await indicator.getByRole('link', { name: new RegExp(SUBJECT) }).click();
  await dana.page.getByRole('heading', { level: 1, name: SUBJECT }).waitFor();
  await log(dana).getByText('We need them on Monday.').waitFor();
});

test('S5 B13: the answer comes to both customers, the note beside it to neither', async () => {
  await amanda.page.goto(`${host.address}/pages/my-conversations`);
  for (const person of [amanda, brian]) {
    await item(person).click();
    await log(person).getByText('We need them on Monday.').waitFor();
  }
  await thread(dana).getByRole('radio', { name: 'Internal note' }).check();
  await box(dana).fill('The truck is full: ask the depot.');
  await thread(dana).getByRole('button', { name: /^Save/ }).click();
  await log(dana).getByText('The truck is full: ask the depot.').waitFor();
  await thread(dana).getByRole('radio', { name: 'Public message' }).check();
  await send(dana, 'They leave on Friday.');
  for (const person of [amanda, brian]) {
    await log(person).getByText('They leave on Friday.', { exact: true }).waitFor();
    assert.equal(await person.page.getByText('The truck is full').count(), 0);
  }
});

test('D9 S6: all three write at once, and all three read the same, each message once', async () => {
  const said = { amanda: 'By which carrier?', brian: 'And the invoice?', dana: 'The invoice comes by mail.' };
  await Promise.all([send(amanda, said.amanda), send(brian, said.brian), send(dana, said.dana)]);
  for (const person of [amanda, brian, dana]) {
    for (const text of Object.values(said)) await reads(person, text);
  }
  const whole = await texts(dana);
  assert.deepEqual(whole.slice(0, 2), ['We need them on Monday.', 'They leave on Friday.']);
  assert.deepEqual(whole.slice(2).sort(), Object.values(said).sort());
  for (const person of [amanda, brian]) assert.deepEqual(await texts(person), whole);
});

test('W2 S4 S6: "Close" takes the pen from both customers; what one had begun is there again after "Reopen"', async () => {
  await box(brian).fill('One more thing:');
  await dana.page.getByRole('button', { name: 'Close', exact: true }).click();
  for (const person of [amanda, brian]) {
    await closed(person).waitFor();
    assert.equal(await box(person).count(), 0);
  }
  await Promise.all([amanda, brian].map((person) => screenshot(person.page, `closed-${person === amanda ? 'amanda' : 'brian'}`)));
  await dana.page.getByRole('button', { name: 'Reopen', exact: true }).click();
  await box(amanda).waitFor();
  await box(brian).waitFor();
  assert.equal(await box(brian).inputValue(), 'One more thing:');
  await send(brian, 'One more thing: thank you.');
  for (const person of [amanda, brian, dana]) await reads(person, 'One more thing: thank you.');
  assert.deepEqual(await texts(amanda), await texts(dana));
  assert.deepEqual([amanda, brian, dana].map(({ complaints }) => complaints), [[], [], []]);
});
