import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api, ApiError, pageOfLink, queryString } from '../../plugin/web/src/lib/api.js';
import { Session } from '../../plugin/web/src/lib/session.js';

// An Api whose requests are answered by `answer(url, options)`; `seen` holds what was asked.
function apiWith(answer, settings = {}) {
  const seen = [];
  const fetch = async (url, options) => {
    seen.push({ url, ...options });
    return answer(url, options);
  };
  return { api: new Api({ base: '/admin/api/', csrfHeader: 'X-CSRF-Token', csrfToken: 'tok', fetch, ...settings }), seen };
}

const json = (status, body, headers) => new Response(body === undefined ? null : JSON.stringify(body), { status, headers });

test('a query is written as JSON:API names it', () => {
  const text = queryString({ filter: { source: { orders: '1' }, index: { less: 5 } }, sort: '-index', page: { size: 5 } });
  assert.equal(decodeURIComponent(text), 'filter[source][orders]=1&filter[index][less]=5&sort=-index&page[size]=5');
});

test('a query leaves out what is not set, and joins lists', () => {
  assert.equal(queryString({ filter: undefined, include: ['owner', 'status'], sort: null }), 'include=owner%2Cstatus');
  assert.equal(queryString(), '');
});

test('a pagination link gives its cursor, however it is addressed', () => {
  const page = { after: 'abc', size: '10' };
  assert.deepEqual(pageOfLink('https://crm.example/admin/api/conversations?page[after]=abc&page[size]=10'), page);
  assert.deepEqual(pageOfLink('/conversations?page%5Bafter%5D=abc&sort=-x&page%5Bsize%5D=10'), page);
  assert.deepEqual(pageOfLink({ href: '?page[after]=abc&page[size]=10' }), page);
  assert.equal(pageOfLink(null), null);
  assert.equal(pageOfLink('/conversations'), null);
});

test('reading sends the CSRF token, too, and answers document and ETag', async () => {
  const { api, seen } = apiWith(() => json(200, { data: { type: 'orders', id: '1' } }, { ETag: '"7"' }));
  const answer = await api.get('orders/1');
  assert.equal(seen[0].url, '/admin/api/orders/1');
  assert.equal(seen[0].headers.Accept, 'application/vnd.api+json');
  assert.equal(seen[0].headers['X-CSRF-Token'], 'tok');
  assert.equal(seen[0].headers['Content-Type'], undefined);
  assert.deepEqual(answer.data, { type: 'orders', id: '1' });
  assert.deepEqual(answer.links, {});
  assert.equal(answer.etag, '"7"');
});

test('writing sends media type, CSRF token and an idempotency key', async () => {
  const { api, seen } = apiWith(() => json(201, { data: { type: 'conversations', id: '5' } }));
  await api.post('conversations', { data: {} }, { key: 'k1' });
  await api.post('conversations', { data: {} });
  assert.equal(seen[0].headers['Content-Type'], 'application/vnd.api+json');
  assert.equal(seen[0].headers['X-CSRF-Token'], 'tok');
  assert.equal(seen[0].headers['Idempotency-Key'], 'k1');
  assert.match(seen[1].headers['Idempotency-Key'], /^[0-9a-f-]{36}$/);
});

test('an edit names the version that it is based on', async () => {
  const { api, seen } = apiWith(() => json(200, { data: {} }));
  await api.patch('conversations/1', { data: {} }, { etag: '"3"' });
  await api.patch('conversations/1', { data: {} });
  assert.equal(seen[0].headers['If-Match'], '"3"');
  assert.equal('If-Match' in seen[1].headers, false);
});

test('an answer without content is a success', async () => {
  const { api } = apiWith(() => json(204));
  assert.equal((await api.delete('conversations/1')).data, null);
});

test('a refusal carries the error objects and its kind', async () => {
  const errors = [{ status: '422', detail: 'This value should not be blank.', source: { pointer: '/data/attributes/name' } }];
  const kinds = { 401: 'unauthorized', 403: 'forbidden', 404: 'notFound', 409: 'conflict', 412: 'conflict', 408: 'network', 422: 'invalid', 429: 'busy', 503: 'server' };
  for (const [status, kind] of Object.entries(kinds)) {
    const { api } = apiWith(() => json(Number(status), { errors }));
    await assert.rejects(api.get('x'), (error) => {
      assert.ok(error instanceof ApiError);
      assert.equal(error.kind, kind);
      assert.equal(error.retryable, [401, 408, 429, 503].includes(Number(status)));
      assert.deepEqual(error.errors, errors);
      return true;
    });
  }
});

test('a server that cannot be reached is worth a repetition', async () => {
  const { api } = apiWith(() => {
    throw new TypeError('Failed to fetch');
  });
  await assert.rejects(api.get('x'), (error) => error.kind === 'network' && error.retryable);
});

test('a page in place of JSON is a failure, with an error status or without', async () => {
  const page = (status) => () => new Response('<!doctype html>', { status });
  await assert.rejects(apiWith(page(200)).api.get('x'), { kind: 'server' });
  await assert.rejects(apiWith(page(502)).api.get('x'), { kind: 'server', errors: [] });
});

test('S5: answers say whether one is logged in; a login page in place of JSON does not', async () => {
  const session = new Session();
  let answer;
  const { api } = apiWith(() => answer, { session });
  const states = [];
  for (const next of [json(200, { data: [] }), json(403, {}), json(401, {}), json(404, {}), new Response('<!doctype html>'), json(200, { data: [] })]) {
    answer = next;
    await api.get('x').catch(() => {});
    states.push(session.state);
  }
  assert.deepEqual(states, ['in', 'in', 'out', 'out', 'out', 'in']);
});

test('S5: every request says of which session the page is; where the host refuses that, nothing is asked any more', async () => {
  const session = new Session();
  const refusal = json(403, { errors: [{ code: 'csrf', detail: 'The token is of another session.' }] });
  const { api, seen } = apiWith(() => refusal.clone(), { session });
  await assert.rejects(api.get('x'), { kind: 'stale', errors: [], retryable: true });
  assert.equal(seen[0].headers['X-CSRF-Token'], 'tok');
  assert.equal(session.state, 'stale');
  assert.equal(session.lost, true);
  session.hear(200);
  assert.equal(session.state, 'stale', 'an answer that was on its way says nothing else');
});
