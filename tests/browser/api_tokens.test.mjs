// API tokens from beginning to end: an administrator makes one, a program uses it, it is revoked, the program is refused.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { startHost } from './support/host.mjs';
import { backOffice, forgive, inspect, openBrowser } from './support/people.mjs';
import { anew, until } from './support/waiting.mjs';

const longName = 'Nightly-export-of-orders-and-quotes-to-the-planning-system-in-the-second-plant-' + 'x'.repeat(20);

let host;
let browser;
let admin;

before(async () => {
  host = await startHost();
  browser = await openBrowser();
  admin = await backOffice(browser, host, 'admin', { permissions: ['clipboard-read', 'clipboard-write'] });
});

after(async () => {
  await browser?.close();
  assert.equal(await host?.stop(), 0);
});

async function fill(page, { name, login, expires }) {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Acts as').fill(login);
  if (expires) await page.getByLabel('Expires').selectOption(expires);
  await anew(page, () => page.getByRole('button', { name: 'Make Token' }).click());
}

// The status that curl prints.
async function asked(token) {
  const address = `${host.address}/admin/api/orders/1`;
  const given = ['-s', '-o', '/dev/null', '-w', '%{http_code}', '-H', `Authorization: Bearer ${token}`, address];
  return Number((await promisify(execFile)('curl', given)).stdout);
}

test('a token is found, made, shown once, copied, used and revoked', async () => {
  const { page } = admin;
  await page.goto(`${host.address}/admin`);
  await page.getByText('John Doe').first().click();
  await page.getByRole('link', { name: 'API Tokens' }).click();
  await page.getByText('There are no tokens.').waitFor();
  await inspect(admin, 'tokens-none');

  await fill(page, { name: 'ERP', login: 'charlie', expires: 'In 30 days' });
  await page.getByText('It is not shown again').waitFor();
  const field = page.getByLabel('Token', { exact: true });
  const token = await field.inputValue();
  await field.and(page.locator(':focus')).waitFor();
  await until(() => field.evaluate((input) => input.selectionEnd), (end) => end === token.length, 'the token is selected');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), token);
  await inspect(admin, 'tokens-made');
  assert.equal(await asked(token), 200);

  await page.goto(`${host.address}/admin/api-tokens`);
  const row = page.getByRole('row').filter({ hasText: 'ERP' });
  assert.doesNotMatch(await page.content(), new RegExp(token.split('.')[1]), 'the secret is gone');
  assert.equal(await row.getByText('Never').count(), 0, 'it was used, and it expires');

  await row.getByRole('link', { name: 'Revoke ERP' }).click();
  await page.getByRole('heading', { name: 'Revoke the token “ERP”?' }).waitFor();
  await inspect(admin, 'tokens-revoke');
  await page.getByRole('link', { name: 'Cancel' }).click();
  assert.equal(await asked(token), 200, 'nothing was revoked');
  await row.getByRole('link', { name: 'Revoke ERP' }).click();
  await anew(page, () => page.getByRole('button', { name: 'Revoke' }).click());
  await page.getByRole('status').filter({ hasText: 'The token was revoked.' }).waitFor();
  await page.getByText('There are no tokens.').waitFor();
  assert.equal(await asked(token), 401);
});

test('what is wrong stands at its field, and is told with it', async () => {
  const { page } = admin;
  await page.goto(`${host.address}/admin/api-tokens`);
  await fill(page, { name: '', login: 'nobody' });
  const login = page.getByLabel('Acts as');
  assert.equal(await login.inputValue(), 'nobody');
  assert.equal(await login.getAttribute('aria-invalid'), 'true');
  const told = await login.evaluate((input) =>
    input.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).textContent).join(' '));
  assert.match(told, /^There is nobody with this user name or e-mail address\. User name of/);
  await page.getByText('Give the token a name.').waitFor();
  const name = page.getByLabel('Name', { exact: true });
  await name.and(page.locator(':focus')).waitFor(); // work goes on at the first fault
  forgive(admin, 422);
  await inspect(admin, 'tokens-wrong');
});

test('long names fit', async () => {
  const { page } = admin;
  await page.goto(`${host.address}/admin/api-tokens`);
  await fill(page, { name: longName, login: 'amanda@example.com', expires: 'Never' });
  await page.getByText('It is not shown again').waitFor();
  await inspect(admin, 'tokens-long');
});
