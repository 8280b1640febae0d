// A German user finds no English word of the host: on all its pages, in what opens on them, and in what is said after work was done.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { writer } from './support/api.mjs';
import { startHost } from './support/host.mjs';
import { backOffice, forgive, inspect, openBrowser, shop } from './support/people.mjs';
import { anew } from './support/waiting.mjs';

const dictionary = new URL('../../sample-host/data/words.de.json', import.meta.url);

let host;
let browser;
let greta;
let jonas;
let asGreta;
let english; // what no German text may be: [expression, the English words]

before(async () => {
  const { words } = JSON.parse(await readFile(dictionary, 'utf8'));
  const german = new Set(Object.values(words));
  const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  english = Object.keys(words)
    .filter((key) => !german.has(key)) // "Name", "System"
    .filter((key) => key !== '{label} of {title}') // what people write may read so
    .map((key) => [key.split(/\{\w+\}/).map(literally).join('.+'), key]);
  host = await startHost();
  browser = await openBrowser();
  greta = await backOffice(browser, host, 'greta', { permissions: ['clipboard-read', 'clipboard-write'] });
  jonas = await shop(browser, host, 'jonas@example.com');
  asGreta = writer(host, 'greta');
});
after(async () => {
  await browser?.close();
  assert.equal(await host?.stop(), 0, 'the sample host ends cleanly');
});

// Everything that is read or heard on the page, but names of records and what is declared to be English.
function textsOf(page) {
  return page.evaluate(() => {
    const names = 'tbody td:not(.row-actions) a, td[data-label=Name], dd a, .menu-note, .crumbs a, code, [lang=en], script, style';
    const texts = [document.title.split(' – ')[0]];
    const roots = [document.body];
    for (const root of roots) {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        if (element.closest(names)) continue;
        for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'data-label', 'aria-roledescription']) {
          texts.push(element.getAttribute(name) ?? '');
        }
        for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
      }
    }
    return [...new Set(texts.map((text) => text.replace(/\s+/g, ' ').trim()))].filter((text) => text !== '');
  });
}

async function assertGerman({ page }) {
  assert.match(await page.locator('html').getAttribute('lang'), /^de/);
  const found = [];
  for (const text of await textsOf(page)) {
    for (const [expression, words] of english) if (new RegExp(`^(${expression})$`).test(text)) found.push(`"${text}": ${words}`);
  }
  assert.deepEqual(found, [], `English at ${page.url()}`);
}

async function walk(person, addresses, status = 200) {
  for (const address of addresses) {
    assert.equal((await person.page.goto(host.address + address)).status(), status, address);
    await assertGerman(person);
  }
}

const notice = async ({ page }, text) => {
  await page.getByRole('status').filter({ hasText: text }).first().waitFor();
  await assertGerman({ page });
};

test('the check finds an English word: at an administrator who reads English', async () => {
  const admin = await backOffice(browser, host, 'admin');
  await admin.page.goto(`${host.address}/admin/orders`);
  await admin.page.evaluate(() => (document.documentElement.lang = 'de'));
  const { actual: found } = await assertGerman(admin).catch((error) => error);
  for (const words of ['"Export CSV": Export CSV', '"18 in all": {total} in all']) assert.ok(found.includes(words), words);
  await admin.context.close();
});

test('before anybody is logged in the browser says which language', async () => {
  const context = await browser.newContext({ locale: 'de-DE' });
  const page = await context.newPage();
  for (const path of ['/login', '/admin/login']) {
    await page.goto(host.address + path);
    await assertGerman({ page });
    await page.locator('#username').fill('nobody@example.com');
    await page.locator('#password').fill('wrong');
    await anew(page, () => page.getByRole('button', { name: 'Anmelden' }).click());
    await page.getByRole('alert').waitFor();
    await assertGerman({ page });
  }
  await context.close();
});

test('pages of the back office', async () => {
  await walk(greta, [
    '/admin', '/admin/orders', '/admin/orders/1', '/admin/orders/1/delete', '/admin/rfqs', '/admin/rfqs/1', '/admin/quotes',
    '/admin/quotes/1', '/admin/users', '/admin/users/6', '/admin/businessunits', '/admin/businessunits/4', '/admin/customers',
    '/admin/customers/1', '/admin/customerusers', '/admin/customerusers/1', '/admin/organizations/1', '/admin/websites/1',
    '/admin/language', '/admin/sessions', '/admin/workflows', '/admin/workflows/conversation_flow', '/admin/api-tokens', '/admin/api-reference',
    '/admin/api-reference/orders', '/admin/conversations', '/admin/conversations/new',
  ]);
  await greta.page.goto(`${host.address}/admin`);
  await inspect(greta, 'german-dashboard');
  await walk(greta, ['/admin/nothing'], 404);
  forgive(greta, 404);
});

