// A conversation in a list: what it is called and when something was said last, and below that the words: the last ones, or
// what one left there unsent.
import { html, nothing } from 'lit';
import { related, relatedId, same } from '../lib/document.js';
import { messageDraft, outboxName } from '../lib/drafts.js';
import { beginning } from '../lib/graphemes.js';
import { failedWords } from '../lib/outbox.js';
import { statusBadge } from './states.js';

// In the shop: whose it is, where it is a colleague's.
export function whoseOf(conversation, { t, actorType, actorId, backOffice }) {
  const one = related(conversation, 'customerUser');
  const name = conversation.meta?.labels?.customerUser;
  return backOffice || !one || !name || same(one, { type: actorType, id: actorId }) ? '' : t('withPerson', { name });
}

const MOST = 120; // characters of the words in a list, as the server cuts those of messages

function preview({ id, meta = {} }, { t, drafts, openId, backOffice }) {
  // Of the open one the thread shows it. The back office lists what is unread: there the words that came count.
  if (!backOffice && id !== openId) {
    const [failed] = failedWords(drafts, outboxName(id));
    if (failed) return html`<b class="failed">${t('failed')}</b> ${beginning(failed, MOST)}`;
    const draft = drafts.read(messageDraft(id))?.trim();
    if (draft) return html`<b>${t('draft')}</b> ${beginning(draft, MOST)}`;
  }
  const words = meta.labels?.lastMessagePreview ?? '';
  return words && meta.lastMessageMine ? html`${t('youWrote')} ${words}` : words;
}

export function conversationItem(conversation, viewer) {
  const { t, times } = viewer;
  const whose = whoseOf(conversation, viewer);
  const { attributes } = conversation;
  const at = attributes.lastMessageAt ?? attributes.createdAt;
  const status = relatedId(conversation, 'status');
  return html`
    <span class="line">
      <span class="name">${attributes.name}</span>
      <time datetime=${at} title=${times.full(at)}>${times.brief(at)}</time>
    </span>
    <span class="line">
      <span class="preview">${preview(conversation, viewer)}</span>
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
