// <parley-composer>: where a message is written. Dispatches `compose` with {body}; the thread sends.
import { html, nothing } from 'lit';
import { ParleyElement } from './base.js';
import { alert } from '../parts/icons.js';
import { actorName } from '../lib/actor.js';
import { composerStyles } from '../styles/composer.js';

export class ParleyComposer extends ParleyElement {
  static properties = {
    // Where the draft is kept; one a conversation.
    draftName: { attribute: false },
    fault: { attribute: false },
    value: { state: true },
    author: { state: true },
  };

  static styles = [...ParleyElement.styles, composerStyles];

  constructor() {
    super();
    this.value = '';
    this.author = '';
    this.fault = '';
    // Some browsers end the composition before the Enter that confirmed it arrives.
    this.composing = false;
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('draftName') && this.draftName) this.value = this.drafts.read(this.draftName) ?? '';
    if (changed.has('settings') && this.backOffice) this.readAuthor();
  }

  async readAuthor() {
    this.author = await actorName(this.api, { type: this.actorType, id: this.actorId });
  }

  focus() {
    this.renderRoot.querySelector('textarea')?.focus();
  }

  // Gives back what could not be sent, unless something new was begun.
  restore(body) {
    if (this.value.trim() !== '') return false;
    this.write(body);
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
      this.fault = this.t('notBlank');
    } else {
      this.fault = '';
      this.write('');
      this.dispatchEvent(new CustomEvent('compose', { detail: { body } }));
    }
    this.focus();
  }

  onKey(event) {
    // 229: the input method has the key, whatever else the event says.
    if (event.key !== 'Enter' || event.isComposing || this.composing || event.keyCode === 229) return;
    const sends = this.backOffice ? event.ctrlKey || event.metaKey : !event.shiftKey && !event.altKey;
    if (sends) this.submit(event);
  }

  onInput(event) {
    this.write(event.target.value);
    if (this.fault && this.value.trim() !== '') this.fault = '';
  }

  textarea() {
    return html`
      <textarea
        id="body"
        rows=${this.backOffice ? 3 : 1}
        .value=${this.value}
        placeholder=${this.backOffice ? nothing : this.t('yourMessage')}
        aria-invalid=${this.fault ? 'true' : nothing}
        aria-describedby=${this.fault ? 'fault hint' : 'hint'}
        enterkeyhint=${this.backOffice ? 'enter' : 'send'}
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
    return html`
      <form @submit=${this.submit} novalidate>
        <div class="field">
          <label for="body">${this.t('messageField')}</label>
          ${this.textarea()} ${this.faultLine()}
          <span class="hint" id="hint">${this.t('markdownHint')}</span>
        </div>
        <div class="row">
          <p class="from"><span class="label">${this.t('from')}</span><span>${this.author || this.t('you')}</span></p>
          <button class="primary" type="submit">${this.t('save')}</button>
        </div>
      </form>
    `;
  }

  renderChat() {
    return html`
      <form class="chat" @submit=${this.submit} novalidate>
        <label class="visually-hidden" for="body">${this.t('yourMessage')}</label>
        ${this.textarea()}
        <button class="primary" type="submit">${this.t('send')}</button>
        ${this.faultLine()}
        <span class="hint below" id="hint">${this.t('enterHint')}</span>
      </form>
    `;
  }
}
