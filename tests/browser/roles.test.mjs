// Who may do what: one table of the back office's roles. The screens offer what it says and nothing else, and the API refuses
// the rest, so that a button that is not there is not the only lock.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { order1001, statusOf, user } from './support/api.mjs';
import { browser, byApi, host } from './support/back_office.mjs';
import { backOffice } from './support/people.mjs';

const PEOPLE = { ...user, erin: { type: 'users', id: '4' } };
const RECORDS = ['orders/1', 'rfqs/1', 'quotes/1', 'customerusers/1', 'users/2'];
const PLACES = ['Conversations', 'My Conversations', 'Create Conversation', 'Export CSV', 'Workflows', 'Deactivate', 'API Tokens'];
const ALL = ['edit', 'delete', 'write', 'note', 'from', 'context', 'transition'];
const ALL_BUT_DELETE = ALL.filter((action) => action !== 'delete');

// places: what is there at all. starts: the records where "Start Conversation" is. may: what may be done with a conversation that
// is assigned to somebody; who is not named has one that is not even seen. assigns: to whom.
const ROLES = {
  admin: {
    places: PLACES,
    starts: RECORDS,
    may: { admin: ALL, charlie: ALL, dana: ALL, erin: ALL },
    assigns: ['admin', 'charlie', 'dana', 'erin'],
  },
  charlie: {
    places: ['Conversations', 'My Conversations', 'Create Conversation', 'Export CSV', 'Workflows'],
    starts: RECORDS,
    may: { admin: ['transition'], charlie: ALL, dana: ALL_BUT_DELETE, erin: ALL_BUT_DELETE },
    assigns: ['charlie', 'dana', 'erin'],
  },
  dana: {
    places: ['Conversations', 'My Conversations', 'Create Conversation', 'Export CSV', 'Workflows'],
    starts: RECORDS,
    may: { dana: ALL_BUT_DELETE },
    assigns: ['dana'],
  },
  walter: { places: [], starts: [], may: {}, assigns: [] },
};

// One of each person's, that nobody else has to do with but the administrator.
async function startOfEach(what) {
  const started = {};
  for (const [name, owner] of Object.entries(PEOPLE)) {
    const relationships = { owner, source: order1001 };
    started[name] = await byApi.startConversation({ name: `${what} of ${name}` }, relationships);
  }
  return started;
}

// Those that are there, once those that come later are.
async function present(locators, later = []) {
  await Promise.all(later.map((name) => locators[name].first().waitFor()));
  const counted = await Promise.all(Object.entries(locators).map(async ([name, one]) => [name, await one.count()]));
  return counted.filter(([, count]) => count > 0).map(([name]) => name);
}

const visit = async (page, address) => (await page.goto(`${host.address}/admin${address}`)).status();

// --- the screens

async function placesOf(page) {
  const link = (name) => page.locator('a').getByText(name, { exact: true });
  await visit(page, '/');
  const found = await present({
    Conversations: link('Conversations'),
    'My Conversations': link('My Conversations'),
    Workflows: link('Workflows'),
    'API Tokens': link('API Tokens'),
  });
  if ((await visit(page, '/conversations')) === 200) {
    found.push(...(await present({ 'Create Conversation': link('Create Conversation'), 'Export CSV': link('Export CSV') })));
  }
  if ((await visit(page, '/workflows/conversation_flow')) === 200) {
    found.push(...(await present({ Deactivate: page.getByRole('button', { name: 'Deactivate' }) })));
  }
  return found;
}

// They are asked for after the rest: whose words one may write, and in the section the transitions.
const LATE = ['from', 'transition'];
const late = (may = []) => LATE.filter((action) => may.includes(action));

