// The API Reference in a browser: both sides, wide and narrow, by keyboard, under the host's Content-Security-Policy. (A7)
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { begin, end } from './support/both_sides.mjs';
import { inspect } from './support/people.mjs';

let sides;
let host;
let admin;
let amanda;

before(async () => {
  sides = await begin();
  ({ host, admin, amanda } = sides);
});

after(() => end(sides));

test('A7: the back office finds an operation from the user menu', async () => {
  const { page } = admin;
  await page.goto(`${host.address}/admin`);
  await page.getByText('John Doe').first().click();
  await page.getByRole('link', { name: 'API Reference' }).click();
  await page.getByRole('heading', { level: 1, name: 'API Reference' }).waitFor();
  await inspect(admin, 'reference-backoffice');
  await page.getByText('Show them: Orders').click();
  await page.getByRole('link', { name: 'GET /admin/api/orders', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
  const operation = page.locator('#listOrders[open]'); // the one that the link names
  await operation.getByText('page[size]', { exact: true }).waitFor();
  await inspect(admin, 'reference-orders');
});

test('A7: operations open and close by keyboard, one after the other', async () => {
  const { page } = admin;
  await page.goto(`${host.address}/admin/api-reference/orders`);
  const [first, second] = [page.locator('details.operation').nth(0), page.locator('details.operation').nth(1)];
  const isOpen = (details) => details.evaluate((element) => element.open);
  await first.locator('summary').first().focus();
  assert.equal(await isOpen(first), false);
  await page.keyboard.press('Enter');
  assert.equal(await isOpen(first), true);
  await page.keyboard.press('Space');
  assert.equal(await isOpen(first), false);
  await page.keyboard.press('Tab');
  await second.locator('summary').first().and(page.locator(':focus')).waitFor();
});

test('A7: every resource of both sides can be read, also on a phone', async () => {
  for (const [person, start] of [[admin, '/admin/api-reference'], [amanda, '/api-reference']]) {
    const { page } = person;
    await page.setViewportSize({ width: 375, height: 800 });
    await page.goto(host.address + start);
    const addresses = await page.locator('.resources h3 a').evaluateAll((links) => links.map((link) => link.href));
    assert.ok(addresses.length > 5, start);
    for (const address of addresses) {
      await page.goto(address);
      await page.locator('details').evaluateAll((all) => all.forEach((details) => (details.open = true)));
      const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(inner <= outer, `${address} is ${inner} px wide on a screen of ${outer} px`);
    }
    assert.deepEqual(person.complaints, []);
  }
});

test('A7: a customer finds it on the profile, and everything open is accessible', async () => {
  const { page } = amanda;
  await page.goto(`${host.address}/profile`);
  await page.getByRole('link', { name: 'API Reference' }).click();
  await page.getByRole('link', { name: 'Orders', exact: true }).last().click();
  await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
  await page.waitForLoadState();
  await page.locator('details.operation').evaluateAll((all) => all.forEach((details) => (details.open = true)));
  await inspect(amanda, 'reference-storefront');
});
