// <parley-question-form>: Subject, Your Message, "Send". What was typed is kept until it was sent.
//
// Dispatches `sent` with {conversation} and `dismiss`.
import { html, nothing } from 'lit';
import { ParleyElement } from './base.js';
import { toOne } from '../lib/document.js';
import { sortFaults, withoutField } from '../lib/faults.js';
import { alert } from '../parts/icons.js';
import { failureText, loginNotice, notice } from '../parts/states.js';
import { questionFormStyles } from '../styles/question-form.js';

const underWay = new Map(); // draft -> request, of this page: a form may be closed and opened anew meanwhile
const FIELDS = { name: 'subject', firstMessage: 'message' };

export class ParleyQuestionForm extends ParleyElement {
  static properties = {
    // The record that the question is about, or nothing.
    source: { attribute: false },
    subject: { state: true },
    message: { state: true },
    faults: { state: true },
    sending: { state: true },
    sourceRefused: { state: true },
  };

  static styles = [...ParleyElement.styles, questionFormStyles];

  constructor() {
    super();
    this.subject = '';
    this.message = '';
    this.begun = ''; // words that come along from elsewhere
    this.taken = () => {}; // they are asked
    this.faults = { fields: {}, summary: [] };
    this.sending = false;
    this.sourceRefused = false; // there can be no question about it; one can be about nothing in particular
  }

  get about() {
    return this.sourceRefused ? null : this.source;
  }

  get draftName() {
    return this.source ? `question:${this.source.type}/${this.source.id}` : 'question';
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('source') || !this.hasUpdated) {
      const draft = this.drafts.read(this.draftName);
      const asked = underWay.get(this.drafts.prefix + this.draftName);
      this.subject = draft?.subject ?? '';
      const kept = draft?.message ?? '';
      this.message = asked ? kept : withWords(kept, this.begun);
      this.key = draft?.key;
      this.keyText = draft?.keyText;
      this.sourceRefused = false;
      if (asked) this.follow(asked);
    }
  }

  focus() {
    this.renderRoot.querySelector('#subject')?.focus();
  }

  onKey(event) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    this.renderRoot.querySelector('form').requestSubmit();
  }

  keep(field, value) {
    this[field] = value;
    this.faults = withoutField(this.faults, field);
    if (this.subject || this.message) this.writeDraft();
    else this.drafts.remove(this.draftName);
  }

  // With the key of what was sent last: that may have got there without an answer.
  writeDraft() {
    const { subject, message, key, keyText } = this;
    this.drafts.write(this.draftName, { subject, message, key, keyText });
  }

  async send(event) {
    event.preventDefault();
    if (this.sending) return;
    const blank = {};
    if (!this.about && this.subject.trim() === '') blank.subject = [this.t('notBlank')];
    if (this.message.trim() === '') blank.message = [this.t('notBlank')];
    if (Object.keys(blank).length > 0) {
      await this.show({ fields: blank, summary: [] });
      return;
    }
    const document = this.document();
    const name = this.drafts.prefix + this.draftName;
    const asked = this.api.post('conversations', document, { key: this.keyFor(document) });
    underWay.set(name, asked);
    const over = () => underWay.delete(name);
    asked.then(over, over);
    asked.then(this.taken, () => {});
    await this.follow(asked);
  }

  // asked: the request, perhaps of a form that was closed since.
  async follow(asked) {
    this.sending = true;
    this.faults = { fields: {}, summary: [] };
    try {
      const { data } = await asked;
      this.drafts.remove(this.draftName);
      this.subject = '';
      this.message = '';
      this.keyText = '';
      this.changed('conversations', data.id);
      // Whoever closed the form meanwhile is reading something else.
      if (this.isConnected) this.dispatchEvent(new CustomEvent('sent', { detail: { conversation: data } }));
    } catch (error) {
      const sorted = sortFaults(error.errors ?? [], FIELDS);
      if (error.errors?.some(({ source }) => source?.pointer?.startsWith('/data/relationships/source'))) this.sourceRefused = true;
      if (error.retryable || (sorted.summary.length === 0 && Object.keys(sorted.fields).length === 0)) {
        sorted.summary = [failureText(this.t, error)];
      }
      if (!this.isConnected) this.sayFailed(this.t('questionNotSent'));
      await this.show(sorted);
    } finally {
      this.sending = false;
    }
  }

  document() {
    const data = {
      type: 'conversations',
      attributes: { name: this.subject.trim(), firstMessage: this.message },
    };
    if (this.about) data.relationships = { source: toOne(this.about) };
    return { data };
  }

  // The same question sent again after a failure, or from a form that was opened anew, is one request to the server.
  keyFor(document) {
    const text = JSON.stringify(document);
    if (text !== this.keyText) {
      this.keyText = text;
      this.key = crypto.randomUUID();
      this.writeDraft();
    }
    return this.key;
  }

  async show(faults) {
    this.faults = faults;
    const first = ['subject', 'message'].find((field) => faults.fields[field]);
    await this.focusOn(first ? `#${first}` : '.summary');
  }

  renderFault(field) {
    const text = (this.faults.fields[field] ?? []).join(' ');
    return text ? html`<p class="fault" id="${field}-fault">${alert}<span>${text}</span></p>` : nothing;
  }

  renderSummary(text) {
    return html`<div class="summary" tabindex="-1">${this.loginStale ? loginNotice(this.t, this.login) : notice(text)}</div>`;
  }

  render() {
    const { t } = this;
    const { fields, summary } = this.faults;
    return html`
      <form @submit=${this.send} @keydown=${this.onKey} novalidate>
        ${summary.length > 0 ? this.renderSummary(summary.join(' ')) : nothing}
        <div class="field">
          <label for="subject">${t('subject')}</label>
          <input
            id="subject"
            type="text"
            .value=${this.subject}
            ?readonly=${this.sending}
            aria-invalid=${fields.subject ? 'true' : nothing}
            aria-describedby=${fields.subject ? 'subject-fault' : this.about ? 'subject-hint' : nothing}
            @input=${(event) => this.keep('subject', event.target.value)}
          />
          ${this.renderFault('subject')}
          ${this.about && !fields.subject ? html`<span class="hint" id="subject-hint">${t('hintSubject')}</span>` : nothing}
        </div>
        <div class="field">
          <label for="message">${t('yourMessage')}</label>
          <textarea
            id="message"
            rows="5"
            .value=${this.message}
            ?readonly=${this.sending}
            aria-invalid=${fields.message ? 'true' : nothing}
            aria-describedby=${fields.message ? 'message-fault' : nothing}
            @input=${(event) => this.keep('message', event.target.value)}
          ></textarea>
          ${this.renderFault('message')}
        </div>
        <div class="actions">
          <button type="button" class="quiet" @click=${() => this.dispatchEvent(new CustomEvent('dismiss'))}>
            ${t('cancel')}
          </button>
          <button type="submit" class="primary" aria-disabled=${this.sending}>
            ${this.sending ? t('sending') : t('send')}
          </button>
        </div>
      </form>
    `;
  }
}

// The draft with these words below it, unless they came along before.
function withWords(draft, words) {
  const among = (text) => `\n\n${text}\n\n`;
  return among(draft).includes(among(words)) ? draft : [draft, words].filter(Boolean).join('\n\n');
}
