// <parley-history>: what happened to a conversation: who, when, what. Newest first. Part of the view page.
import { html } from 'lit';
import { ConversationTable } from './conversation-table.js';
import { changesOf, happened } from '../lib/history.js';

export class ParleyHistory extends ConversationTable {
  fetchPage(query) {
    return this.api.get('conversationevents', query);
  }

  words() {
    return { caption: this.t('history'), none: this.t('noHistory') };
  }

  columns() {
    return ['columnWhen', 'columnWho', 'columnWhat'].map((key) => ({ label: this.t(key) }));
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