async function offeredOnPage(page, conversation, may) {
  const status = await visit(page, `/conversations/${conversation.id}`);
  if (status !== 200) return status;
  const view = page.locator('parley-conversation-view');
  await view.locator('parley-composer form, .silent').waitFor();
  const change = view.getByRole('button', { name: 'Add Context' }).or(view.getByRole('button', { name: /^Remove .* context$/ }));
  const locators = {
    edit: page.getByRole('link', { name: 'Edit', exact: true }),
    delete: page.getByRole('link', { name: 'Delete', exact: true }),
    write: view.getByRole('button', { name: 'Add Message' }),
    note: view.getByRole('radio', { name: 'Internal note' }),
    from: view.getByRole('combobox', { name: 'From' }),
    context: change,
    transition: view.getByRole('button', { name: 'Close', exact: true }),
  };
  return present(locators, late(may));
}

async function offeredInSection(page, name, may) {
  const item = page.locator('parley-activity-panel').getByRole('listitem').filter({ hasText: name }).first();
  if ((await item.count()) === 0) return 404;
  await item.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await item.locator('parley-composer form, .silent').waitFor();
  const locators = {
    edit: item.getByRole('button', { name: 'Edit', exact: true }),
    delete: item.getByRole('button', { name: 'Delete', exact: true }),
    write: item.getByRole('textbox', { name: 'Message' }),
    note: item.getByRole('radio', { name: 'Internal note' }),
    from: item.getByRole('combobox', { name: 'From' }),
    context: item.getByRole('button', { name: 'Add Context' }),
    transition: item.getByRole('button', { name: 'Close', exact: true }),
  };
  return present(locators, late(may));
}

async function offeredInList(page, name) {
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
  if ((await row.count()) === 0) return 404;
  const menu = row.locator('.row-actions');
  return present({
    edit: menu.locator('a').getByText('Edit', { exact: true }),
    delete: menu.locator('a').getByText('Delete', { exact: true }).and(page.locator('a')),
    'delete many': row.getByRole('checkbox', { disabled: false }),
    'edit in place': row.locator('button.edit-cell[data-edit=name]'),
  });
}

const inList = (may) =>
  may === undefined
    ? 404
    : [
        ...(may.includes('edit') ? ['edit'] : []),
        ...(may.includes('delete') ? ['delete', 'delete many'] : []),
        ...(may.includes('edit') ? ['edit in place'] : []),
      ];

for (const [who, { places, starts, may }] of Object.entries(ROLES)) {
  test(`B1 B2 B5 W1 D3 D4: the screens offer ${who} what the role allows`, async () => {
    const started = await startOfEach(`Screen for ${who}`);
    const { page, context } = await backOffice(browser, host, who);
    assert.deepEqual((await placesOf(page)).sort(), [...places].sort(), 'places');

    for (const record of RECORDS) {
      const status = await visit(page, `/${record}`);
      const found = await page.locator('a').getByText('Start Conversation', { exact: true }).count();
      assert.equal(found, starts.includes(record) ? 1 : 0, `Start Conversation on ${record} (${status})`);
      assert.equal(await visit(page, `/${record}/actions/start-conversation`), starts.includes(record) ? 200 : 404, record);
    }

    for (const [owner, conversation] of Object.entries(started)) {
      const what = `of ${owner}`;
      assert.deepEqual(await offeredOnPage(page, conversation, may[owner]), may[owner] ?? 404, `page ${what}`);
    }
    await visit(page, '/orders/1');
    if (places.includes('Conversations')) await page.locator('parley-activity-panel .items').waitFor();
    else assert.equal(await page.locator('parley-activity-panel').count(), 0, 'Activity section');
    for (const owner of Object.keys(started)) {
      const name = `Screen for ${who} of ${owner}`;
      assert.deepEqual(await offeredInSection(page, name, may[owner]), may[owner] ?? 404, `section ${name}`);
    }
    await visit(page, '/conversations');
    for (const owner of Object.keys(started)) {
      const name = `Screen for ${who} of ${owner}`;
      assert.deepEqual(await offeredInList(page, name), inList(may[owner]), `list ${name}`);
    }
    await context.close();
  });
}

// --- the API

const document = (type, attributes, relationships = {}, id = undefined) => ({
  data: {
    type,
    ...(id ? { id } : {}),
    attributes,
    relationships: Object.fromEntries(Object.entries(relationships).map(([name, data]) => [name, { data }])),
  },
});

