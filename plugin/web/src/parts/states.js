// Loading, nothing there, failed: drawn alike wherever they happen.
import { html, nothing } from 'lit';
import { alert, bubbles, lock } from './icons.js';

export const loading = (t) => html`
  <div class="state" role="status">
    <span class="spinner" aria-hidden="true"></span>
    <span>${t('loading')}</span>
  </div>
`;

export const empty = (text, hint = nothing) => html`
  <div class="state">
    ${bubbles}
    <p>${text}</p>
    ${hint === nothing ? nothing : html`<p class="muted">${hint}</p>`}
  </div>
`;

const TEXTS = {
  network: 'errorNetwork',
  busy: 'errorBusy',
  unauthorized: 'errorUnauthorized',
  stale: 'errorStale',
  forbidden: 'errorForbidden',
  notFound: 'errorNotFound',
  conflict: 'errorConflict',
  server: 'errorServer',
};

// What to say about a failure. The server's own words are for what it judged; of its breakdowns it says nothing useful.
export function failureText(t, error) {
  const said = (error?.errors ?? []).map((entry) => entry.detail || entry.title).filter(Boolean);
  if (said.length > 0 && (error.kind === 'invalid' || error.kind === 'conflict' || error.kind === 'forbidden')) {
    return said.join(' ');
  }
  return t(TEXTS[error?.kind] ?? 'errorInvalid');
}

// A part that could not be loaded, with a way to try again where that can help.
export function failure(t, error, retry) {
  const denied = error.kind === 'forbidden' || error.kind === 'notFound';
  return html`
    <div class="state" role="alert">
      ${denied ? lock : alert}
      <p>${failureText(t, error)}</p>
      ${denied ? nothing : html`<button type="button" @click=${retry}>${t('retry')}</button>`}
    </div>
  `;
}

// A failed action: in the page, near to where it was tried; `way`: out of it.
export const notice = (text, way = nothing) => html`
  <div class="notice error" role="alert">${alert}<span>${text}</span>${way}</div>
`;

const LOGINS = {
  out: ['loggedOut', 'logIn'],
  stale: ['loggedInAnew', 'reload'],
};

// The link leads to the page itself: there the host asks to log in, and leads back. A fragment would keep it from being
// loaded.
export function loginNotice(t, login) {
  const href = window.location.pathname + window.location.search;
  const [text, way] = LOGINS[login];
  return html`<div class="login">${notice(t(text), html`<a class="button small" href=${href}>${t(way)}</a>`)}</div>`;
}

// The way to the next page of a ConversationList, and why that could not be read.
export const moreButton = (t, { more, moreError }, go, style = nothing) => html`
  <div class="more">
    ${more === 'failed' ? notice(failureText(t, moreError)) : nothing}
    <button type="button" class=${style} aria-disabled=${more === 'loading'} @click=${go}>
      ${t(more === 'failed' ? 'retry' : 'loadMore')}
    </button>
  </div>
`;

const STATUS_TEXTS = { active: 'statusActive', inactive: 'statusInactive', closed: 'statusClosed' };

export const statusName = (t, id) => (STATUS_TEXTS[id] ? t(STATUS_TEXTS[id]) : (id ?? ''));

export const statusBadge = (t, id) => (id ? html`<span class="badge ${id}">${statusName(t, id)}</span>` : nothing);
