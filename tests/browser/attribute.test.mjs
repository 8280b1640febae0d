// One more attribute in a plugin's own source shows up on the host's screens, and without it nowhere.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startHost } from './support/host.mjs';
import { backOffice, inspect, openBrowser } from './support/people.mjs';
import { becomes } from './support/waiting.mjs';

const columnNames = (page) => page.getByRole('columnheader').allInnerTexts();
const texts = (page) => page.locator('tbody td a.title').allInnerTexts();

let browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
});

// Starts a host with one plugin; `use` works with its back office and a function that writes a note by the API.
async function withNotes(plugin, use) {
  const host = await startHost({ plugins: [plugin] });
  try {
    const admin = await backOffice(browser, host, 'admin');
    const write = async (attributes) => {
      const answer = await fetch(`${host.address}/admin/api/notes`, {
        method: 'POST',
        headers: {
          Authorization: 'Basic ' + Buffer.from('admin:parley-demo').toString('base64'),
          'Content-Type': 'application/vnd.api+json',
        },
        body: JSON.stringify({ data: { type: 'notes', attributes } }),
      });
      assert.equal(answer.status, 201, await answer.text());
    };
    await use(host, admin, write);
    await admin.context.close();
  } finally {
    assert.equal(await host.stop(), 0);
  }
}

describe('an attribute of a plugin', () => {
  test('stands in the grid, sorts it, and is in the API Reference', async () => {
    await withNotes(process.env.PARLEY_NOTE_PRIORITY, async (host, admin, write) => {
      const { page } = admin;
      await write({ text: 'Middle' });
      await write({ text: 'Most', priority: 'high' });
      await write({ text: 'Least', priority: 'low' });
      await page.goto(`${host.address}/admin/pages/notes`);
      assert.ok((await columnNames(page)).includes('Priority'));
      await page.getByRole('link', { name: 'Priority' }).click();
      await page.getByRole('columnheader', { name: 'Priority' }).and(page.locator('[aria-sort=ascending]')).waitFor();
      await becomes(() => texts(page), ['Least', 'Middle', 'Most']);
      await page.getByRole('link', { name: 'Priority' }).click();
      await page.locator('[aria-sort=descending]').waitFor();
      await becomes(() => texts(page), ['Most', 'Middle', 'Least']);
      await inspect(admin, 'attribute-grid');
      await page.goto(`${host.address}/admin/api-reference/notes#listNotes`);
      await page.getByText('filter[priority]', { exact: true }).first().waitFor();
      await page.getByText('attributes.priority', { exact: true }).waitFor();
      await inspect(admin, 'attribute-reference');
    });
  });

  test('is nowhere without its definition', async () => {
    await withNotes(process.env.PARLEY_NOTE, async (host, { page }, write) => {
      await write({ text: 'Plain' });
      for (const path of ['/admin/pages/notes', '/admin/api-reference/notes#listNotes']) {
        await page.goto(host.address + path);
        await page.getByRole('heading', { level: 1, name: 'Notes' }).waitFor();
        assert.doesNotMatch(await page.content(), /priority/i, path);
      }
    });
  });
});
