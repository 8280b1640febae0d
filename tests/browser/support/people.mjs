// A browser with people in it: each has a context of its own, so that several are logged in at once.
//
// Tests do not depend on speed. PARLEY_BROWSER_SLOW=6 makes every page six times slower, and its answers late: what a test reads too
// early is found that way.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterEach, beforeEach } from 'node:test';
import { chromium } from 'playwright-core';
import { becomes, LONGEST } from './waiting.mjs';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const screenshots = process.env.PARLEY_TEST_DIR ?? '.';
const password = 'parley-demo';
const slowness = Number(process.env.PARLEY_BROWSER_SLOW ?? 1);
const LATENCY = 40; // milliseconds, for each of `slowness`

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

const everybody = new Set(); // whose pages are open
let staying; // those of them who were there before the test

async function slowDown(context, page) {
  if (slowness === 1) return;
  const client = await context.newCDPSession(page);
  const latency = { offline: false, latency: LATENCY * slowness, downloadThroughput: -1, uploadThroughput: -1 };
  await client.send('Network.enable');
  await client.send('Network.emulateNetworkConditions', latency);
  const rate = () => client.send('Emulation.setCPUThrottlingRate', { rate: slowness }).catch(() => {});
  page.on('framenavigated', rate); // each may be in a process of its own
  await rate();
}

// Somebody with a page. Whatever it complains of is kept: script errors, refused resources, violations of the
// Content-Security-Policy.
export async function join(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(LONGEST);
  const one = { page, context, complaints: [], forgiven: [], pending: new Set(), viewport: page.viewportSize() };
  const complain = (text) => {
    if (!one.forgiven.some((words) => text.includes(words))) one.complaints.push(`${page.url()}: ${text}`);
  };
  page.on('pageerror', (error) => complain(error.message));
  page.on('console', (message) => message.type() === 'error' && complain(message.text()));
  page.on('request', (request) => one.pending.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => one.pending.delete(request));
  everybody.add(one);
  context.once('close', () => everybody.delete(one));
  await slowDown(context, page);
  return one;
}

// What the browser says by itself of answers with these statuses (0: there was none) is no complaint of this test. Neither is what it
// says later: a page asks for several things at once.
export function forgive({ complaints, forgiven }, ...statuses) {
  forgiven.push(...statuses.map((status) => (status === 0 ? 'net::ERR_' : `status of ${status} `)));
  const left = complaints.filter((line) => !forgiven.some((words) => line.includes(words)));
  complaints.splice(0, complaints.length, ...left);
}

// Holds back requests to such addresses until the function that this answers is called; then they go on, or are lost.
export async function holdBack(page, addresses, { lost = false, ...options } = {}) {
  let letGo;
  const released = new Promise((resolve) => (letGo = resolve));
  const end = async (route) => {
    await released;
    await (lost ? route.abort() : route.continue());
  };
  await page.route(addresses, end, options);
  return letGo;
}

// Holds back answers from there until letGo(); `given`: the server has given one.
export async function holdAnswers(page, addresses, options) {
  let give, letGo;
  const given = new Promise((resolve) => (give = resolve));
  const released = new Promise((resolve) => (letGo = resolve));
  const end = async (route) => {
    const response = await route.fetch();
    give();
    await released;
    await route.fulfill({ response });
  };
  await page.route(addresses, end, options);
  return { given, letGo };
}

// What a test broke, switched or forgave ends with it, also where it failed. So does what it asked for: an answer that nobody waited
// for would be a complaint of the next test.
async function settle({ page, viewport, complaints, forgiven, pending }) {
  try {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.waitForLoadState();
    await page.evaluate(() => localStorage.clear()); // preferences
    await becomes(() => pending.size, 0, `requests of ${page.url()} that have no answer`);
    await page.evaluate(() => {}); // its answer comes behind all that the page had to say
    assert.deepEqual([...complaints], [], 'complaints of the browser');
  } finally {
    complaints.length = 0;
    forgiven.length = 0;
  }
}

beforeEach(() => {
  staying = new Set(everybody);
});

// Who came for a test leaves with it: the page would go on asking while others switch things off.
afterEach(async () => {
  const settled = await Promise.allSettled([...everybody].map(settle));
  await Promise.all([...everybody].filter((one) => !staying.has(one)).map(({ context }) => context.close()));
  for (const { status, reason } of settled) if (status === 'rejected') throw reason;
});

async function person(browser, host, loginPath, username, options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US', ...options });
  const one = await join(context);
  const { page } = one;
  await page.goto(host.address + loginPath);
  await page.getByLabel(/user ?name|e-?mail/i).fill(username);
  await page.getByLabel(/password/i).fill(password);
  await page.getByRole('button', { name: /log in|sign in/i }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/login'));
  return one;
}

export const backOffice = (browser, host, username, options) =>
  person(browser, host, '/admin/login', username, options);
export const shop = (browser, host, username, options) => person(browser, host, '/login', username, options);

// No violation that axe-core finds.
export async function assertAccessible(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate((await import('node:fs')).readFileSync(axe, 'utf8'));
  }
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target, html }) => `${target} ${html}`).join(' | ')}`,
  );
  assert.deepEqual(found, [], `axe-core on ${page.url()}`);
}

// One picture wide, one at 375 px; and nothing may stick out to the side on the phone.
export async function screenshot(page, name) {
  await mkdir(screenshots, { recursive: true });
  const wide = page.viewportSize();
  await page.screenshot({ path: path.join(screenshots, `${name}-wide.png`), fullPage: true });
  await page.setViewportSize({ width: 375, height: 800 });
  await page.screenshot({ path: path.join(screenshots, `${name}-375.png`), fullPage: true });
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  await page.setViewportSize(wide);
  assert.ok(inner <= outer, `${name}: the page is ${inner} px wide on a screen of ${outer} px`);
}

// Until no colour is on its way to another, in the roots of elements too.
async function settled() {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const roots = [document];
  for (const root of roots) {
    for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) roots.push(shadowRoot);
  }
  const transitions = roots.flatMap((root) => root.getAnimations()).filter((one) => one instanceof CSSTransition);
  await Promise.allSettled(transitions.map(({ finished }) => finished));
}

// Looks at a page as a whole, in light and dark: accessible, drawn, and without complaints.
export async function inspect({ page, complaints }, name) {
  await page.evaluate(settled);
  await assertAccessible(page);
  await screenshot(page, name);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(settled);
  await assertAccessible(page);
  await page.screenshot({ path: path.join(screenshots, `${name}-dark.png`), fullPage: true });
  await page.emulateMedia({ colorScheme: 'light' });
  assert.deepEqual(complaints, [], `complaints of the browser at ${name}`);
}
