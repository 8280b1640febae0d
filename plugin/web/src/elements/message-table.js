// <parley-message-table>: all messages of a conversation as a table, newest first. Part of the view page.
import { html, nothing } from 'lit';
import { ConversationTable } from './conversation-table.js';
import { isText } from '../lib/messages.js';
import { lock } from '../parts/icons.js';

export class ParleyMessageTable extends ConversationTable {
  fetchPage(query) {
    return this.api.get('conversationmessages', { ...query, sort: '-index' });
  }

  words() {
    return { caption: this.t('allMessages'), none: this.t('noMessages') };
  }

  columns() {
    const { t } = this;
    return [
      { label: t('columnNumber'), number: true },
      { label: t('from') },
      { label: t('messageField') },
      { label: t('fieldCreated') },
    ];
  }

  renderRow(message) {
    const { t, times } = this;
    const { attributes: a } = message;
    const forAnother = isText(message) && a.postedByName && a.senderName && a.postedByName !== a.senderName;
    return html`
      <tr class=${isText(message) ? '' : 'system'}>
        <td class="number" data-label=${t('columnNumber')}>${a.index}</td>
        <td data-label=${t('from')}>
          ${isText(message) ? a.senderName : t('system')}
          ${forAnother
            ? html`<span class="muted">${t('postedFor', { author: a.postedByName, sender: a.senderName })}</span>`
            : nothing}
        </td>
        <td class="long" data-label=${t('messageField')}>
          ${isText(message) && a.visibility === 'internal'
            ? html`<span class="internal-mark">${lock}${t('internalNote')}</span>`
            : nothing}
          <span class="text">${a.plainBody ?? a.body}</span>
        </td>
        <td data-label=${t('fieldCreated')}>
          <time datetime=${a.createdAt}>${times.full(a.createdAt)}</time>
        </td>
      </tr>
    `;
  }
}
