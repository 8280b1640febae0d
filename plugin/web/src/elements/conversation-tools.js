// <parley-conversation-tools>: view, edit and delete a conversation, and add a context to it, from a list of them. Part of
// the Activity section. Dispatches `done` with {message}, or with {message, deleted: true}.
import { html, nothing } from 'lit';
import { ParleyElement } from './base.js';
import { mayDo, related, same } from '../lib/document.js';
import { readRecordTypes, recordSearch } from '../lib/records.js';
import { cross } from '../parts/icons.js';
import { failureText, notice } from '../parts/states.js';
import { conversationToolsStyles } from '../styles/conversation-tools.js';
import { dialogStyles } from '../styles/dialog.js';

export class ParleyConversationTools extends ParleyElement {
  static properties = {
    conversation: { attribute: false },
    dialog: { state: true }, // '', edit, context, delete
    busy: { state: true },
    problem: { state: true },
  };

  static styles = [...ParleyElement.styles, dialogStyles, conversationToolsStyles];

  constructor() {
    super();
    this.dialog = '';
    this.busy = false;
    this.problem = '';
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (!changed.has('settings')) return;
    const types = readRecordTypes(this.recordTypes);
    this.searchRecords = types.length > 0 ? recordSearch(this.api, types) : null;
  }

  async show(dialog) {
    this.problem = '';
    this.dialog = dialog;
    await this.updateComplete;
    this.renderRoot.querySelector('dialog').showModal();
    if (dialog === 'context') this.focusOn('parley-search-select');
  }

  close() {
    this.renderRoot.querySelector('dialog')?.close();
  }

  // The native dialog leads back to the button that opened it.
  onClose(event) {
    if (event.target === event.currentTarget) this.dialog = '';
  }

  done(detail) {
    this.close();
    this.dispatchEvent(new CustomEvent('done', { detail }));
  }

  // The form would lead to another page: here it leads back to the list.
  onNavigate(event) {
    event.preventDefault();
    event.stopPropagation();
    const { message } = event.detail;
    if (message) this.done({ message });
    else this.close();
  }

  // A failure is said in the dialog, which stays.
  async act(action, detail) {
    if (this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      await action();
      this.changed('conversations', this.conversation.id);
      this.done(detail);
    } catch (error) {
      this.problem = failureText(this.t, error);
    } finally {
      this.busy = false;
    }
  }

  addContext({ type, id }) {
    const path = `conversations/${this.conversation.id}/relationships/activityTargets`;
    return this.act(() => this.api.post(path, { data: [{ type, id }] }), { message: this.t('contextAdded') });
  }

  remove() {
    return this.act(() => this.api.delete(`conversations/${this.conversation.id}`), {
      message: this.t('conversationDeleted'),
      deleted: true,
    });
  }

  // --- drawing

  render() {
    const { t, conversation } = this;
    const href = this.recordUrl(conversation);
    const button = (dialog, label, offered) =>
      offered
        ? html`<button type="button" class="quiet small" aria-haspopup="dialog" @click=${() => this.show(dialog)}>
            ${label}
          </button>`
        : nothing;
    return html`
      ${href ? html`<a class="button quiet small" href=${href}>${t('view')}</a>` : nothing}
      ${button('edit', t('edit'), mayDo(conversation, 'update'))}
      ${button('context', t('addContext'), mayDo(conversation, 'addContext') && this.searchRecords)}
      ${button('delete', t('delete'), mayDo(conversation, 'delete'))}
      <dialog aria-labelledby="title" @close=${this.onClose}>${this.dialog ? this.renderDialog() : nothing}</dialog>
    `;
  }

  renderDialog() {
    const { t, dialog } = this;
    const name = this.conversation.attributes.name;
    const titles = { edit: t('editTitle', { name }), context: t('addContext'), delete: t('deleteQuestion', { name }) };
    const bodies = { edit: () => this.renderEdit(), context: () => this.renderContext(), delete: () => this.renderDelete() };
    return html`
      <div class="dialog-head">
        <h2 id="title">${titles[dialog]}</h2>
        <button type="button" class="icon" aria-label=${t('closeDialog')} @click=${this.close}>${cross}</button>
      </div>
      <div class="dialog-body ${dialog}">${this.problem ? notice(this.problem) : nothing} ${bodies[dialog]()}</div>
    `;
  }

  renderEdit() {
    return html`
      <parley-conversation-form
        .settings=${this.handedOn}
        .recordType=${'conversations'}
        .recordId=${this.conversation.id}
        .returnUrl=${window.location.href}
        @parley-navigate=${this.onNavigate}
      ></parley-conversation-form>
    `;
  }

  renderContext() {
    const contexts = related(this.conversation, 'activityTargets') ?? [];
    const search = async (text, signal) =>
      (await this.searchRecords(text, signal)).filter((choice) => !contexts.some((one) => same(one, choice)));
    return html`
      <parley-search-select
        .settings=${this.handedOn}
        .label=${this.t('fieldContext')}
        .search=${search}
        @change=${(event) => this.addContext(event.detail.value[0])}
      ></parley-search-select>
    `;
  }

  renderDelete() {
    const { t } = this;
    return html`
      <p>${t('deleteText')}</p>
      <div class="actions">
        <button type="button" class="danger" aria-disabled=${this.busy} @click=${this.remove}>${t('delete')}</button>
        <button type="button" class="quiet" @click=${this.close}>${t('cancel')}</button>
      </div>
    `;
  }
}
