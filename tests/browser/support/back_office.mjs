// What tests of the back office's screens begin with: a host, a browser, and its administrator on the screens and at the API.
// All are there as soon as the first test runs, and end with the last one.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { apiOf } from './api.mjs';
import { startHost } from './host.mjs';
import { backOffice, openBrowser } from './people.mjs';

export let host;
export let browser;
export let admin;
export let byApi;

// Somebody else, at backOffice or shop; leaves with the test.
export const enter = (side, username) => side(browser, host, username);

before(async () => {
  host = await startHost();
  browser = await openBrowser();
  admin = await backOffice(browser, host, 'admin');
  byApi = apiOf(host, 'admin');
});

after(async () => {
  await browser?.close();
  assert.equal(await host?.stop(), 0, 'the sample host ends cleanly');
});