test('pages of the shop', async () => {
  await walk(jonas, [
    '/', '/orders', '/orders/3', '/rfqs', '/rfqs/2', '/quotes', '/quotes/2', '/profile', '/language', '/sessions', '/api-reference',
    '/pages/my-conversations',
  ]);
  await jonas.page.goto(`${host.address}/`);
  await inspect(jonas, 'german-shop');
});

test('B7: a grid with filters that apply, with nothing in it, and on its second page', async () => {
  const { page } = greta;
  await page.goto(`${host.address}/admin/orders`);
  await page.getByText('Filter', { exact: true }).click();
  await page.locator('form.filters').getByRole('group', { name: 'Status' }).getByRole('searchbox').fill('versandt');
  await anew(page, () => page.locator('form.filters').getByRole('button', { name: 'Anwenden' }).click());
  await page.getByRole('link', { name: 'Filter entfernen: Status: versandt' }).waitFor();
  assert.deepEqual(new Set(await page.locator('tbody .badge').allInnerTexts()), new Set(['Versandt']));
  await page.getByText('3 insgesamt').waitFor();
  await inspect(greta, 'german-grid');
  await page.getByRole('checkbox', { name: 'ORD-1004' }).check();
  await page.getByRole('button', { name: 'Ausgewählte löschen (1)' }).waitFor();
  await assertGerman(greta);
  await walk(greta, ['/admin/orders?filter[number][contains]=xyz', '/admin/orders?page[size]=10&page[number]=2']);
  await page.getByText('Seite 2, 18 insgesamt').waitFor();
});

test('B7: filters that have no control, and what cannot be read in an address', async () => {
  const { page } = greta;
  const list = `${host.address}/admin/conversations`;
  const chip = (words) => page.getByRole('link', { name: `Filter entfernen: ${words}`, exact: true });
  const filters = [
    ['filter[source][orders]=1', 'Quelle: Bestellung 1'],
    ['filter[source][exists]=false', 'Quelle: nicht angegeben'],
    ['filter[messagesNumber][greater]=3', 'Nachrichten: mehr als 3'],
    ['filter[status][not]=closed', 'Status: nicht Geschlossen'],
    ['filter[status]=active,closed', 'Status: Aktiv, Geschlossen'],
    ['filter[mine]=true', 'Meine: Ja'],
    ['filter[createdAt][greaterOrEqual]=2026-01-01', 'Erstellt: von 01.01.2026'],
    ['filter[createdAt][less]=2030-01-01T00:00:00Z', 'Erstellt: vor 01.01.2030, 00:00 UTC'],
  ];
  for (const [filter, words] of filters) {
    await page.goto(`${list}?${filter}`);
    await chip(words).waitFor();
    await assertGerman(greta);
  }
  for (const [query, words] of [
    ['filter[messagesNumber][greater]=viele', 'Der Filter „Nachrichten: mehr als viele“ kann hier nicht verwendet werden.'],
    ['filter[shoeSize]=45', 'Der Filter „shoeSize: 45“ kann hier nicht verwendet werden.'],
    ['sort=shoeSize', '„sort“ in der Adresse dieser Liste kann nicht verwendet werden.'],
  ]) {
    assert.equal((await page.goto(`${list}?${query}`)).status(), 400, query);
    assert.equal(await page.getByRole('alert').innerText(), words);
    await assertGerman(greta);
  }
  forgive(greta, 400);
});

