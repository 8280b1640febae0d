// A conversation in a list: what it is called and when something was said last, and below that the words.
import { html, nothing } from 'lit';
import { relatedId } from '../lib/document.js';
import { statusBadge } from './states.js';

export function conversationItem(conversation, { t, times }) {
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
  `;
}
