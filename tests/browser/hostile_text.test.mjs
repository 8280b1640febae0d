// D12: whatever people write is text on every screen of both applications, with the Content-Security-Policy and without it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { apiOf } from './support/api.mjs';
import { everything, messages, names } from './support/hostile_texts.mjs';
import { startHost } from './support/host.mjs';
import { backOffice, openBrowser, shop } from './support/people.mjs';
import { anew, until } from './support/waiting.mjs';

const run = promisify(execFile);
const policies = { 'as it is served': {}, 'switched off': { bypassCSP: true } };
const markers = new Set([...names, ...messages].map(({ name }) => name));

let host;
let browser;
let first; // the conversation that has all of it

// What the host has no screen for is written into its file: everybody and everything has a hostile name.
const script = `
import json, sqlite3, sys
names, everything = json.load(sys.stdin)
database = sqlite3.connect(sys.argv[1], timeout=30)
places = [("orders", "number", True), ("rfqs", "number", True), ("quotes", "number", True), ("customers", "name", True),
          ("customerusers", "last_name", True), ("users", "last_name", True), ("businessunits", "name", True),
          ("websites", "name", True), ("organizations", "name", True), ("roles", "name", True), ("api_tokens", "name", False),
          ("orders", "po_number", True), ("rfqs", "notes", True), ("order_items", "name", True), ("order_items", "sku", False)]
at = 0
for table, column, whole in places:
    for row, in database.execute(f"select rowid from {table} order by rowid").fetchall():
        name = names[at % len(names)]
        database.execute(f"update {table} set {column} = ? where rowid = ?",
                         (f"{everything} {table} {row}" if whole and row == 1 else f"{name} {row}", row))
        at += 1
database.commit()
`;

before(async () => {
  host = await startHost();
  browser = await openBrowser();
  const admin = await backOffice(browser, host, 'admin');
  await admin.page.goto(`${host.address}/admin/api-tokens`);
  for (const name of ['one', 'another']) {
    await admin.page.getByRole('textbox', { name: 'Name' }).fill(name);
    await admin.page.getByRole('textbox', { name: 'Acts as' }).fill('admin');
    await anew(admin.page, () => admin.page.getByRole('button', { name: 'Make Token' }).click());
    await admin.page.getByText('Copy it now').waitFor();
  }
  await admin.context.close();
  const writing = run('python3', ['-c', script, path.join(host.folder, 'host.db')]);
  writing.child.stdin.end(JSON.stringify([names.map(({ text }) => text), everything]));
  await writing;

  const byApi = apiOf(host, 'admin');
  const byAmanda = apiOf(host, 'amanda@example.com', '/api');
  const order = { type: 'orders', id: '1' };
  first = await byAmanda.startConversation({ name: names[0].text, firstMessage: everything }, { source: order });
  for (const { text } of [...messages, ...names]) await byApi.addMessage(first, text);
  await byApi.addMessage(first, everything, { visibility: 'internal' });
  for (const { text } of names.slice(1)) await byApi.startConversation({ name: text, firstMessage: text }, { source: order });
});
after(async () => {
  await browser?.close();
  assert.equal(await host?.stop(), 0, 'the sample host ends cleanly');
});

// Somebody in whose browser whatever runs, opens, leaves or is stopped by the policy is noted.
async function watched(side, username, policy) {
  const person = await side(browser, host, username, policies[policy]);
  const { page, context } = person;
  person.found = [];
  await context.exposeBinding('fired', (_, name) => person.found.push(`${name} ran at ${page.url()}`));
  await context.exposeBinding('refused', (_, what) => person.found.push(`the policy refused ${what} at ${page.url()}`));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      globalThis.refused(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  page.on('dialog', (dialog) => {
    person.found.push(`a dialog "${dialog.message()}" at ${page.url()}`);
    return dialog.dismiss();
  });
  context.on('page', (opened) => person.found.push(`a window ${opened.url()}`));
  context.on('request', (request) => {
    if (!request.url().startsWith(`${host.address}/`) && !request.url().startsWith('data:image/')) {
      person.found.push(`a request to ${request.url()} at ${page.url()}`);
    }
  });
  return person;
}

// What would run if somebody clicked it or passed it by, and what texts there are; in the roots of elements, too.
function look() {
  const suspects = [];
  const texts = [document.title];
  const roots = [document];
  const scheme = /^\s*(?:javascript|vbscript|data|blob|file|filesystem|view-source):/i;
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) suspects.push(`<${element.localName} ${name}="${value}">`);
        if (/^(?:href|src|action|formaction|data|srcdoc|xlink:href)$/i.test(name)) {
          // eslint-disable-next-line no-control-regex
          if (scheme.test(value.replace(/[\u0000-\u0020]/g, '')) || name === 'srcdoc') suspects.push(`<${element.localName} ${name}="${value}">`);
        }
        texts.push(value);
      }
      if (['iframe', 'object', 'embed', 'base', 'math', 'marquee', 'video', 'audio', 'frame', 'applet'].includes(element.localName)) {
        suspects.push(element.outerHTML.slice(0, 200));
      }
      if (element.localName === 'script' && element.src === '') suspects.push(element.outerHTML.slice(0, 200));
      if (element.localName === 'meta' && element.httpEquiv) suspects.push(element.outerHTML);
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
      if (element.value !== undefined) texts.push(String(element.value));
    }
  }
  return { suspects, text: texts.join('\n') };
}