test('on a phone the bar is two lines high, and its menus open beneath it', async () => {
  for (const [{ page }, start] of [[greta, '/admin'], [jonas, '/']]) {
    await page.setViewportSize({ width: 375, height: 700 });
    await page.goto(host.address + start);
    const bar = await page.locator('header.top').boundingBox();
    assert.ok(bar.height < 100, `${bar.height} px`);
    for (const menu of await page.locator('header.top details.menu').all()) {
      await menu.locator('summary').click();
      const panel = await menu.locator('summary + *').boundingBox();
      assert.ok(panel.y < bar.y + bar.height + 10 && panel.x >= 0 && panel.x + panel.width <= 375, JSON.stringify(panel));
      await menu.locator('summary').click();
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  }
});

test('B12: what was done is said', async () => {
  const { page } = greta;
  await page.goto(`${host.address}/admin/orders`);
  await page.getByText('Spalten', { exact: true }).click();
  await anew(page, () => page.getByRole('button', { name: 'Anwenden' }).last().click());
  await notice(greta, 'Die Spalten wurden gewählt');
  await page.goto(`${host.address}/admin/rfqs/6`);
  await page.getByRole('link', { name: 'Löschen' }).click();
  await page.getByRole('heading', { name: 'Angebotsanfrage „RFQ-2006“ löschen?' }).waitFor();
  await anew(page, () => page.getByRole('button', { name: 'Löschen' }).click());
  await notice(greta, 'Angebotsanfrage gelöscht');
  for (const number of ['RFQ-2004', 'RFQ-2005']) await page.getByRole('checkbox', { name: number }).check();
  await anew(page, () => page.getByRole('button', { name: 'Ausgewählte löschen' }).click());
  await page.getByRole('heading', { name: '2 Angebotsanfragen löschen?' }).waitFor();
  await assertGerman(greta);
  await anew(page, () => page.getByRole('button', { name: 'Löschen' }).click());
  await notice(greta, '2 Angebotsanfragen gelöscht');
});

test('B7: a cell that is edited where it stands', async () => {
  const { page } = greta;
  await asGreta.create('conversations', { name: 'Lieferung', firstMessage: 'Hallo' });
  await page.goto(`${host.address}/admin/conversations`);
  await page.getByRole('button', { name: 'Name von Lieferung bearbeiten' }).click();
  await page.getByRole('textbox', { name: 'Name von Lieferung' }).fill('Lieferung am Montag');
  await assertGerman(greta);
  await inspect(greta, 'german-cell');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await notice(greta, 'Name gespeichert');
  await page.goto(`${host.address}/admin/conversations/1`);
  await page.getByRole('tab').first().waitFor();
  await assertGerman(greta);
});

test('W1: the workflow is switched off and on again', async () => {
  const { page } = greta;
  await page.goto(`${host.address}/admin/workflows/conversation_flow`);
  for (const [name, said] of [['Deaktivieren', 'wurde deaktiviert'], ['Aktivieren', 'wurde aktiviert']]) {
    await anew(page, () => page.getByRole('button', { name, exact: true }).click());
    await notice(greta, said);
  }
});

test('tokens: what is wrong, the new one, its revocation', async () => {
  const { page } = greta;
  await page.goto(`${host.address}/admin/api-tokens`);
  await anew(page, () => page.getByRole('button', { name: 'Token erstellen' }).click());
  await page.getByText('Geben Sie dem Token einen Namen.').waitFor();
  await assertGerman(greta);
  forgive(greta, 422);
  await page.locator('#field-name').fill('ERP');
  await page.locator('#field-login').fill('charlie');
  await anew(page, () => page.getByRole('button', { name: 'Token erstellen' }).click());
  await page.getByRole('button', { name: 'Kopieren' }).click();
  await notice(greta, 'Kopiert');
  await anew(page, () => page.getByRole('link', { name: 'ERP widerrufen' }).click());
  await page.getByRole('heading', { name: 'Das Token „ERP“ widerrufen?' }).waitFor();
  await assertGerman(greta);
  await anew(page, () => page.getByRole('button', { name: 'Widerrufen' }).click());
  await notice(greta, 'Das Token wurde widerrufen.');
});

test('language and time zone are chosen in the menu of the person', async () => {
  const walter = await backOffice(browser, host, 'walter');
  const { page } = walter;
  await page.getByText('Walter Hayes').first().click();
  await page.getByRole('link', { name: 'Language and Time Zone' }).click();
  await page.getByLabel('Language').selectOption('Deutsch');
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await anew(page, () => page.getByRole('button', { name: 'Save' }).click());
  await notice(walter, 'Sprache und Zeitzone gespeichert');
  await inspect(walter, 'german-language');
  await page.goto(`${host.address}/admin/orders/1`);
  await page.getByText('16.11.2026, 18:12').waitFor();
  await walter.context.close();
});

test('amounts are written as in the language of who reads them', async () => {
  const erin = await backOffice(browser, host, 'erin');
  for (const [{ page }, amount] of [[greta, '1.213,35'], [erin, '1,213.35']]) {
    await page.goto(`${host.address}/admin/quotes`);
    await page.getByRole('row', { name: /QUO-3002/ }).getByText(amount, { exact: true }).waitFor();
  }
});
