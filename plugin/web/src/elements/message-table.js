// <parley-message-table>: all messages of a conversation as a table, newest first. Part of the view page.
import { html, nothing } from 'lit';
import { ParleyElement } from './base.js';
import { ConversationList } from '../lib/conversation-list.js';
import { isText } from '../lib/messages.js';
import { lock } from '../parts/icons.js';
import { empty, failure, loading, moreButton } from '../parts/states.js';
import { tableStyles } from '../styles/table.js';

const PAGE_SIZE = 25;

export class ParleyMessageTable extends ParleyElement {
  static properties = {
    conversationId: { attribute: false },
  };

  static styles = [...ParleyElement.styles, tableStyles];

  constructor() {
    super();
    this.list = new ConversationList(this, (page) =>
      this.api.get('conversationmessages', {
        filter: { conversation: this.conversationId },
        sort: '-index',
        page: { size: PAGE_SIZE, ...page },
      }),
    );
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('conversationId') && this.conversationId) this.list.load();
  }

  render() {
    const { list, t } = this;
    if (list.state === 'loading') return loading(t);
    if (list.state === 'failed') return failure(t, list.error, () => list.load());
    if (list.items.length === 0) return empty(t('noMessages'));
    return html`
      <table>
        <caption class="visually-hidden">${t('allMessages')}</caption>
        <thead>
          <tr>
            <th scope="col" class="number">${t('columnNumber')}</th>
            <th scope="col">${t('from')}</th>
            <th scope="col">${t('messageField')}</th>
            <th scope="col">${t('fieldCreated')}</th>
          </tr>
        </thead>
        <tbody>
          ${list.items.map((message) => this.renderRow(message))}
        </tbody>
      </table>
      ${list.next ? moreButton(t, list, () => list.loadMore()) : nothing}
    `;
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
