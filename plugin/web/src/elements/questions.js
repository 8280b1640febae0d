// <parley-questions>: what a customer asked about an order, a request for quote or a quote, and the way to ask.
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ParleyElement } from './base.js';
import { asRead } from '../lib/conversation-list.js';
import { BackCloses } from '../lib/back-closes.js';
import { DayChange } from '../lib/day-change.js';
import { mayCreate, relatedId } from '../lib/document.js';
import { Dropdown } from '../lib/dropdown.js';
import { badge } from '../lib/i18n.js';
import { Refresher } from '../lib/refresher.js';
import { conversationItem } from '../parts/conversation-item.js';
import { chevronDown, cross, plus, question } from '../parts/icons.js';
import { statusBadge } from '../parts/states.js';
import { dropdownList } from '../parts/dropdown-list.js';
import { conversationItemStyles } from '../styles/conversation-item.js';
import { dialogStyles } from '../styles/dialog.js';
import { dropdownStyles } from '../styles/dropdown.js';
import { questionsStyles } from '../styles/questions.js';

const MOST = 50; // questions in the dropdown; all of them are on the Conversations page
const BADGE_MOST = 9;

export class ParleyQuestions extends ParleyElement {
  static properties = {
    conversations: { state: true },
    loaded: { state: true },
    listOpen: { state: true },
    dialog: { state: true }, // '', ask, thread
    shown: { state: true }, // the conversation in the dialog
    gone: { state: true }, // it is there no more, or not for this viewer
  };

  static styles = [...ParleyElement.styles, dialogStyles, conversationItemStyles, dropdownStyles, questionsStyles];

  constructor() {
    super();
    this.conversations = [];
    this.meta = null; // of the last answer
    this.loaded = false;
    this.listOpen = false;
    this.dialog = '';
    this.shown = null;
    this.gone = false;
    this.looks = 0;
    this.reads = 0;
    this.refresher = new Refresher(() => this.look());
    this.dayChange = new DayChange(this);
    // Not the list: a tap on a link beside it closes it and follows the link.
    this.backCloses = new BackCloses(() => this.close());
    this.dropdown = new Dropdown(() => ({
      button: this.renderRoot.querySelector('.open'),
      list: this.renderRoot.querySelector('.list'),
    }));
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    const subject = this.recordType && this.recordId ? `${this.recordType}/${this.recordId}` : '';
    if (subject && subject !== this.subject) {
      this.subject = subject;
      this.source = { type: this.recordType, id: this.recordId };
      this.load();
    }
  }

  connectedCallback() {
    super.connectedCallback();
    this.refresher.start();
    this.backCloses.start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.refresher.stop();
    this.dropdown.open = false;
    this.backCloses.forget();
  }

  updated(changed) {
    super.updated(changed);
    this.backCloses.open = this.dialog !== '';
    // What is taken away does not say that it closes.
    if (this.listOpen && !this.renderRoot.querySelector('.list')) this.onToggle({ newState: 'closed' });
  }

  // A failure leaves the button to ask: the page is about an order, not about this.
  async load() {
    await this.look().catch(() => {});
    this.loaded = true;
  }

  async look() {
    const { subject, reads } = this;
    if (!subject) return;
    const look = ++this.looks;
    const { data, meta } = await this.read();
    // What was asked before something was read, or before it was asked again, would undo that.
    if (subject !== this.subject || reads !== this.reads || look !== this.looks) return;
    this.meta = meta;
    this.conversations = data;
    this.shown = data.find(({ id }) => id === this.shown?.id) ?? this.shown;
  }

  // Switched off meanwhile: then there is nothing to see, and nothing to ask.
  async read() {
    const query = {
      filter: { source: { [this.recordType]: this.recordId } },
      sort: '-lastMessageAt',
      page: { size: MOST },
    };
    try {
      return await this.api.get('conversations', query);
    } catch (error) {
      if (error.kind !== 'notFound') throw error;
      return { data: [], meta: {} };
    }
  }

  // The button to ask and the one that opens the list.
  inPlaceOf(gone) {
    return gone.matches('.open') ? this.renderRoot.querySelector('.open') : null;
  }

  // --- the dropdown

  onToggle(event) {
    this.listOpen = event.newState === 'open';
    this.dropdown.open = this.listOpen;
    if (this.listOpen) this.refresher.go();
  }

  hideList() {
    this.renderRoot.querySelector('.list')?.hidePopover();
  }

  // --- the dialog

  async show(dialog, conversation = null) {
    this.hideList();
    this.shown = conversation;
    this.gone = false;
    this.dialog = dialog;
    await this.updateComplete;
    const element = this.renderRoot.querySelector('dialog');
    if (!element.open) element.showModal();
    if (dialog === 'ask') this.focusOn('parley-question-form');
  }

  // message: words that come along; taken(): they are asked.
  ask({ message = '', taken = () => {} } = {}) {
    this.begun = message;
    this.taken = taken;
    return this.show('ask');
  }