const frames = () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));

// Until all that was asked for is there and drawn.
async function settled({ page, pending }) {
  await page.waitForLoadState('load');
  for (let quiet = 0; quiet < 3; quiet = pending.size === 0 ? quiet + 1 : 0) await page.evaluate(frames);
}

const space = (text) => text.replace(/\s+/g, ' ');

// Looks at what is on the screen. Every one of `whole` must be there, letter by letter.
async function inspect(person, screen, whole = []) {
  const { page, found } = person;
  await settled(person);
  const { suspects, text } = await page.evaluate(look);
  assert.deepEqual(suspects, [], `${screen}: would run`);
  assert.deepEqual(found, [], screen);
  const plain = space(text);
  for (const one of whole) assert.ok(plain.includes(space(one)), `${screen} shows ${one}`);
  return [...markers].filter((name) => plain.includes(name));
}

// One address of each kind, found by following links from page to page.
async function addresses(person, base) {
  const kinds = new Map();
  const todo = [base || '/'];
  while (todo.length) {
    const address = todo.shift();
    const kind = address.replace(/\/\d[\w-]*/g, '/{id}').replace(/\?.*/, '');
    if (kinds.has(kind) || /\/api\/|^\/assets|logout$|\/export$|\/columns$/.test(kind)) continue;
    const answer = await person.page.request.get(host.address + address);
    if (!answer.ok()) continue;
    kinds.set(kind, address);
    const links = [...(await answer.text()).matchAll(/(?:href|action|return-url)="(\/[^"#]*)"/g)].map(([, link]) => link.replaceAll('&amp;', '&'));
    // The first of each kind has everything in its name.
    const better = links.map((link) => link.replace(/^((?:\/admin)?\/\w+)\/\d[\w-]*/, '$1/1'));
    todo.push(...better.filter((link) => (base === '' ? !link.startsWith('/admin') : link.startsWith(base))));
  }
  return [...kinds.values()];
}

async function walk(person, base, expected) {
  const found = await addresses(person, base);
  const paths = found.map((address) => address.replace(/\?.*/, ''));
  for (const address of expected) assert.ok(paths.includes(address), `${address} among ${paths.join(' ')}`);
  const seen = new Set();
  for (const address of found) {
    await person.page.goto(host.address + address);
    assert.equal(new URL(person.page.url()).pathname, address.replace(/\?.*/, ''), 'stays where it is');
    for (const name of await inspect(person, address)) seen.add(name);
  }
  return seen;
}

async function threads(person, scroller) {
  const { page } = person;
  const log = page.getByRole('log').first();
  await log.waitFor();
  const wanted = messages[0].name;
  while (!(await log.getByText(wanted).count())) {
    const before = await log.locator('[data-index]').count();
    await scroller(log);
    await page.waitForFunction(
      ([element, count]) => element.querySelectorAll('[data-index]').length > count,
      [await log.elementHandle(), before],
    );
  }
}

test('what would notice a script notices it', async () => {
  for (const [policy, refuses] of [['as it is served', true], ['switched off', false]]) {
    const person = await watched(shop, 'amanda@example.com', policy);
    await person.page.goto(`${host.address}/orders`);
    await person.page.evaluate(() => (document.querySelector('main').innerHTML += `<img src=x onerror=fired('it')><a href="java&#10;script:1">x</a>`));
    await until(() => person.found.join(), (found) => (refuses ? /the policy refused/ : /it ran/).test(found), policy);
    assert.equal((await person.page.evaluate(look)).suspects.length, 2);
    await person.context.close();
  }
});

for (const policy of Object.keys(policies)) {
  test(`D12: nothing runs on any page of the back office, with the policy ${policy}`, async () => {
    const admin = await watched(backOffice, 'admin', policy);
    const expected = [
      '/admin', '/admin/pages/conversations', '/admin/conversations/1', '/admin/conversations/1/edit', '/admin/orders/1',
      '/admin/configuration', '/admin/roles', '/admin/roles/1', '/admin/workflows', '/admin/api-tokens', '/admin/api-reference',
    ];
    const seen = await walk(admin, '/admin', expected);
    assert.ok(names.every(({ name }) => seen.has(name)), 'each is on some page');
    await admin.context.close();
  });

  test(`D12: nothing runs on any page of the storefront, with the policy ${policy}`, async () => {
    const amanda = await watched(shop, 'amanda@example.com', policy);
    const seen = await walk(amanda, '', ['/', '/orders/1', '/pages/my-conversations', '/profile', '/sessions', '/rfqs/1', '/quotes/1']);
    assert.ok(names.every(({ name }) => seen.has(name)), 'each is on some page');
    await amanda.context.close();
  });

  test(`D12: what opens, loads and is typed in the back office is text, with the policy ${policy}`, async () => {
    const admin = await watched(backOffice, 'admin', policy);
    const { page } = admin;
    const goto = (address) => page.goto(host.address + address);
    const view = page.locator('parley-conversation-view');

    await goto('/admin/pages/conversations?page[size]=100');
    await inspect(admin, 'the list', names.map(({ text }) => text));

    await goto(`/admin/conversations/${first.id}`);
    await view.getByRole('tab', { name: 'Chat' }).waitFor();
    await threads(admin, async () => {
      const older = view.getByRole('button', { name: /older/i });
      await (await older.count() ? older.first().click() : view.getByRole('log').evaluate((log) => log.scrollIntoView({ block: 'start' })));
    });
    const shown = await inspect(admin, 'the thread', [names[0].text]);
    assert.deepEqual(messages.filter(({ name }) => !shown.includes(name)), [], 'each message is there');
    await view.getByRole('tab', { name: 'All messages' }).click();
    await view.getByRole('tabpanel').locator('tbody tr').first().waitFor();
    await inspect(admin, 'all messages', [everything]);
    const history = view.getByRole('tab', { name: 'History' });
    if (await history.count()) {
      await history.click();
      await view.getByRole('tabpanel').getByText('John', { exact: false }).first().waitFor();
      await inspect(admin, 'the history');
    }

    await goto('/admin/orders/1');
    const section = page.locator('parley-activity-panel');
    await section.getByText('hn', { exact: false }).first().waitFor();
    await inspect(admin, 'the section');
    await section.getByRole('button', { expanded: false }).first().click();
    await inspect(admin, 'an opened section');

    await goto('/admin');
    await page.locator('parley-indicator').getByRole('button').first().click();
    await inspect(admin, 'the indicator');

    await goto('/admin/pages/conversations/create');
    for (const label of ['Assigned to', 'Source', 'Context', 'Customer User']) {
      const field = page.getByRole('combobox', { name: label });
      if (!(await field.count())) continue;
      await field.focus();
      await page.keyboard.insertText('hn');
      await page.getByRole('option').first().waitFor();
      await inspect(admin, `choices for ${label}`);
      await page.keyboard.press('Enter');
      await inspect(admin, `chosen for ${label}`);
    }

    for (const { text, name } of names.filter((_, at) => at % 5 === 0)) {
      await goto(`/admin/orders?filter[search]=${encodeURIComponent(text)}`);
      await inspect(admin, `a search for ${name}`, [text]);
    }
    for (const address of ['/admin/nothing/', '/admin/orders/', '/admin/login?next=', '/admin/configuration?level=', '/admin/orders?sort=']) {
      await goto(address + encodeURIComponent(everything));
      await inspect(admin, `${address} and everything`);
    }
    const file = await page.request.get(`${host.address}/admin/conversations/export`);
    assert.match(file.headers()['content-type'], /^text\/csv/);
    assert.match(file.headers()['content-disposition'], /^attachment/);
    assert.equal(file.headers()['x-content-type-options'], 'nosniff');
    await admin.context.close();
  });

  test(`D12: what opens, loads and is typed in the storefront is text, with the policy ${policy}`, async () => {
    const amanda = await watched(shop, 'amanda@example.com', policy);
    const { page } = amanda;
    await page.goto(`${host.address}/orders/1`);
    await page.locator('parley-questions').getByRole('button').first().click();
    await inspect(amanda, 'the questions');
    await page.goto(`${host.address}/pages/my-conversations`);
    const latest = names.at(-1);
    await page.getByRole('main').getByText(latest.name, { exact: false }).first().waitFor();
    await inspect(amanda, 'the conversations', names.slice(-10).map(({ text }) => text));
    await page.getByRole('main').getByRole('link').filter({ hasText: latest.name }).first().click();
    await page.getByRole('log').getByText(latest.name, { exact: false }).first().waitFor();
    await inspect(amanda, 'a short thread', [latest.text]);
    await page.goto(`${host.address}/pages/my-conversations?conversation=${first.id}`);
    await page.getByRole('log').getByText(latest.name, { exact: false }).first().waitFor();
    await threads(amanda, (log) => log.evaluate((element) => {
      for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) at.scrollTop = 0;
    }));
    const shown = await inspect(amanda, 'the thread');
    assert.deepEqual(messages.filter(({ name }) => !shown.includes(name)), [], 'each message is there');
    for (const { text, name } of names.filter((_, at) => at % 5 === 1)) {
      await page.goto(`${host.address}/orders?filter[search]=${encodeURIComponent(text)}`);
      await inspect(amanda, `a search for ${name}`, [text]);
    }
    await amanda.context.close();
  });
}
