// <parley-composer>: where a message is written. Dispatches `compose` with {body, sender, visibility}; the thread
// sends.
import { html, nothing } from 'lit';
import { ParleyElement } from './base.js';
import { actorName } from '../lib/actor.js';
import { same } from '../lib/document.js';
import { maySpeakForOthers, senderSearch } from '../lib/senders.js';
import { alert, bubbles, lock } from '../parts/icons.js';
import { composerStyles } from '../styles/composer.js';

// A keyboard on the screen has no Shift+Enter.
const BY_TOUCH = matchMedia('(hover: none) and (pointer: coarse)');

export class ParleyComposer extends ParleyElement {
  static properties = {
    // Where the draft is kept; one a conversation.
    draftName: { attribute: false },
    faults: { attribute: false }, // {body, sender}
    // Of the conversation, {type, id} or null: who may be chosen in From.
    customer: { attribute: false },
    notice: { attribute: false }, // what one should know before one writes; may be empty
    value: { state: true },
    author: { state: true },
    maySpeakForOthers: { state: true },
    sender: { state: true }, // a choice; null: oneself
    internal: { state: true }, // a note for the back office alone
    blank: { state: true },
    byTouch: { state: true },
  };

  static styles = [...ParleyElement.styles, composerStyles];

  constructor() {
    super();
    this.value = '';
    this.author = '';
    this.faults = {};
    this.notice = '';
    this.maySpeakForOthers = false;
    this.sender = null;
    this.internal = false;
    this.blank = false;
    // Some browsers end the composition before the Enter that confirmed it arrives.
    this.composing = false;
    this.onPointer = () => (this.byTouch = BY_TOUCH.matches);
  }