  close() {
    this.renderRoot.querySelector('dialog')?.close();
  }

  async onClose() {
    const wasThread = this.dialog === 'thread';
    this.dialog = '';
    this.shown = null;
    await this.focusOn('.open');
    if (wasThread) await this.load();
  }

  // The question as it now stands, where the answer will be.
  async onSent({ detail: { conversation } }) {
    if (!this.renderRoot.querySelector('dialog').open) return; // closed in this very moment
    await this.show('thread', conversation);
    this.say(this.t('questionSent'));
    await this.focusOn('#title');
    await this.load();
  }

  // Also that it is there again.
  onStale({ detail: { conversation } }) {
    this.gone = false;
    this.shown = conversation;
  }

  onRead({ detail }) {
    this.reads += 1;
    this.conversations = this.conversations.map((one) => (one.id === detail.id ? asRead(one) : one));
  }

  // The dialog itself is hit only beside its content: on the backdrop.
  onDialogClick(event) {
    if (event.target === event.currentTarget) this.close();
  }

  // --- drawing

  render() {
    if (!this.loaded) return nothing;
    return html`
      ${this.renderWay()}
      <dialog aria-labelledby="title" @close=${this.onClose} @pointerdown=${this.onDialogClick}>
        <p class="visually-hidden" role="status">${this.announcement}</p>
        ${this.dialog === 'ask' ? this.renderForm() : nothing}
        ${this.dialog === 'thread' ? this.renderThread() : nothing}
      </dialog>
    `;
  }

  renderWay() {
    if (this.conversations.length > 0) return this.renderDropdown();
    return mayCreate(this) ? this.renderAsk() : nothing;
  }

  renderAsk() {
    return html`
      <button type="button" class="open" aria-haspopup="dialog" @click=${() => this.ask()}>
        ${question}${this.t('askQuestion')}
      </button>
    `;
  }

  renderDropdown() {
    const { t } = this;
    const unread = this.conversations.filter(({ attributes }) => attributes.unread).length;
    return html`
      <button
        type="button"
        class="open"
        popovertarget="list"
        aria-expanded=${this.listOpen ? 'true' : 'false'}
        aria-controls="list"
      >
        ${question}${t('questions')}
        ${unread > 0
          ? html`<span class="count" aria-hidden="true">${badge(unread, BADGE_MOST)}</span>
              <span class="visually-hidden">${t('unreadQuestions', { count: unread })}</span>`
          : nothing}
        ${chevronDown}
      </button>
      ${dropdownList(
        this.dropdown,
        this.onToggle,
        html`
          ${this.renderLogin()}
          <ul aria-label=${t('questions')}>
            ${repeat(
              this.conversations,
              ({ id }) => id,
              (conversation) => this.renderItem(conversation),
            )}
          </ul>
          ${mayCreate(this) ? this.renderAskNew() : nothing}
        `,
      )}
    `;
  }

  renderAskNew() {
    return html`
      <div class="ask">
        <button type="button" aria-haspopup="dialog" @click=${() => this.ask()}>
          ${plus}${this.t('askNewQuestion')}
        </button>
      </div>
    `;
  }

  renderItem(conversation) {
    return html`
      <li class=${conversation.attributes.unread ? 'unread' : ''}>
        <button type="button" class="item" aria-haspopup="dialog" @click=${() => this.show('thread', conversation)}>
          ${conversationItem(conversation, this)}
        </button>
      </li>
    `;
  }

  renderHead(title, status = nothing) {
    return html`
      <div class="dialog-head">
        <div class="titles"><h2 id="title" tabindex="-1" title=${title}>${title}</h2>${status}</div>
        <button type="button" class="icon" aria-label=${this.t('close')} @click=${this.close}>${cross}</button>
      </div>
    `;
  }

  renderForm() {
    return html`
      ${this.renderHead(this.t(this.conversations.length > 0 ? 'askNewQuestion' : 'askQuestion'))}
      <div class="dialog-body">
        <parley-question-form
          .settings=${this.handedOn}
          .source=${this.source}
          .begun=${this.begun}
          .taken=${this.taken}
          @sent=${this.onSent}
          @dismiss=${this.close}
        ></parley-question-form>
      </div>
    `;
  }

  renderThread() {
    const { shown } = this;
    return html`
      ${this.renderHead(shown.attributes.name, this.gone ? nothing : statusBadge(this.t, relatedId(shown, 'status')))} ${this.renderLogin()}
      <parley-thread
        .settings=${this.handedOn}
        .conversation=${shown}
        .offerNew=${mayCreate(this)}
        @ask-new=${({ detail }) => this.ask(detail)}
        @parley-read=${this.onRead}
        @stale=${this.onStale}
        @gone=${() => (this.gone = true)}
      ></parley-thread>
    `;
  }
}
