// <parley-conversations>: the storefront's page of all conversations: a list and the open one beside it.
//
// Which one is open stands in the address (?conversation=ID), so that it can be linked, reloaded and gone back from.
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ParleyElement } from './base.js';
import { BackCloses } from '../lib/back-closes.js';
import { ConversationList, asRead } from '../lib/conversation-list.js';
import { DayChange } from '../lib/day-change.js';
import { mayCreate, related, relatedId } from '../lib/document.js';
import { readRecordTypes } from '../lib/records.js';
import { Refresher } from '../lib/refresher.js';
import { parameter, withParameter } from '../lib/urls.js';
import { conversationItem, whoseOf } from '../parts/conversation-item.js';
import { arrowLeft, cross, plus } from '../parts/icons.js';
import { empty, failure, loading, moreButton, statusBadge } from '../parts/states.js';
import { conversationItemStyles } from '../styles/conversation-item.js';
import { conversationsStyles } from '../styles/conversations.js';
import { dialogStyles } from '../styles/dialog.js';

const PAGE_SIZE = 20;
const PARAMETER = 'conversation';
const FROM_LIST = 'parleyFromList'; // in the state of an entry of the history: the list alone is the one before

export class ParleyConversations extends ParleyElement {
  static properties = {
    openId: { state: true },
    opened: { state: true },
    openError: { state: true },
    gone: { state: true }, // the open one is there no more, or not for this viewer
    creating: { state: true },
  };

  static styles = [...ParleyElement.styles, dialogStyles, conversationItemStyles, conversationsStyles];

  constructor() {
    super();
    this.list = new ConversationList(this, (page) => this.page(page));
    this.refresher = new Refresher(() => this.look());
    this.dayChange = new DayChange(this);
    this.backCloses = new BackCloses(() => this.closeDialog());
    this.openId = '';
    this.opened = null;
    this.openError = null;
    this.gone = false;
    this.creating = null;
    this.onAddress = this.onAddress.bind(this);
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('popstate', this.onAddress);
    this.refresher.start();
    this.backCloses.start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('popstate', this.onAddress);
    this.refresher.stop();
    this.backCloses.forget();
  }

  updated(changed) {
    super.updated(changed);
    this.backCloses.open = this.creating !== null;
  }

  async firstUpdated() {
    this.onAddress();
    await this.list.load();
    await this.showItem();
  }

  // The open one may stand further down in the list, or have moved to its top; the page itself does not move.
  async showItem() {
    await this.updateComplete;
    const item = this.renderRoot.getElementById(`item-${this.openId}`);
    const list = item?.closest('.list');
    if (!list) return;
    const end = item.offsetTop + item.offsetHeight;
    if (item.offsetTop >= list.scrollTop && end <= list.scrollTop + list.clientHeight) return;
    list.scrollTop = item.offsetTop - (list.clientHeight - item.offsetHeight) / 2;
  }

  // --- the list

  page(page) {
    return this.api.get('conversations', { sort: '-lastMessageAt', page: { size: PAGE_SIZE, ...page } });
  }

  async look() {
    await this.list.look();
    const opened = this.list.find(this.openId);
    if (!opened) return;
    this.opened = opened;
    this.openError = null;
    this.gone = false;
  }

  async loadMore() {
    const [first] = await this.list.loadMore();
    if (first) this.focusOn(`#item-${first.id}`);
  }

  take(conversation) {
    this.list.take(conversation);
    if (this.openId === conversation.id) this.opened = conversation;
  }

  // After a message the conversation stands first.
  async onThreadChanged() {
    const id = this.openId;
    await this.readOpen();
    if (this.opened?.id !== id) return; // another one was opened meanwhile
    this.list.putFirst(this.opened);
    await this.showItem();
  }

  // The thread says it; its name stays above, so that one knows what it was.
  onGone() {
    this.gone = true;
    this.list.drop(this.openId);
  }

  // Also that it is there again.
  onStale({ detail: { conversation } }) {
    this.gone = false;
    this.openError = null;
    this.take(conversation);
  }

