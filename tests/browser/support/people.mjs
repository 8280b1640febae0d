// A browser with people in it: each has a context of its own, so that several are logged in at once.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const screenshots = process.env.PARLEY_TEST_DIR ?? '.';
const password = 'parley-demo';

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

// Whatever a page complains of is kept: script errors, refused resources, violations of the Content-Security-Policy.
export function listen(page, complaints) {
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
  });
}

async function person(browser, host, loginPath, username, options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints = [];
  listen(page, complaints);
  await page.goto(host.address + loginPath);
  await page.getByLabel(/user ?name|e-?mail/i).fill(username);
  await page.getByLabel(/password/i).fill(password);
  await page.getByRole('button', { name: /log in|sign in/i }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/login'));
  return { page, context, complaints };
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
