// What the tables of the view page have in common: rows of one conversation, newest first, page by page. A subclass asks for
// a page (`fetchPage`) and gives its words (`words`), its columns (`columns`) and its rows (`renderRow`).
import { html, nothing } from 'lit';
import { ParleyElement } from './base.js';
import { ConversationList } from '../lib/conversation-list.js';
import { empty, failure, loading, moreButton } from '../parts/states.js';
import { tableStyles } from '../styles/table.js';

const PAGE_SIZE = 25;

export class ConversationTable extends ParleyElement {
  static properties = {
    conversationId: { attribute: false },
  };

  static styles = [...ParleyElement.styles, tableStyles];

  constructor() {
    super();
    this.list = new ConversationList(this, (page) =>
      this.fetchPage({
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
    const { caption, none } = this.words();
    if (list.state === 'loading') return loading(t);
    if (list.state === 'failed') return failure(t, list.error, () => list.load());
    if (list.items.length === 0) return empty(none);
    return html`
      <table>
        <caption class="visually-hidden">${caption}</caption>
        <thead>
          <tr>
            ${this.columns().map(
              ({ label, number }) => html`<th scope="col" class=${number ? 'number' : nothing}>${label}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${list.items.map((item) => this.renderRow(item))}
        </tbody>
      </table>
      ${list.next ? moreButton(t, list, () => list.loadMore()) : nothing}
    `;
  }
}