const message = (conversation, attributes, relationships = {}) =>
  document('conversationmessages', attributes, { conversation: { type: 'conversations', id: conversation.id }, ...relationships });

// What each action of the table is at the API, and how it answers. Deleting comes first where it is refused: who has written takes
// part, and what one takes part in is one's own.
const REQUESTS = {
  edit: (one) => ['PATCH', `/conversations/${one.id}`, document('conversations', { name: 'Renamed' }, {}, one.id), 200],
  write: (one) => ['POST', '/conversationmessages', message(one, { body: 'Words' }), 201],
  note: (one) => ['POST', '/conversationmessages', message(one, { body: 'Words', visibility: 'internal' }), 201],
  from: (one) => ['POST', '/conversationmessages', message(one, { body: 'Words' }, { sender: PEOPLE.erin }), 201],
  context: (one) => ['POST', `/conversations/${one.id}/relationships/activityTargets`, { data: [{ type: 'orders', id: '2' }] }, 200],
  transition: (one) => ['POST', `/conversations/${one.id}/transitions/close`, undefined, 200],
};
const deletion = (one) => ['DELETE', `/conversations/${one.id}`, undefined, 204];

let exported = ''; // where one who has it found the export

for (const [who, { places, may, assigns }] of Object.entries(ROLES)) {
  const has = (place) => places.includes(place);
  const seen = has('Conversations');

  test(`W5 A5: the API accepts of ${who} what the role allows, and nothing else`, async () => {
    const ask = statusOf(host, who);
    for (const [owner, conversation] of Object.entries(await startOfEach(`API for ${who}`))) {
      const visible = owner in may;
      assert.equal(await ask('GET', `/conversations/${conversation.id}`), visible ? 200 : 404, `view ${owner}'s`);
      const requests = Object.entries(REQUESTS);
      requests.splice(may[owner]?.includes('delete') ? requests.length : 0, 0, ['delete', deletion]);
      for (const [action, request] of requests) {
        const [method, address, body, done] = request(conversation);
        const expected = may[owner]?.includes(action) ? done : visible ? 403 : 404;
        assert.equal(await ask(method, address, body), expected, `${action} ${owner}'s`);
      }
    }
  });

  test(`D1 W1 A9: so it is with beginning, assigning, deleting many and the workflow: ${who}`, async () => {
    const ask = statusOf(host, who);
    for (const [name, owner] of Object.entries(PEOPLE)) {
      const body = document('conversations', { name: 'Assigned' }, { owner });
      const expected = assigns.includes(name) ? 201 : seen ? 403 : 404;
      assert.equal(await ask('POST', '/conversations', body), expected, `assign a new one to ${name}`);
      if (!(who in may)) continue;
      const mine = await byApi.startConversation({ name: 'To be handed over' }, { owner: PEOPLE[who] });
      const change = document('conversations', {}, { owner }, mine.id);
      assert.equal(await ask('PATCH', `/conversations/${mine.id}`, change), assigns.includes(name) ? 200 : 403, `hand over to ${name}`);
    }
    for (const [owner] of Object.entries(await startOfEach(`Many for ${who}`))) {
      const expected = may[owner]?.includes('delete') ? 200 : seen ? 403 : 404;
      const address = `/conversations?filter[name]=${encodeURIComponent(`Many for ${who} of ${owner}`)}`;
      assert.equal(await ask('DELETE', address), expected, `delete many ${owner}'s`);
      const left = (await byApi.get(address.slice(1))).data.length;
      assert.equal(left, may[owner]?.includes('delete') ? 0 : 1, `left of ${owner}'s`);
    }
    assert.equal(await ask('GET', '/workflows/conversation_flow'), has('Workflows') ? 200 : 404);
    const configured = has('Deactivate') ? 200 : has('Workflows') ? 403 : 404;
    for (const change of ['deactivate', 'activate']) {
      assert.equal(await ask('POST', `/workflows/conversation_flow/${change}`), configured, change);
    }
  });

  test(`B7: pages that are not offered are not there by their address either: ${who}`, async () => {
    const { page, context } = await backOffice(browser, host, who);
    for (const [address, place] of [
      ['/conversations', 'Conversations'],
      ['/pages/own-conversations', 'My Conversations'],
      ['/pages/conversations/create', 'Create Conversation'],
      ['/workflows/conversation_flow', 'Workflows'],
      ['/api-tokens', 'API Tokens'],
    ]) {
      assert.equal(await visit(page, address), has(place) ? 200 : 404, address);
    }
    await visit(page, '/conversations');
    const file = page.locator('a').getByText('Export CSV', { exact: true });
    if (has('Export CSV')) exported = await file.getAttribute('href');
    assert.equal((await page.request.get(host.address + exported)).status(), has('Export CSV') ? 200 : 404, 'export');
    await context.close();
  });
}

