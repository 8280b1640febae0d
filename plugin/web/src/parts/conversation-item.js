// A conversation in a list: what it is called and when something was said last, and below that the words.
import { html, nothing } from 'lit';
import { related, relatedId, same } from '../lib/document.js';
import { statusBadge } from './states.js';

// In the shop: whose it is, where it is a colleague's.
export function whoseOf(conversation, { t, actorType, actorId, backOffice }) {
  const one = related(conversation, 'customerUser');
  const name = conversation.meta?.labels?.customerUser;
  return backOffice || !one || !name || same(one, { type: actorType, id: actorId }) ? '' : t('withPerson', { name });
}

export function conversationItem(conversation, viewer) {
  const { t, times } = viewer;
  const whose = whoseOf(conversation, viewer);
  const { attributes, meta = {} } = conversation;
  const at = attributes.lastMessageAt ?? attributes.createdAt;
  const status = relatedId(conversation, 'status');
  return html`
    <span class="line">
      <span class="name">${attributes.name}</span>
      <time datetime=${at} title=${times.full(at)}>${times.brief(at)}</time>
    </span>
    <span class="line">
      <span class="preview">${meta.labels?.lastMessagePreview ?? ''}</span>
      <span class="mark">
        ${status && status !== 'active' ? statusBadge(t, status) : nothing}
        ${attributes.unread
          ? html`<span class="unread-dot"></span><span class="visually-hidden">${t('unread')}</span>`
          : nothing}
      </span>
    </span>
    ${whose ? html`<span class="whose">${whose}</span>` : nothing}
  `;
}
