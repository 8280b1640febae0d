// <parley-history>: what happened to a conversation: who, when, what. Newest first. Part of the view page.
import { html, nothing } from 'lit';
import { ParleyElement } from './base.js';
import { ConversationList } from '../lib/conversation-list.js';
import { changesOf, happened } from '../lib/history.js';
import { empty, failure, loading, moreButton } from '../parts/states.js';
import { tableStyles } from '../styles/table.js';

const PAGE_SIZE = 25;

export class ParleyHistory extends ParleyElement {
  static properties = {
    conversationId: { attribute: false },
  };

  static styles = [...ParleyElement.styles, tableStyles];

  constructor() {
    super();
    this.list = new ConversationList(this, (page) =>
      this.api.get('conversationevents', {
        filter: { conversation: this.conversationId },
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
    if (list.items.length === 0) return empty(t('noHistory'));
    return html`
      <table>
        <caption class="visually-hidden">${t('history')}</caption>
        <thead>
          <tr>
            <th scope="col">${t('columnWhen')}</th>
            <th scope="col">${t('columnWho')}</th>
            <th scope="col">${t('columnWhat')}</th>
          </tr>
        </thead>
        <tbody>
          ${list.items.map((event) => this.renderRow(event))}
        </tbody>
      </table>
      ${list.next ? moreButton(t, list, () => list.loadMore()) : nothing}
    `;
  }

  renderRow(event) {
    const { t, times } = this;
    const { attributes } = event;
    return html`
      <tr>
        <td data-label=${t('columnWhen')}>
          <time datetime=${attributes.createdAt}>${times.full(attributes.createdAt)}</time>
        </td>
        <td data-label=${t('columnWho')}>${attributes.actorName ?? t('system')}</td>
        <td class="long" data-label=${t('columnWhat')}>
          ${happened(t, event)}
          ${changesOf(t, event).map((line) => html`<span class="muted">${line}</span>`)}
        </td>
      </tr>
    `;
  }
}
