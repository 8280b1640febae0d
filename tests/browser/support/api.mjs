// The JSON:API as one person uses it: for what a test needs to find there, and for what others do meanwhile. HTTP Basic:
// it needs no page for it. Every refusal is a failed test.
import assert from 'node:assert/strict';

const mediaType = 'application/vnd.api+json';

// Answers a Response, whatever its status.
function sending(host, username, base) {
  const authorization = 'Basic ' + Buffer.from(`${username}:parley-demo`).toString('base64');
  return (method, path, body) =>
    fetch(`${host.address}${base}${path}`, {
      method,
      headers: {
        Authorization: authorization,
        Accept: mediaType,
        ...(body === undefined ? {} : { 'Content-Type': mediaType }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
}

function asking(host, username, base) {
  const send = sending(host, username, base);
  return async (method, path, body) => {
    const answer = await send(method, path, body);
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? {} : JSON.parse(text);
  };
}

// The status alone, for what may be refused: in the back office, of `/conversations/1`.
export function statusOf(host, username) {
  const send = sending(host, username, '/admin/api');
  return async (...request) => (await send(...request)).status;
}

async function create(ask, type, attributes, relationships) {
  const linked = Object.entries(relationships).map(([name, data]) => [name, { data }]);
  const document = { data: { type, attributes, relationships: Object.fromEntries(linked) } };
  return (await ask('POST', `/${type}`, document)).data;
}

// Of any entity, in the back office.
export function writer(host, username) {
  const ask = asking(host, username, '/admin/api');
  return {
    get: (path) => ask('GET', path),
    post: (path, document) => ask('POST', path, document),
    // Relationships: {owner: ['users', '1']}. Answers the resource object.
    create(type, attributes, relationships = {}) {
      const linked = Object.entries(relationships).map(([name, [kind, id]]) => [name, { type: kind, id }]);
      return create(ask, type, attributes, Object.fromEntries(linked));
    },
    async change(type, id, attributes) {
      return (await ask('PATCH', `/${type}/${id}`, { data: { type, id, attributes } })).data;
    },
  };
}

// Of conversations.
export function apiOf(host, username, base = '/admin/api') {
  const ask = asking(host, username, base);
  return {
    get: (path) => ask('GET', `/${path}`),
    post: (path, body) => ask('POST', `/${path}`, body),
    patch: (type, id, members) => ask('PATCH', `/${type}/${id}`, { data: { type, id, ...members } }),
    // An owner and a customer user take part, so that its first message is unread for them.
    startConversation: (attributes, relationships = {}) => create(ask, 'conversations', attributes, relationships),
    addMessage: (conversation, body, attributes = {}, relationships = {}) =>
      create(
        ask,
        'conversationmessages',
        { body, ...attributes },
        { conversation: { type: 'conversations', id: conversation.id }, ...relationships },
      ),
  };
}

export const user = { admin: { type: 'users', id: '1' }, charlie: { type: 'users', id: '2' }, dana: { type: 'users', id: '3' } };
export const amandaCole = { type: 'customerusers', id: '1' };
export const order1001 = { type: 'orders', id: '1' };
