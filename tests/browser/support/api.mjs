// What stands on the screens is put there by the API, with HTTP Basic: it needs no page for it.
import assert from 'node:assert/strict';

const mediaType = 'application/vnd.api+json';

// Writes to the back office's API as somebody. Every refusal is a failed test.
export function writer(host, username) {
  const headers = {
    Accept: mediaType,
    Authorization: 'Basic ' + Buffer.from(`${username}:parley-demo`).toString('base64'),
  };
  const send = async (method, path, document) => {
    const answer = await fetch(`${host.address}/admin/api${path}`, {
      method,
      headers: document === undefined ? headers : { ...headers, 'Content-Type': mediaType },
      body: document === undefined ? undefined : JSON.stringify(document),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : {};
  };
  return {
    get: (path) => send('GET', path),
    post: (path, document) => send('POST', path, document),
    // Relationships: {owner: ['users', '1']}. Answers the resource object.
    async create(type, attributes, relationships = {}) {
      const linkage = Object.entries(relationships).map(([name, [kind, id]]) => [name, { data: { type: kind, id } }]);
      const data = { type, attributes, relationships: Object.fromEntries(linkage) };
      return (await send('POST', `/${type}`, { data })).data;
    },
    async change(type, id, attributes) {
      return (await send('PATCH', `/${type}/${id}`, { data: { type, id, attributes } })).data;
    },
  };
}
