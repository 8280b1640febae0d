// The grids of the back office as people use them: of conversations, and of a plugin that is not ours.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { writer } from './support/api.mjs';
import { startHost } from './support/host.mjs';
import { backOffice, forgive, inspect, openBrowser } from './support/people.mjs';
import { anew, becomes } from './support/waiting.mjs';

let browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
});

// Without what is said of a row that stands out.
const titles = async ({ page }) => {
  const texts = await page.locator('tbody td a.title').allInnerTexts();
  return texts.map((text) => text.split('\n')[0].trim());
};
const rowOf = ({ page }, title) => page.getByRole('row').filter({ has: page.getByRole('link', { name: title }) });

describe('the grid of conversations', () => {
  let host;
  let admin;
  let asAdmin;
  let asCharlie;

  before(async () => {
    host = await startHost();
    asAdmin = writer(host, 'admin');
    asCharlie = writer(host, 'charlie');
    admin = await backOffice(browser, host, 'admin');
    await asAdmin.create('conversations', { name: 'About the invoice', firstMessage: 'First' });
    await asAdmin.create('conversations', { name: 'About the delivery' }, { source: ['orders', '1'] });
    await asCharlie.create('conversations', { name: 'Of Charlie alone', firstMessage: 'Hello' });
  });
  after(async () => {
    await admin?.context.close();
    assert.equal(await host?.stop(), 0, 'the sample host ends cleanly');
  });

  const open = (query = '') => admin.page.goto(`${host.address}/admin/conversations${query}`);
  const filterBy = async (fill) => {
    await admin.page.getByText('Filters', { exact: true }).click();
    await fill(admin.page.locator('form.filters'));
    await anew(admin.page, () => admin.page.locator('form.filters').getByRole('button', { name: 'Apply' }).click());
  };

  test('B1 B7: has a column for each, and sorts by each but Source', async () => {
    await open();
    const names = ['Name', 'Messages', 'Source', 'Assigned to', 'Customer', 'Customer User', 'Status', 'Created', 'Last message', 'Last message by'];
    const headings = admin.page.getByRole('columnheader');
    const shown = (await headings.allInnerTexts()).map((text) => text.replace(/[▲▼]/, '').trim());
    assert.deepEqual(shown.filter((text) => names.includes(text)), names, 'in this order');
    for (const name of names) {
      await headings.filter({ hasText: new RegExp(`^${name}\\s*[▲▼]?$`) }).waitFor();
    }
    const [inner, outer] = await admin.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(inner <= outer, `the page is ${inner} px wide on a screen of ${outer} px`);
    await headings.and(admin.page.locator('[aria-sort=descending]')).filter({ hasText: 'Last message' }).waitFor();
    for (const name of names) {
      const link = headings.getByRole('link', { name, exact: true });
      if (name === 'Source' || name === 'Last message by') {
        assert.equal(await link.count(), 0, name);
      } else if (name !== 'Last message') {
        await anew(admin.page, () => link.click());
        await admin.page.locator('th[aria-sort=ascending]').filter({ hasText: name }).waitFor();
      }
    }
  });

  test('B7: is filtered by each; what is filtered stands in the address and is taken back one by one', async () => {
    const { page } = admin;
    await open();
    await filterBy(async (form) => {
      for (const name of ['Name', 'Messages', 'Source', 'Assigned to', 'Customer', 'Customer User', 'Status', 'Created', 'Last message', 'Last message by']) {
        assert.equal(await form.getByRole('group', { name, exact: true }).count(), 1, name);
      }
      await form.getByRole('group', { name: 'Messages' }).getByLabel('from').fill('1');
      await form.getByRole('group', { name: 'Assigned to' }).getByRole('searchbox').fill('charlie');
    });
    assert.deepEqual(await titles(admin), ['Of Charlie alone']);
    assert.match(page.url(), /messagesNumber/);
    await inspect(admin, 'grid-filtered');
    await anew(page, () => page.getByRole('link', { name: /Assigned to: charlie/ }).click());
    assert.deepEqual((await titles(admin)).sort(), ['About the invoice', 'Of Charlie alone']);
    await page.goBack();
    assert.deepEqual(await titles(admin), ['Of Charlie alone']);
    await anew(page, () => page.getByRole('link', { name: 'Clear all' }).click());
    assert.equal((await titles(admin)).length, 3);
    await filterBy((form) => form.getByRole('group', { name: 'Last message' }).getByLabel('from').fill('2199-01-01'));
    await page.getByText('Nothing found.').waitFor();
    await inspect(admin, 'grid-nothing-found');
  });

  test('B7: the last message says who wrote it, and rows with unread messages stand out', async () => {
    const one = await asAdmin.create('conversations', { name: 'Read by Charlie later', firstMessage: 'Look' }, { owner: ['users', '2'] });
    const charlie = await backOffice(browser, host, 'charlie');
    await charlie.page.goto(`${host.address}/admin/conversations`);
    const row = rowOf(charlie, 'Read by Charlie later');
    await row.getByText('John Doe', { exact: true }).waitFor();
    await row.getByText('(Unread)').waitFor();
    const weight = (of) => of.locator('td').nth(3).evaluate((cell) => Number(getComputedStyle(cell).fontWeight));
    assert.ok((await weight(row)) >= 600, 'bold');
    assert.ok((await weight(rowOf(charlie, 'Of Charlie alone'))) < 600, 'what is read is not');
    await inspect(charlie, 'grid-unread');
    await asCharlie.post(`/conversations/${one.id}/mark-read`, { meta: { index: 1 } });
    await charlie.page.reload();
    assert.ok((await weight(row)) < 600, 'read');
    await charlie.context.close();
  });

  test('B10: "My Conversations" in the user menu: mine or where I take part, and Active', async () => {
    const { page } = admin;
    const closed = await asAdmin.create('conversations', { name: 'Closed by now' });
    await asAdmin.post(`/conversations/${closed.id}/transitions/close`);
    const ofCharlie = await asCharlie.create('conversations', { name: 'Where admin takes part' });
    await asAdmin.create('conversationmessages', { body: 'I am in' }, { conversation: ['conversations', ofCharlie.id] });
    await page.goto(`${host.address}/admin`);
    await page.getByText('John Doe').first().click();
    await anew(page, () => page.getByRole('link', { name: 'My Conversations' }).click());
    await page.getByRole('heading', { level: 1, name: 'My Conversations' }).waitFor();
    const expected = ['About the delivery', 'About the invoice', 'Read by Charlie later', 'Where admin takes part'];
    assert.deepEqual((await titles(admin)).sort(), expected);
    await page.getByText('Filters', { exact: true }).click();
    const groups = page.locator('form.filters').getByRole('group');
    assert.equal(await groups.filter({ hasText: 'Status' }).count(), 0, 'it is Active in any case');
    await inspect(admin, 'grid-own');
    await page.keyboard.press('Escape');
    const file = await page.request.get(host.address + (await page.getByRole('link', { name: 'Export CSV' }).getAttribute('href')));
    assert.match(file.headers()['content-type'], /^text\/csv/);
    const lines = (await file.text()).trim().split('\r\n');
    assert.match(lines[0], /"Name","Messages","Source","Assigned to",.*"Created","Last message","Last message by"$/);
    assert.deepEqual(lines.slice(1).map((line) => line.split('"')[1]).sort(), expected);
    await page.goto(`${page.url()}?filter[status]=closed&filter[name][contains]=delivery`);
    assert.deepEqual(await titles(admin), ['About the delivery'], 'and no address changes that');
    await page.getByText('Activities').click();
    assert.equal(await page.locator('.menus a[aria-current]').count(), 0, 'this is another page than that of all');
  });

  test('B5 B7: the actions of a row stand where it is', async () => {
    const { page } = admin;
    const one = await asAdmin.create('conversations', { name: 'Acted upon' });
    await open();
    const menu = rowOf(admin, 'Acted upon').locator('td.row-actions details');
    await menu.locator('summary').focus();
    await page.keyboard.press('Enter');
    const entries = [['View', ''], ['Edit', '/edit'], ['Add Message', '#add-message'], ['Add Context', '#add-context'], ['Delete', '/delete']];
    const links = menu.getByRole('link');
    assert.deepEqual(await links.allInnerTexts(), entries.map(([label]) => label));
    for (const [label, path] of entries) {
      const href = await menu.getByRole('link', { name: label }).getAttribute('href');
      assert.equal(href.replace(/\?back=.*/, ''), `/admin/conversations/${one.id}${path}`);
    }
    const covered = () =>
      menu.getByRole('link').evaluateAll((links) =>
        links.filter((link) => {
          const { right, top, height } = link.getBoundingClientRect();
          return document.elementFromPoint(right - 3, top + height / 2) !== link;
        }).length,
      );
    await becomes(covered, 0, 'no other row lies over the menu');
    await inspect(admin, 'grid-row-actions');
    await open('?filter[name][contains]=Acted');
    await menu.locator('summary').click();
    await menu.getByRole('link', { name: 'Edit' }).click();
    await anew(page, () => page.getByRole('button', { name: 'Cancel' }).click());
    await page.getByText('Name contains: Acted').or(page.getByText('Name: Acted')).first().waitFor();
    await menu.locator('summary').click();
    await menu.getByRole('link', { name: 'Delete' }).click();
    await anew(page, () => page.getByRole('button', { name: 'Delete' }).click());
    await page.getByRole('status').filter({ hasText: 'Conversation deleted' }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('filter[name][contains]'), 'Acted', 'the list is as it was');
    assert.ok(!(await titles(admin)).includes('Acted upon'));
  });

  const chooseFromMenu = async (title, label) => {
    const menu = rowOf(admin, title).locator('td.row-actions details');
    await menu.locator('summary').click();
    await menu.getByRole('link', { name: label, exact: true }).click();
  };
  // The element with the focus, in whatever root it lies.
  const focusIsOn = ({ page }, selector) =>
    page.waitForFunction((wanted) => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at?.matches(wanted);
    }, selector);

  test('B5: "Add Message" and "Add Context" of a row open the page where they are done, with the focus there', async () => {
    const { page } = admin;
    const one = await asAdmin.create('conversations', { name: 'Added to' });
    await open();
    await chooseFromMenu('Added to', 'Add Message');
    await page.getByRole('heading', { level: 1, name: 'Added to' }).waitFor();
    await focusIsOn(admin, 'textarea');
    await inspect(admin, 'grid-add-message');
    await page.keyboard.insertText('Written at once');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Message has been added').first().waitFor();
    assert.equal((await asAdmin.get(`/conversations/${one.id}`)).data.attributes.messagesNumber, 1);
    await open();
    await chooseFromMenu('Added to', 'Add Context');
    const search = page.getByRole('combobox', { name: 'Add Context' });
    await search.waitFor();
    await focusIsOn(admin, '[role=combobox]');
    await inspect(admin, 'grid-add-context');
    await page.keyboard.insertText('ORD-1002');
    await page.getByRole('option', { name: /ORD-1002/ }).click();
    await page.getByRole('link', { name: /ORD-1002/ }).waitFor();
  });

  test('B5: a row offers what one may do with it: no message to a closed one, nothing to what one may only view', async () => {
    const { page } = admin;
    const closed = await asAdmin.create('conversations', { name: 'Closed to messages' }, { owner: ['users', '1'] });
    await asAdmin.post(`/conversations/${closed.id}/transitions/close`);
    await asAdmin.create('conversations', { name: 'Of John alone' }, { owner: ['users', '1'] });
    const labels = ({ page: of }, title) => rowOf({ page: of }, title).locator('td.row-actions a').allTextContents();
    await open();
    assert.deepEqual(await labels(admin, 'Closed to messages'), ['View', 'Edit', 'Add Context', 'Delete']);
    const charlie = await backOffice(browser, host, 'charlie');
    await charlie.page.goto(`${host.address}/admin/conversations`);
    assert.deepEqual(await labels(charlie, 'Of John alone'), ['View']);
    assert.deepEqual(await labels(charlie, 'Of Charlie alone'), ['View', 'Edit', 'Add Message', 'Add Context', 'Delete']);
    // Boxes: only what one may delete can be chosen, and the others say why.
    const box = rowOf(charlie, 'Of John alone').getByRole('checkbox');
    assert.equal(await box.isDisabled(), true);
    assert.match(await box.getAttribute('title'), /may not delete/);
    await charlie.page.getByRole('checkbox', { name: 'All rows that can be deleted' }).check();
    assert.equal(await rowOf(charlie, 'Of Charlie alone').getByRole('checkbox').isChecked(), true);
    assert.equal(await box.isChecked(), false);
    await inspect(charlie, 'grid-some-rows');
    await charlie.context.close();
    await page.goto(`${host.address}/admin/conversations/${closed.id}#add-message`);
    await page.getByText('This conversation is closed').first().waitFor();
    // The same page, asked for another beginning: by its address alone, too.
    const opened = await asAdmin.create('conversations', { name: 'By its address' });
    await page.goto(`${host.address}/admin/conversations/${opened.id}`);
    await page.getByRole('button', { name: 'Add Context' }).waitFor();
    await page.evaluate(() => (location.hash = '#add-context'));
    await page.getByRole('combobox', { name: 'Add Context' }).waitFor();
  });

  test('B7: is filtered by who wrote the last message, and by records of any kind', async () => {
    const { page } = admin;
    const one = await asCharlie.create('conversations', { name: 'Answered by John', firstMessage: 'Who knows?' }, { source: ['quotes', '1'] });
    await asAdmin.create('conversationmessages', { body: 'I do' }, { conversation: ['conversations', one.id] });
    await open('?filter[name][contains]=answered by');
    await filterBy((form) => form.getByRole('group', { name: 'Last message by', exact: true }).getByRole('searchbox').fill('john'));
    assert.deepEqual(await titles(admin), ['Answered by John']);
    assert.doesNotMatch(page.url(), /=(&|$)/, 'nothing that was left empty stands in the address');
    await page.getByRole('link', { name: /Last message by: john/ }).waitFor();
    await filterBy((form) => form.getByRole('group', { name: 'Last message by', exact: true }).getByRole('searchbox').fill('charlie'));
    await page.getByText('Nothing found.').waitFor();
    await open();
    await filterBy(async (form) => {
      const group = form.getByRole('group', { name: 'Source', exact: true });
      assert.equal(await group.getByRole('combobox').inputValue(), '', 'no kind is chosen for one');
      await group.getByRole('searchbox').fill('QUO-3001');
    });
    assert.deepEqual(await titles(admin), ['Answered by John'], 'among records of every kind');
    await filterBy(async (form) => {
      await form.getByRole('group', { name: 'Source', exact: true }).getByRole('combobox').selectOption({ label: 'Order' });
    });
    await page.getByText('Nothing found.').waitFor();
    await anew(page, () => page.getByRole('link', { name: /Source: Order QUO-3001/ }).click());
    assert.doesNotMatch(page.url(), /find/, 'the kind goes with what was looked for');
  });

  test('B7: a search is said and taken back, and stands in an order of its own', async () => {
    const { page } = admin;
    await open();
    await page.locator('th[aria-sort=descending]').filter({ hasText: 'Last message' }).waitFor();
    await page.getByRole('searchbox', { name: /Search in/ }).fill('invoice');
    await anew(page, () => page.keyboard.press('Enter'));
    const chip = page.getByRole('link', { name: 'Remove filter Search: invoice' });
    await chip.waitFor();
    assert.equal(await page.locator('th[aria-sort]').count(), 0, 'the best match first, which is the order of no column');
    await anew(page, () => page.getByRole('columnheader').getByRole('link', { name: 'Created' }).click());
    await page.locator('th[aria-sort=ascending]').filter({ hasText: 'Created' }).waitFor();
    await anew(page, () => chip.click());
    assert.equal(await page.getByRole('searchbox', { name: /Search in/ }).inputValue(), '');
    await page.locator('th[aria-sort=ascending]').filter({ hasText: 'Created' }).waitFor();
  });

  test('B7: where the table goes on beside the screen it shows so', async () => {
    const { page } = admin;
    await page.setViewportSize({ width: 1000, height: 800 });
    await open();
    const more = page.locator('.table-frame[data-more~=right]');
    await more.waitFor();
    const hint = () => page.locator('tbody td.row-actions').first().evaluate((cell) => getComputedStyle(cell, '::before').content);
    assert.equal(await hint(), '""');
    await inspect(admin, 'grid-1000');
    await page.locator('.table-scroll').evaluate((scroll) => scroll.scrollTo({ left: scroll.scrollWidth }));
    await page.locator('.table-frame[data-more=left]').waitFor();
    assert.equal(await hint(), 'none');
  });

  test('B12: a notice is announced, and goes as one goes on', async () => {
    const { page } = admin;
    await asAdmin.create('conversations', { name: 'Noticed' });
    await page.addInitScript(() => {
      window.announced = [];
      const watch = new MutationObserver((changes) => {
        for (const { addedNodes, target } of changes) {
          if (target.matches?.('.flash-area')) for (const node of addedNodes) if (node.textContent.trim()) window.announced.push(node.textContent);
        }
      });
      // All is parsed then, and none of the page's scripts has run.
      document.addEventListener('readystatechange', () => watch.observe(document.body, { subtree: true, childList: true }), { once: true });
    });
    await open();
    await page.getByText('Columns', { exact: true }).click();
    await page.locator('form').filter({ has: page.getByRole('group', { name: 'Columns to show' }) }).getByRole('button', { name: 'Apply' }).click();
    const notice = page.getByRole('status').filter({ hasText: 'Columns have been chosen' });
    await notice.waitFor();
    await page.waitForFunction(() => window.announced.includes('Columns have been chosen'));
    await page.evaluate(() => document.dispatchEvent(new CustomEvent('parley-changed', { detail: { type: 'conversations', id: '0' } })));
    await notice.waitFor({ state: 'detached' });
  });

  test('B7: many are deleted together, after a question that names them', async () => {
    const { page } = admin;
    for (const name of ['Old one', 'Old two', 'Old three']) await asAdmin.create('conversations', { name });
    await open('?filter[name][contains]=Old');
    assert.equal(await page.getByRole('button', { name: 'Delete selected' }).isDisabled(), true);
    await page.getByRole('checkbox', { name: 'All rows' }).check();
    await page.getByRole('checkbox', { name: 'Old two' }).uncheck();
    await anew(page, () => page.getByRole('button', { name: 'Delete selected (2)' }).click());
    await page.getByRole('heading', { level: 1, name: 'Delete 2 conversations?' }).waitFor();
    assert.deepEqual((await page.locator('.plain-list li').allInnerTexts()).sort(), ['Old one', 'Old three']);
    await inspect(admin, 'grid-delete-many');
    await anew(page, () => page.getByRole('link', { name: 'Cancel' }).click());
    assert.equal((await titles(admin)).length, 3);
    await page.getByRole('checkbox', { name: 'All rows' }).check();
    await page.getByRole('checkbox', { name: 'Old two' }).uncheck();
    await anew(page, () => page.getByRole('button', { name: 'Delete selected (2)' }).click());
    await anew(page, () => page.getByRole('button', { name: 'Delete' }).click());
    await page.getByRole('status').filter({ hasText: '2 conversations deleted' }).waitFor();
    assert.deepEqual(await titles(admin), ['Old two'], 'what was filtered still is');
  });

  test('B7: searches in names and texts, by pages of a size that is chosen', async () => {
    const { page } = admin;
    for (let number = 1; number <= 11; ++number) {
      await asAdmin.create('conversations', { name: `Batch ${number}`, firstMessage: `Rhubarb, part ${number}` });
    }
    await open();
    await page.getByRole('searchbox', { name: /Search in/ }).fill('rhubarb');
    await page.keyboard.press('Enter');
    await page.getByText('11 in all').waitFor();
    const ten = page.getByRole('navigation', { name: 'Rows on a page' }).getByRole('link', { name: '10', exact: true });
    await anew(page, () => ten.click());
    assert.equal((await titles(admin)).length, 10);
    await anew(page, () => page.getByRole('link', { name: 'Next' }).click());
    await page.getByText('Page 2, 11 in all').waitFor();
    assert.equal((await titles(admin)).length, 1);
    await page.goBack();
    assert.equal((await titles(admin)).length, 10);
    const links = await page.getByRole('link', { name: 'Export CSV' }).getAttribute('href');
    assert.equal((await (await page.request.get(host.address + links)).text()).trim().split('\r\n').length, 12);
  });

  test('B7: a filter that is not understood is said where the filters are', async () => {
    const { page } = admin;
    await open('?filter[messagesNumber][greaterOrEqual]=many&filter[name][contains]=Batch');
    await page.getByRole('alert').filter({ hasText: 'The filter "Messages: from many" cannot be used here.' }).waitFor();
    forgive(admin, 400);
    const form = page.locator('form.filters');
    assert.equal(await form.getByRole('group', { name: 'Name', exact: true }).getByRole('searchbox').inputValue(), 'Batch');
    await inspect(admin, 'grid-wrong-filter');
    await form.getByRole('group', { name: 'Messages' }).getByLabel('from').fill('');
    await anew(page, () => form.getByRole('button', { name: 'Apply' }).click());
    assert.equal((await titles(admin)).length, 11);
  });

  test('B7: columns are chosen, and stay so', async () => {
    const { page } = admin;
    await open();
    await page.getByText('Columns', { exact: true }).click();
    const form = page.locator('form').filter({ has: page.getByRole('group', { name: 'Columns to show' }) });
    assert.equal(await form.getByLabel('Name').count(), 0, 'that of the title always shows');
    for (const name of ['Customer', 'Customer User', 'Source']) await form.getByLabel(name, { exact: true }).uncheck();
    await anew(page, () => form.getByRole('button', { name: 'Apply' }).click());
    await page.getByRole('status').filter({ hasText: 'Columns have been chosen' }).waitFor();
    await open();
    assert.equal(await page.getByRole('columnheader', { name: 'Source' }).count(), 0);
    await page.getByRole('columnheader', { name: 'Last message by' }).waitFor();
  });

  const editor = (name) => admin.page.getByRole('button', { name: `Edit ${name}` });

  test('B7: Name is edited where it stands: Enter saves, Escape takes back, the focus returns', async () => {
    const { page } = admin;
    await asAdmin.create('conversations', { name: 'To be renamed' });
    await open();
    await editor('Name of To be renamed').focus();
    await page.keyboard.press('Enter');
    const field = page.getByRole('textbox', { name: 'Name of To be renamed' });
    await field.fill('Not kept');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'To be renamed' }).waitFor();
    assert.equal(await field.count(), 0);
    await editor('Name of To be renamed').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    assert.equal(await field.inputValue(), 'To be renamed');
    await inspect(admin, 'grid-editing');
    await field.fill('Renamed in place');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Name has been saved' }).waitFor();
    await page.getByRole('link', { name: 'Renamed in place' }).waitFor();
    await editor('Name of Renamed in place').and(page.locator(':focus')).waitFor();
    const [kept] = (await asAdmin.get('/conversations?filter[name]=Renamed in place')).data;
    assert.equal(kept.attributes.name, 'Renamed in place');
  });

  test('B7: Assigned to is edited by name, with the keys alone', async () => {
    const { page } = admin;
    const one = await asAdmin.create('conversations', { name: 'To be handed over' });
    await open();
    await editor('Assigned to of To be handed over').focus();
    await page.keyboard.press('Enter');
    const field = page.getByRole('combobox', { name: 'Assigned to of To be handed over' });
    await field.waitFor();
    assert.equal(await field.inputValue(), 'John Doe');
    await page.keyboard.type('Nobody whom one knows');
    await page.getByRole('option', { name: 'Nothing found' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Choose one from the list.' }).waitFor();
    await field.fill('dana');
    await page.getByRole('option', { name: 'Dana Reyes' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await inspect(admin, 'grid-editing-record');
    await page.keyboard.press('Enter');
    assert.equal(await field.inputValue(), 'Dana Reyes');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Assigned to has been saved' }).waitFor();
    await rowOf(admin, 'To be handed over').getByRole('link', { name: 'Dana Reyes' }).waitFor();
    const { data } = await asAdmin.get(`/conversations/${one.id}`);
    assert.deepEqual(data.relationships.owner.data, { type: 'users', id: '3' });
  });

  test('B7: the grid and its editing can be read in the dark', async () => {
    const dark = await backOffice(browser, host, 'admin', { colorScheme: 'dark' });
    await dark.page.goto(`${host.address}/admin/conversations?filter[name][contains]=a`);
    await dark.page.getByRole('button', { name: /^Edit Assigned to/ }).first().click();
    await dark.page.getByRole('combobox').fill('dana');
    await dark.page.getByRole('option', { name: 'Dana Reyes' }).waitFor();
    await dark.page.keyboard.press('ArrowDown');
    await inspect(dark, 'grid-dark');
    await dark.context.close();
  });

  test('D16: who was slower reads what the other made of it, and what was typed stays', async () => {
    const { page } = admin;
    const one = await asAdmin.create('conversations', { name: 'Wanted by two' });
    await open();
    await editor('Name of Wanted by two').click();
    const field = page.getByRole('textbox', { name: 'Name of Wanted by two' });
    await field.fill('As admin wants it');
    await asAdmin.change('conversations', one.id, { name: 'As another has it' });
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Somebody else has changed this in the meantime; here it is now "As another has it".' }).waitFor();
    assert.equal(await field.inputValue(), 'As admin wants it');
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.equal((await asAdmin.get(`/conversations/${one.id}`)).data.attributes.name, 'As another has it');
    forgive(admin, 412);
    await inspect(admin, 'grid-conflict');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'As another has it' }).waitFor();
    await editor('Name of As another has it').click();
    await page.getByRole('textbox', { name: 'Name of As another has it' }).fill('As admin wants it');
    await asAdmin.change('conversations', one.id, { name: 'Once more' });
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: '"Once more"' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'As admin wants it' }).waitFor();
  });

  test('D16: one does not meet oneself in another cell of the row', async () => {
    const { page } = admin;
    const one = await asAdmin.create('conversations', { name: 'Two cells at once' });
    await open();
    await editor('Assigned to of Two cells at once').click();
    const owner = page.getByRole('combobox', { name: 'Assigned to of Two cells at once' });
    await owner.waitFor();
    await editor('Name of Two cells at once').click();
    const name = page.getByRole('textbox', { name: 'Name of Two cells at once' });
    await name.fill('Both cells saved');
    await owner.fill('dana');
    await page.getByRole('option', { name: 'Dana Reyes' }).click();
    await owner.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Assigned to has been saved' }).waitFor();
    assert.equal(await name.inputValue(), 'Both cells saved');
    await name.press('Enter');
    await page.getByRole('link', { name: 'Both cells saved' }).waitFor();
    const { data } = await asAdmin.get(`/conversations/${one.id}`);
    assert.equal(data.attributes.name, 'Both cells saved');
    assert.deepEqual(data.relationships.owner.data, { type: 'users', id: '3' });
  });

  test('B7: while a value is being saved nothing is typed and nothing taken back', async () => {
    const { page } = admin;
    const one = await asAdmin.create('conversations', { name: 'On its way' });
    await open();
    let goOn;
    const held = new Promise((resolve) => (goOn = resolve));
    await page.route(`**/api/conversations/${one.id}`, async (route) => {
      if (route.request().method() === 'PATCH') await held;
      await route.continue();
    });
    await editor('Name of On its way').click();
    const name = page.getByRole('textbox', { name: 'Name of On its way' });
    await name.fill('Has arrived');
    await name.press('Enter');
    await page.locator('form.cell-edit[aria-busy=true]').waitFor();
    await page.keyboard.type(' late');
    await page.keyboard.press('Escape');
    assert.equal(await name.inputValue(), 'Has arrived');
    assert.equal(await page.getByRole('button', { name: 'Cancel' }).isDisabled(), true);
    goOn();
    await page.getByRole('link', { name: 'Has arrived' }).waitFor();
  });

  test('B7: a value that is refused is said beside the field', async () => {
    const { page } = admin;
    await open();
    await editor('Name of About the invoice').click();
    const field = page.getByRole('textbox', { name: 'Name of About the invoice' });
    await field.fill('   ');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'This value should not be blank.' }).waitFor();
    await field.and(page.locator('[aria-invalid=true]:focus')).waitFor();
    forgive(admin, 422);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('link', { name: 'About the invoice' }).waitFor();
  });

  test('B7: who may not edit is offered nothing to edit', async () => {
    const charlie = await backOffice(browser, host, 'charlie');
    await charlie.page.goto(`${host.address}/admin/conversations`);
    await rowOf(charlie, 'Of Charlie alone').getByRole('button', { name: 'Edit Name of Of Charlie alone' }).waitFor();
    const others = await asAdmin.get('/conversations?filter[owner]=1');
    const names = others.data.filter((one) => one.meta.can.update === true).map((one) => one.attributes.name);
    assert.ok(names.includes('About the invoice'));
    assert.equal(await rowOf(charlie, 'About the invoice').getByRole('button', { name: /^Edit / }).count(), 0);
    await charlie.context.close();
  });
});

