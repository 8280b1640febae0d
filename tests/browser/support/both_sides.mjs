// What a story of both sides begins with: a host, and in one browser somebody at the back office and somebody in the shop.
import assert from 'node:assert/strict';
import { startHost } from './host.mjs';
import { backOffice, openBrowser, shop } from './people.mjs';

export async function begin() {
  const sides = {};
  try {
    sides.host = await startHost();
    sides.browser = await openBrowser();
    sides.admin = await backOffice(sides.browser, sides.host, 'admin');
    sides.amanda = await shop(sides.browser, sides.host, 'amanda@example.com');
    return sides;
  } catch (error) {
    await sides.browser?.close();
    await sides.host?.stop();
    throw error;
  }
}

export async function end(sides) {
  await sides?.browser.close();
  assert.equal(await sides?.host.stop() ?? 0, 0, 'the sample host ends cleanly');
}