// --- searching

// Dana's role, narrowed: the host keeps its roles in a file of its own.
async function narrow(levels) {
  const script = `
import json, sqlite3, sys
roles = sqlite3.connect(sys.argv[1], timeout=20)
for subject, level in json.loads(sys.argv[2]).items():
    found = roles.execute("update role_permissions set level = ? where subject = ? and permission = 'view'"
                          " and role_id = (select id from roles where name = 'Sales representative')", (level, subject))
    assert found.rowcount == 1, subject
roles.execute("update counters set value = value + 1 where name = 'rights'")
roles.commit()
`;
  await promisify(execFile)('python3', ['-c', script, path.join(host.folder, 'host.db'), JSON.stringify(levels)]);
}

const TYPES = { users: 'Users', customerusers: 'Customer Users', orders: 'Orders', rfqs: 'Requests for Quote', quotes: 'Quotes' };

// What somebody may view, by the API: the titles of each type.
async function viewable(page, type) {
  const answer = await page.request.get(`${host.address}/admin/api/${type}?page[size]=100`);
  if (answer.status() === 404) return [];
  assert.equal(answer.status(), 200, type);
  const titleOf = ({ attributes: a, meta }) => meta.title ?? `${a.firstName} ${a.lastName}`;
  return (await answer.json()).data.map(titleOf);
}

// What a field offers for the last word of a title: a number, or a name.
async function searched(field, title) {
  const { page, form } = field;
  const box = form.getByRole('combobox', { name: field.name, exact: true });
  await box.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(title.split(' ').at(-1));
  const list = form.getByRole('listbox', { name: field.name });
  await list.getByRole('option').first().or(form.locator('.list.message').getByText('Nothing was found')).waitFor();
  const found = await list.getByRole('option').allInnerTexts();
  await page.keyboard.press('Escape');
  return found.map((one) => one.trim());
}

test('B3 D3: fields to search offer what one may view of each type, and nothing else', async () => {
  const { page, context } = await backOffice(browser, host, 'dana');
  const form = page.locator('parley-conversation-form');
  const everything = {};
  for (const type of Object.keys(TYPES)) everything[type] = await viewable(page, type);

  // none, user, unit, division, organization, global: 0 .. 5
  await narrow({ users: 2, customerusers: 1, orders: 1, rfqs: 0, quotes: 2 });
  await visit(page, '/pages/conversations/create');
  await form.getByLabel('Name').waitFor();
  for (const [type, all] of Object.entries(everything)) {
    const some = await viewable(page, type);
    assert.ok(some.length < all.length, `${type} is narrowed`);
    const hidden = all.filter((title) => !some.includes(title));
    const names = { users: ['Assigned to', 'Source', 'Context'], customerusers: ['Customer User', 'Source', 'Context'] }[type];
    for (const name of names ?? ['Source', 'Context']) {
      const field = { page, form, name };
      for (const title of some.slice(0, 2)) {
        assert.ok((await searched(field, title)).includes(title), `${name} offers ${title}`);
      }
      for (const title of hidden.slice(0, 2)) {
        assert.ok(!(await searched(field, title)).includes(title), `${name} hides ${title}`);
      }
    }
  }
  await context.close();
});