describe("the grid of another plugin's notes", () => {
  test('is edited where it stands, as its descriptor says', async () => {
    const host = await startHost({ plugins: [process.env.PARLEY_NOTE] });
    try {
      const api = writer(host, 'admin');
      const note = await api.create('notes', { text: 'One line' });
      const admin = await backOffice(browser, host, 'admin');
      const { page } = admin;
      await page.goto(`${host.address}/admin/notes`);
      await page.getByRole('button', { name: 'Edit Text of One line' }).click();
      await page.getByRole('textbox', { name: 'Text of One line' }).fill('First');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('second');
      await page.keyboard.press('Enter');
      await page.getByRole('status').filter({ hasText: 'Text has been saved' }).waitFor();
      await page.getByRole('button', { name: /^Edit Pinned of First/ }).click();
      await page.getByRole('checkbox', { name: /^Pinned of First/ }).check();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.locator('tr.highlight').waitFor();
      assert.equal(await page.getByRole('button', { name: /^Edit Created/ }).count(), 0);
      const { attributes } = (await api.get(`/notes/${note.id}`)).data;
      assert.deepEqual([attributes.text, attributes.pinned], ['First\nsecond', true]);
      await inspect(admin, 'grid-notes');
      await admin.context.close();
    } finally {
      assert.equal(await host.stop(), 0);
    }
  });

  test('has its own page of those that are pinned, which stand out', async () => {
    const host = await startHost({ plugins: [process.env.PARLEY_NOTE] });
    try {
      const api = writer(host, 'admin');
      await api.create('notes', { text: 'Plain' });
      await api.create('notes', { text: 'On top', pinned: true });
      const admin = await backOffice(browser, host, 'admin');
      await admin.page.goto(`${host.address}/admin/notes`);
      assert.equal(await admin.page.locator('tr.highlight').count(), 1);
      await rowOf(admin, 'On top').and(admin.page.locator('.highlight')).waitFor();
      await admin.page.getByText('John Doe').first().click();
      await anew(admin.page, () => admin.page.getByRole('link', { name: 'Pinned Notes' }).click());
      await admin.page.getByRole('heading', { level: 1, name: 'Pinned Notes' }).waitFor();
      assert.deepEqual(await titles(admin), ['On top']);
      await admin.context.close();
    } finally {
      assert.equal(await host.stop(), 0);
    }
  });
});