  onRead({ detail }) {
    const conversation = [this.list.find(detail.id), this.opened].find((one) => one?.id === detail.id);
    if (conversation) this.take(asRead(conversation));
  }

  // --- the open one

  onAddress() {
    this.show(parameter(window.location.href, PARAMETER) ?? '');
  }

  href(id) {
    return withParameter(window.location.href, PARAMETER, id);
  }

  // known: its document, where the list may not have it yet.
  go(id, known = null) {
    if (id !== this.openId) this.backCloses.leaveFor(this.href(id), { [FROM_LIST]: this.openId === '' });
    this.show(id, known);
  }

  async show(id, known = null) {
    if (id === this.openId && this.opened) return;
    this.openId = id;
    this.openError = null;
    this.gone = false;
    this.opened = this.list.find(id) ?? known;
    if (id && !this.opened) await this.readOpen();
  }

  async readOpen() {
    const id = this.openId;
    try {
      const { data } = await this.api.get(`conversations/${encodeURIComponent(id)}`);
      if (id === this.openId) this.take(data);
    } catch (error) {
      if (id === this.openId && !this.opened) this.openError = error;
    }
  }

  // A click with a modifier opens a tab, as with any link.
  async onItemClick(event, id) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    this.go(id);
    await this.focusOn('#open-title');
  }

  async back() {
    const id = this.openId;
    if (this.leaving) return;
    this.leaving = true;
    if (window.history.state?.[FROM_LIST]) {
      const arrived = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
      window.history.back();
      await arrived;
    } else {
      this.go('');
    }
    this.leaving = false;
    await this.focusOn(this.list.find(id) ? `#item-${id}` : '.create, .list .item');
  }

  // --- creating

  // About the record of a conversation in which one cannot write any more, as long as such records carry conversations.
  askNew({ detail: { message, taken } }) {
    const about = related(this.opened, 'source');
    const types = readRecordTypes(this.recordTypes);
    const carries = types.length === 0 || types.some(({ type }) => type === about?.type);
    return this.create({ title: 'askNewQuestion', source: carries ? about : null, message, taken });
  }

  // message: words that come along; taken(): they are asked.
  async create(question = { title: 'createConversation', source: null, message: '', taken: () => {} }) {
    this.creating = question;
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector('dialog');
    if (!dialog.open) dialog.showModal();
    await this.focusOn('parley-question-form');
  }

  closeDialog() {
    this.renderRoot.querySelector('dialog').close();
  }

  async onSent({ detail: { conversation } }) {
    if (!this.creating) return; // closed in this very moment
    const { title } = this.creating;
    this.closeDialog();
    this.go(conversation.id, conversation);
    this.creating = null; // nothing is over the page any more
    this.say(this.t(title === 'askNewQuestion' ? 'questionSent' : 'conversationCreated'));
    await this.focusOn('#open-title');
    await this.list.refresh();
    await this.showItem();
  }

  onDialogClick(event) {
    if (event.target === event.currentTarget) this.closeDialog();
  }

  // --- drawing

  render() {
    const { t } = this;
    return html`
      ${mayCreate(this.list) ? this.renderHeader() : nothing}
      <p class="visually-hidden" role="status">${this.announcement}</p>
      ${this.renderLogin()} ${this.renderPanes()}
      <dialog
        aria-labelledby="dialog-title"
        @close=${() => (this.creating = null)}
        @pointerdown=${this.onDialogClick}
      >
        ${this.creating ? this.renderForm() : nothing}
      </dialog>
    `;
  }

  // Its room is kept until the list says whether one may.
  renderHeader() {
    const awaited = this.list.state === 'loading' && !this.list.meta;
    return html`
      <header class="${this.openId ? 'behind' : ''} ${awaited ? 'awaited' : ''}">
        <button type="button" class="primary create" aria-haspopup="dialog" @click=${() => this.create()}>
          ${plus}${this.t('createConversation')}
        </button>
      </header>
    `;
  }

  renderPanes() {
    const { list } = this;
    if (list.state === 'loading') return html`<div class="panes single">${loading(this.t)}</div>`;
    if (list.state === 'failed') {
      if (this.loginStale) return nothing;
      if (list.error.kind === 'notFound') return html`<div class="panes single">${empty(this.t('notAvailable'))}</div>`;
      return html`<div class="panes single">${failure(this.t, list.error, () => list.load())}</div>`;
    }
    if (list.items.length === 0 && !this.openId) {
      return html`
        <div class="panes single">${empty(this.t('noConversations'), this.t('noConversationsHint'))}</div>
      `;
    }
    return html`
      <div class="panes ${this.openId ? 'reading' : ''}">
        <nav class="list" aria-label=${this.t('conversations')}>
          ${list.items.length === 0 ? empty(this.t('noConversations')) : nothing}
          <ul>
            ${repeat(
              list.items,
              ({ id }) => id,
              (conversation) => this.renderItem(conversation),
            )}
          </ul>
          ${list.next ? moreButton(this.t, list, () => this.loadMore(), 'small') : nothing}
        </nav>
        <section class="open" aria-labelledby=${this.opened ? 'open-title' : nothing}>${this.renderOpen()}</section>
      </div>
    `;
  }

  renderItem(conversation) {
    const { id, attributes } = conversation;
    return html`
      <li>
        <a
          class="item ${attributes.unread ? 'unread' : ''}"
          id="item-${id}"
          href=${this.href(id)}
          aria-current=${id === this.openId ? 'true' : nothing}
          @click=${(event) => this.onItemClick(event, id)}
        >
          ${conversationItem(conversation, this)}
        </a>
      </li>
    `;
  }

  renderOpen() {
    if (!this.openId) return empty(this.t('chooseConversation'));
    const way = html`
      <button type="button" class="quiet small way-back" @click=${this.back}>${arrowLeft}${this.t('back')}</button>
    `;
    // The thread says so, and shows what one had written there.
    if (this.openError?.kind === 'notFound') return html`${way}${this.renderThread()}`;
    if (this.openError) return html`${way}${failure(this.t, this.openError, () => this.show(this.openId))}`;
    if (!this.opened) return html`${way}${loading(this.t)}`;
    return html`
      <div class="open-head">
        ${way}
        <div class="titles">
          <h2 id="open-title" tabindex="-1" title=${this.opened.attributes.name}>${this.opened.attributes.name}</h2>
          ${this.gone ? nothing : statusBadge(this.t, relatedId(this.opened, 'status'))}
        </div>
        ${this.gone ? nothing : this.renderSource()}
      </div>
      ${this.renderThread()}
    `;
  }

  renderThread() {
    return html`
      <parley-thread
        .settings=${this.handedOn}
        .recordId=${this.openId}
        .conversation=${this.opened}
        .offerNew=${mayCreate(this.list)}
        @ask-new=${this.askNew}
        @parley-read=${this.onRead}
        @parley-changed=${this.onThreadChanged}
        @stale=${this.onStale}
        @gone=${this.onGone}
      ></parley-thread>
    `;
  }

  renderSource() {
    const source = related(this.opened, 'source');
    const whose = whoseOf(this.opened, this);
    const { labels = {}, pages = {} } = this.opened.meta ?? {};
    const title = labels.source;
    // One that the viewer may not see has none; a colleague's has a title, but no reference.
    const href = source && pages.source === true ? this.recordUrl(source) : '';
    const name = href ? html`<a href=${href}>${title}</a>` : html`<bdi>${title}</bdi>`;
    return html`
      ${title ? html`<p class="about">${this.t('about')} ${name}</p>` : nothing}
      ${whose ? html`<p class="about">${whose}</p>` : nothing}
    `;
  }

  renderForm() {
    return html`
      <div class="dialog-head">
        <h2 id="dialog-title">${this.t(this.creating.title)}</h2>
        <button type="button" class="icon" aria-label=${this.t('close')} @click=${this.closeDialog}>${cross}</button>
      </div>
      <div class="dialog-body">
        <parley-question-form
          .settings=${this.handedOn}
          .source=${this.creating.source}
          .begun=${this.creating.message}
          .taken=${this.creating.taken}
          @sent=${this.onSent}
          @dismiss=${this.closeDialog}
        ></parley-question-form>
      </div>
    `;
  }
}
