// The JSON:API client: requests in, documents or ApiError out.
//
// It never navigates and never drops what a user typed: whoever calls decides what a failure means.

import { session as ofPage } from './session.js';

const REFUSED_TOKEN = 'csrf'; // code of an error: ext/elements.h
const PATIENCE = 60_000; // milliseconds for a POST: with its key it can be repeated
const MEDIA_TYPE = 'application/vnd.api+json';

// A failed request. `kind` is what an element needs to know; `errors` are the server's error objects.
export class ApiError extends Error {
  constructor(kind, { status = 0, errors = [], message = '' } = {}) {
    super(message || errors[0]?.detail || errors[0]?.title || kind);
    this.name = 'ApiError';
    this.kind = kind; // network, busy, unauthorized, stale, forbidden, notFound, conflict, invalid, server, aborted
    this.status = status;
    this.errors = errors;
  }

  // A repetition may succeed: nothing was said about the request itself.
  get retryable() {
    return ['network', 'server', 'busy', 'unauthorized', 'stale'].includes(this.kind);
  }
}

export function kindOfStatus(status) {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'notFound';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 408) return 'network'; // what was sent did not get there in time
  if (status === 429) return 'busy';
  if (status >= 500) return 'server';
  return 'invalid';
}

// {filter: {source: {orders: 1}}, page: {size: 5}, sort: '-index'} -> filter[source][orders]=1&page[size]=5&sort=-index
export function queryString(query = {}) {
  const pairs = [];
  const walk = (name, value) => {
    if (value === undefined || value === null) return;
    if (Array.isArray(value)) pairs.push([name, value.join(',')]);
    else if (typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) walk(`${name}[${key}]`, inner);
    } else pairs.push([name, String(value)]);
  };
  for (const [name, value] of Object.entries(query)) walk(name, value);
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

// The cursor in a pagination link. Only the cursor is taken from it: the rest of the request stays ours, so a link
// works whatever address the host is reached by.
export function pageOfLink(link) {
  const href = typeof link === 'string' ? link : link?.href;
  if (!href) return null;
  const page = {};
  for (const [name, value] of new URL(href, 'http://relative.invalid/').searchParams) {
    const match = /^page\[(\w+)\]$/.exec(name);
    if (match) page[match[1]] = value;
  }
  return Object.keys(page).length > 0 ? page : null;
}

export class Api {
  constructor({ base = '', csrfHeader = '', csrfToken = '', locale = '', fetch = globalThis.fetch, session = ofPage } = {}) {
    this.base = base.replace(/\/+$/, '');
    this.csrfHeader = csrfHeader;
    this.csrfToken = csrfToken;
    this.locale = locale;
    this.fetch = fetch;
    this.session = session;
  }

  get(path, query, { signal } = {}) {
    return this.request('GET', path, { query, signal });
  }

  // `key` is for a repetition of the same request: the server then answers what it answered before.
  post(path, body, { key = crypto.randomUUID() } = {}) {
    const signal = AbortSignal.timeout(PATIENCE);
    return this.request('POST', path, { body, headers: { 'Idempotency-Key': key }, signal });
  }

  patch(path, body, { etag } = {}) {
    return this.request('PATCH', path, { body, headers: etag ? { 'If-Match': etag } : {} });
  }

  delete(path, body) {
    return this.request('DELETE', path, { body });
  }

  async request(method, path, { query, body, headers = {}, signal } = {}) {
    const text = queryString(query);
    const url = `${this.base}/${path}${text ? `?${text}` : ''}`;
    const all = { Accept: MEDIA_TYPE, ...headers };
    if (this.locale) all['Accept-Language'] = this.locale;
    if (body !== undefined) all['Content-Type'] = MEDIA_TYPE;
    // Also where nothing is written: it says of which session this page is.
    if (this.csrfHeader) all[this.csrfHeader] = this.csrfToken;

    let response;
    let content;
    try {
      response = await this.fetch.call(globalThis, url, {
        method,
        headers: all,
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: 'same-origin',
        signal,
      });
      content = await response.text();
    } catch (error) {
      throw new ApiError(error?.name === 'AbortError' ? 'aborted' : 'network', { message: error?.message });
    }

    const document = parse(content);
    if (!response.ok) {
      const errors = Array.isArray(document?.errors) ? document.errors : [];
      // What the page has to show belongs to another session.
      if (response.status === 403 && errors.some(({ code }) => code === REFUSED_TOKEN)) {
        this.session.refused();
        throw new ApiError('stale', { status: response.status });
      }
      this.session.hear(response.status);
      throw new ApiError(kindOfStatus(response.status), { status: response.status, errors });
    }
    // A login page in place of JSON is no success.
    if (content && !document) throw new ApiError('server', { status: response.status });
    this.session.hear(response.status);
    return { data: null, meta: {}, links: {}, ...document, etag: response.headers.get('ETag') ?? undefined };
  }
}

function parse(content) {
  if (!content) return null;
  try {
    const value = JSON.parse(content);
    return value && typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