  connectedCallback() {
    super.connectedCallback();
    BY_TOUCH.addEventListener('change', this.onPointer);
    this.onPointer();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    BY_TOUCH.removeEventListener('change', this.onPointer);
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('draftName') && this.draftName) {
      this.justSent = false;
      this.value = this.drafts.read(this.draftName) ?? '';
      this.internal = this.backOffice && this.drafts.read(this.modeName) === 'internal';
    }
    if (changed.has('settings') && this.backOffice) this.readAuthor();
    if (this.backOffice && ['settings', 'customer', 'internal'].some((name) => changed.has(name))) {
      const labels = { users: this.t('senderUsers'), customerUsers: this.t('senderCustomerUsers') };
      // A customer user speaks in no internal note.
      this.searchSenders = senderSearch(this.api, labels, this.internal ? null : this.customer);
    }
    if (changed.has('faults') && this.faults.sender) this.updateComplete.then(() => this.focusOn('#sender'));
  }

  async readAuthor() {
    [this.author, this.maySpeakForOthers] = await Promise.all([
      actorName(this.api, { type: this.actorType, id: this.actorId }),
      maySpeakForOthers(this.api),
    ]);
  }

  // The mode goes with the draft: what was begun as a note must not come back as a message to the customer.
  get modeName() {
    return `${this.draftName}:mode`;
  }

  // The words stay; another's would not be a note.
  setInternal(internal) {
    this.internal = internal;
    if (internal) this.drafts.write(this.modeName, 'internal');
    else this.drafts.remove(this.modeName);
    if (internal && this.sender?.type === 'customerusers') this.sender = null;
  }

  get fault() {
    return this.blank ? this.t('notBlank') : (this.faults.body ?? '');
  }

  get oneself() {
    return { type: this.actorType, id: this.actorId, title: this.author || this.t('you') };
  }

  // Oneself, chosen or not, is nobody else.
  choose([choice]) {
    this.sender = choice && !same(choice, this.oneself) ? choice : null;
    this.requestUpdate(); // a field that was cleared shows oneself again
    if (this.faults.sender) this.faults = { ...this.faults, sender: '' };
  }

  focus() {
    this.renderRoot.querySelector('textarea')?.focus();
  }

  // Gives back what could not be sent, unless something new was begun.
  restore({ body, sender, visibility }) {
    if (this.value.trim() !== '') return false;
    this.write(body);
    this.sender = sender;
    this.setInternal(visibility === 'internal');
    return true;
  }

  write(value) {
    this.value = value;
    if (value) this.drafts.write(this.draftName, value);
    else this.drafts.remove(this.draftName);
  }

  submit(event) {
    event?.preventDefault();
    const body = this.value;
    if (body.trim() === '') {
      this.blank = !this.justSent; // the second half of a double click says nothing
      this.justSent = false;
    } else {
      const { sender } = this;
      this.blank = false;
      this.write('');
      // The next message is one's own again, unless one says otherwise. After a note comes another note: one that became
      // public unnoticed could not be taken back.
      this.sender = null;
      const visibility = this.internal ? 'internal' : 'public';
      this.justSent = true;
      this.dispatchEvent(new CustomEvent('compose', { detail: { body, sender, visibility } }));
    }
    this.focus();
  }

  get sendsByEnter() {
    return !this.backOffice && !this.byTouch;
  }

  onKey(event) {
    // 229: the input method has the key, whatever else the event says.
    if (event.key !== 'Enter' || event.isComposing || this.composing || event.keyCode === 229) return;
    const withControl = event.ctrlKey || event.metaKey;
    const sends = this.sendsByEnter ? !event.shiftKey && !event.altKey : withControl;
    if (!sends) return;
    // In a chat a key that was hit by chance is no message.
    if (this.backOffice || this.value.trim() !== '') this.submit(event);
    else event.preventDefault();
  }

  onInput(event) {
    this.write(event.target.value);
    this.justSent = false;
    if (this.value.trim() === '') return;
    this.blank = false;
    if (this.faults.body) this.faults = { ...this.faults, body: '' };
  }

  textarea() {
    return html`
      <textarea
        id="body"
        rows=${this.backOffice ? 3 : 1}
        .value=${this.value}
        placeholder=${this.backOffice ? nothing : this.t('yourMessage')}
        aria-invalid=${this.fault ? 'true' : nothing}
        aria-describedby=${[this.fault && 'fault', this.notice && 'notice', 'hint'].filter(Boolean).join(' ')}
        enterkeyhint=${this.sendsByEnter ? 'send' : 'enter'}
        @input=${this.onInput}
        @keydown=${this.onKey}
        @compositionstart=${() => (this.composing = true)}
        @compositionend=${() => setTimeout(() => (this.composing = false))}
      ></textarea>
    `;
  }

  faultLine() {
    return this.fault ? html`<p class="fault below" id="fault">${alert}<span>${this.fault}</span></p>` : nothing;
  }

  render() {
    return this.backOffice ? this.renderDesk() : this.renderChat();
  }

  renderDesk() {
    const { t, internal } = this;
    return html`
      <form class=${internal ? 'internal' : ''} @submit=${this.submit} novalidate>
        ${this.notice ? html`<div class="notice" id="notice">${alert}<span>${this.notice}</span></div>` : nothing}
        <fieldset class="mode">
          <legend class="visually-hidden">${t('modeLegend')}</legend>
          ${this.renderMode(false, bubbles, t('modePublic'))} ${this.renderMode(true, lock, t('modeInternal'))}
        </fieldset>
        <div class="field">
          <label for="body">${t(internal ? 'internalNote' : 'messageField')}</label>
          ${this.textarea()} ${this.faultLine()}
          <span class="hint" id="hint">${internal ? `${t('internalHint')} ` : ''}${t('deskHint')}</span>
        </div>
        <div class="row">
          ${this.renderFrom()}
          <button class="primary" type="submit">${internal ? html`${lock}${t('saveInternal')}` : t('save')}</button>
        </div>
      </form>
    `;
  }

  renderMode(internal, icon, label) {
    return html`
      <label class="choice">
        <input
          type="radio"
          name="mode"
          .checked=${this.internal === internal}
          @change=${() => this.setInternal(internal)}
        />
        ${icon}<span>${label}</span>
      </label>
    `;
  }

  renderFrom() {
    const { t, oneself } = this;
    if (!this.maySpeakForOthers) {
      return html`<p class="from"><span class="label">${t('from')}</span><span>${oneself.title}</span></p>`;
    }
    return html`
      <parley-search-select
        id="sender"
        class="from"
        .settings=${this.handedOn}
        .label=${t('from')}
        .search=${this.searchSenders}
        .value=${[this.sender ?? oneself]}
        .fault=${this.faults.sender ?? ''}
        .hint=${this.sender ? t('postedFor', { author: oneself.title, sender: this.sender.title }) : ''}
        @change=${(event) => this.choose(event.detail.value)}
      ></parley-search-select>
    `;
  }

  renderChat() {
    return html`
      <form class="chat" @submit=${this.submit} novalidate>
        <label class="visually-hidden" for="body">${this.t('yourMessage')}</label>
        ${this.textarea()}
        <button class="primary" type="submit">${this.t('send')}</button>
        ${this.faultLine()}
        <span class="hint below" id="hint">${this.t(this.sendsByEnter ? 'enterHint' : 'touchHint')}</span>
      </form>
    `;
  }
}
