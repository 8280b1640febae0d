// One message of a thread, and what stands between messages.
import { html, nothing } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { initials } from '../lib/graphemes.js';
import { isText } from '../lib/messages.js';
import { alert, lock } from './icons.js';

const timeOf = (times, iso) => html`<time datetime=${iso} title=${times.full(iso)}>${times.clock(iso)}</time>`;

// bodyHtml comes from the server's safe renderer and is the only markup that is taken over as it is.
const bodyOf = ({ bodyHtml, plainBody, body }) =>
  typeof bodyHtml === 'string' ? unsafeHTML(bodyHtml) : (plainBody ?? body ?? '');

// Internal is said in words, too, and in each message: not by colour alone, and not once for a group.
const internalMark = (t) => html`<p class="internal-mark">${lock}<span>${t('internalNote')}</span></p>`;

export function messageView({ message, first }, { t, times }) {
  const { attributes: a } = message;
  if (!isText(message)) {
    return html`<li class="system"><span>${a.plainBody ?? a.body}</span> ${timeOf(times, a.createdAt)}</li>`;
  }
  const internal = a.visibility === 'internal';
  const postedForAnother = a.postedByName && a.senderName && a.postedByName !== a.senderName;
  return html`
    <li class="message ${a.isMine ? 'own' : ''} ${first ? 'first' : ''} ${internal ? 'internal' : ''}" data-index=${a.index}>
      <span class="avatar" aria-hidden="true">${a.senderAcronym || initials(a.senderName)}</span>
      <div class="words">
        <p class="byline">
          <bdi class="who">${a.senderName}</bdi>
          ${postedForAnother
            ? html`<span class="posted">${t('postedFor', { author: a.postedByName, sender: a.senderName })}</span>`
            : nothing}
          ${timeOf(times, a.createdAt)}
        </p>
        ${internal ? internalMark(t) : nothing}
        <div class="bubble">${bodyOf(a)}</div>
      </div>
    </li>
  `;
}

export const dayView = ({ at }, { times }) => html`<li class="day"><span>${times.day(at)}</span></li>`;

export const dividerView = (entry, { t }) => html`<li class="divider"><span>${t('unreadMessages')}</span></li>`;

// One that is on its way, or did not get there.
export function outgoingView(item, { t, reason, retry, discard }) {
  return html`
    <li class="message own first outgoing ${item.state} ${item.visibility === 'internal' ? 'internal' : ''}">
      <div class="words">
        ${item.visibility === 'internal' ? internalMark(t) : nothing}
        <div class="bubble plain">${item.body}</div>
        ${item.state === 'failed'
          ? html`
              <p class="fate" role="alert">
                <span class="reason">${alert}<span>${t('notSent')} ${reason}</span></span>
                <button type="button" class="small" @click=${retry}>${t('retry')}</button>
                <button type="button" class="small quiet" @click=${discard}>${t('discard')}</button>
              </p>
            `
          : html`<p class="fate waiting">${t('sending')}</p>`}
      </div>
    </li>
  `;
}
