// <parley-conversation-form>: starts a conversation, from a record or from nothing, or edits one.
import { html, nothing } from 'lit';
import { ParleyElement } from './base.js';
import { NARROW } from '../lib/back-closes.js';
import {
  documentToCreate,
  documentToUpdate,
  emptyValues,
  FIELD_ORDER,
  FIELDS,
  isChanged,
  valuesOf,
} from '../lib/conversation-form.js';
import { differences, merged } from '../lib/conflict.js';
import { same } from '../lib/document.js';
import { sortFaults, withoutField } from '../lib/faults.js';
import { readChoice, readRecordTypes, recordSearch, recordWithCustomerUser } from '../lib/records.js';
import { conflictDialog } from '../parts/conflict.js';
import { alert } from '../parts/icons.js';
import { failure, failureText, loading, statusBadge, statusName } from '../parts/states.js';
import { conversationFormStyles } from '../styles/conversation-form.js';
import { dialogStyles } from '../styles/dialog.js';
import { tableStyles } from '../styles/table.js';

const WORKFLOW = 'conversation_flow';

const LABELS = {
  owner: 'fieldOwner',
  name: 'fieldName',
  status: 'fieldStatus',
  source: 'fieldSource',
  contexts: 'fieldContext',
  customerUser: 'fieldCustomerUser',
};

export class ParleyConversationForm extends ParleyElement {
  static properties = {
    returnUrl: { attribute: 'return-url' },
    state: { state: true }, // loading, ready, failed
    error: { state: true },
    values: { state: true },
    faults: { state: true },
    workflowActive: { state: true },
    saving: { state: true },
    conflict: { state: true }, // {values, etag, way}: the newer version, and how one was saving; null: there is none
  };

  static styles = [...ParleyElement.styles, dialogStyles, tableStyles, conversationFormStyles];

  constructor() {
    super();
    this.state = 'loading';
    this.values = emptyValues();
    this.faults = { fields: {}, summary: [] };
    this.workflowActive = true;
    this.saving = '';
    this.conflict = null;
  }

  get editing() {
    return this.recordType === 'conversations' && Boolean(this.recordId);
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    const subject = `${this.recordType ?? ''}/${this.recordId ?? ''}`;
    if (subject === this.subject) return;
    this.subject = subject;
    const types = readRecordTypes(this.recordTypes);
    this.searchUsers = recordSearch(this.api, [{ type: 'users' }]);
    this.searchCustomerUsers = recordSearch(this.api, [{ type: 'customerusers' }]);
    this.searchRecords = types.length > 0 ? recordSearch(this.api, types) : null;
    this.load();
  }

  // --- loading

  async load() {
    this.state = 'loading';
    try {
      const [values, workflowActive] = await Promise.all([
        this.editing ? this.readConversation() : this.prefill(),
        this.readWorkflow(),
      ]);
      this.values = values;
      this.workflowActive = workflowActive;
      this.state = 'ready';
    } catch (error) {
      this.error = error;
      this.state = 'failed';
    }
  }

  async readConversation() {
    const { data, etag } = await this.api.get(`conversations/${this.recordId}`);
    this.begin(valuesOf(data), etag);
    return this.loaded;
  }

  // The version that changes are changes of.
  begin(values, etag) {
    this.loaded = values;
    this.etag = etag;
  }

  // About a record that cannot be read nothing is begun: that takes the place of the form.
  async prefill() {
    const values = emptyValues();
    const owner =
      this.actorType === 'users' && this.actorId ? readChoice(this.api, { type: 'users', id: this.actorId }) : null;
    if (this.recordType && this.recordId && this.recordType !== 'conversations') {
      const { record, customerUser } = await recordWithCustomerUser(this.api, this.recordType, this.recordId);
      values.source = record;
      values.contexts = [record];
      values.customerUser = customerUser;
    }
    values.owner = await owner;
    return values;
  }

  // Where the workflow may not be read, the status is left to the server.
  async readWorkflow() {
    try {
      const { data } = await this.api.get(`workflows/${WORKFLOW}`);
      return data?.attributes?.active !== false;
    } catch {
      return true;
    }
  }

  // --- saving

  set(field, value) {
    this.values = { ...this.values, [field]: value };
    this.faults = withoutField(this.faults, field);
  }

  // A source that is chosen brings itself along as a context, as long as nobody chose otherwise.
  setSource(source) {
    const { contexts, source: old } = this.values;
    const others = old ? contexts.filter((one) => !same(one, old)) : contexts;
    const known = source && others.some((one) => same(one, source));
    this.set('source', source);
    this.set('contexts', this.editing ? contexts : source && !known ? [...others, source] : others);
  }

  save(event, way) {
    event.preventDefault();
    return this.store(way);
  }

  // way: 'close' leads to where one came from, 'stay' to the page of the conversation.
  async store(way) {
    if (this.saving) return;
    this.saving = way;
    this.faults = { fields: {}, summary: [] };
    try {
      const id = this.editing ? await this.saveChanges() : await this.saveNew();
      const view = this.recordUrl({ type: 'conversations', id });
      this.changed('conversations', id);
      // The page of a new one begins with its first message, as the action "Add Message" of a row does. On a phone that would
      // scroll what says that it was saved out of sight.
      const narrow = window.matchMedia(NARROW).matches;
      const page = view && !this.editing && !narrow ? `${view}#add-message` : view;
      this.navigate(way === 'close' ? this.returnUrl || view : page || this.returnUrl, this.t('conversationSaved'));
    } catch (error) {
      if (error.kind === 'conflict' && this.editing) await this.meetConflict(way);
      else await this.show(error);
    } finally {
      this.saving = '';
    }
  }

  async saveNew() {
    const document = documentToCreate(this.values, { statusIsFree: !this.workflowActive });
    const { data } = await this.api.post('conversations', document, { key: this.keyFor(document) });
    return data.id;
  }

  // The same input sent again after a failure is the same request; another input is another one.
  keyFor(document) {
    const text = JSON.stringify(document);
    if (text !== this.keyText) {
      this.keyText = text;
      this.key = crypto.randomUUID();
    }
    return this.key;
  }

  async saveChanges() {
    const document = documentToUpdate(this.recordId, this.loaded, this.values, { statusIsFree: !this.workflowActive });
    if (isChanged(document)) await this.api.patch(`conversations/${this.recordId}`, document, { etag: this.etag });
    return this.recordId;
  }

  async show(error) {
    const sorted = sortFaults(error.errors ?? [], FIELDS);
    const nothingSaid = sorted.summary.length === 0 && Object.keys(sorted.fields).length === 0;
    if (nothingSaid || error.retryable) sorted.summary = [failureText(this.t, error)];
    // The workflow may have been switched meanwhile, and the status with it.
    if (sorted.fields.status) await this.leaveStatus();
    this.faults = sorted;
    const first = FIELD_ORDER.find((field) => sorted.fields[field]);
    await this.focusOn(first ? `#${first}` : '.summary');
  }

  // While a workflow directs the status, what was chosen is not shown as if it were so.
  async leaveStatus() {
    this.workflowActive = await this.readWorkflow();
    if (this.workflowActive) this.set('status', (this.editing ? this.loaded : emptyValues()).status);
  }

  // --- a newer version

  async meetConflict(way) {
    try {
      const [{ data, etag }, workflowActive] = await Promise.all([
        this.api.get(`conversations/${this.recordId}`),
        this.readWorkflow(),
      ]);
      this.workflowActive = workflowActive;
      this.conflict = { values: valuesOf(data), etag, way };
      await this.updateComplete;
      this.renderRoot.querySelector('dialog').showModal();
    } catch (error) {
      await this.show(error);
    }
  }

  // Goes on from the newer version, with these values.
  settle(values) {
    this.begin(this.conflict.values, this.conflict.etag);
    this.values = values;
    this.renderRoot.querySelector('dialog').close();
    this.conflict = null;
  }

  get bothTogether() {
    return merged(this.loaded, this.values, this.conflict.values);
  }

  saveMine() {
    const { way } = this.conflict;
    this.settle(this.bothTogether);
    return this.store(way);
  }

  renderConflict() {
    const { t, loaded, values, conflict } = this;
    const rows = differences(loaded, values, conflict.values).map(({ field, mine }) => ({
      label: t(LABELS[field]),
      mine: mine ? this.textOf(field, values) : null,
      theirs: this.textOf(field, conflict.values),
    }));
    return conflictDialog(t, rows, {
      save: () => this.saveMine(),
      take: () => this.settle(conflict.values),
      edit: () => this.settle(this.bothTogether),
    });
  }

  textOf(field, values) {
    const value = values[field];
    if (field === 'status') return statusName(this.t, value);
    if (field === 'name') return value;
    const titles = [value ?? []].flat().map(({ title }) => title);
    return titles.length > 0 ? titles.join(', ') : this.t('none');
  }

  // --- drawing

  fault(field) {
    return (this.faults.fields[field] ?? []).join(' ');
  }

  render() {
    if (this.state === 'loading') return loading(this.t);
    if (this.state === 'failed') return failure(this.t, this.error, () => this.load());
    const { t } = this;
    return html`
      <form aria-label=${t('formLabel')} @submit=${(event) => this.save(event, 'close')} novalidate>
        ${this.renderSummary()}
        ${this.renderChoice('owner', t('fieldOwner'), this.searchUsers)}
        ${this.renderName()}
        ${this.renderStatus()}
        ${this.renderSubjects()}
        ${this.renderChoice('customerUser', t('fieldCustomerUser'), this.searchCustomerUsers)}
        <div class="actions wide">
          <button class="primary" type="submit" aria-disabled=${this.saving !== ''}>${t('saveAndClose')}</button>
          <button type="button" aria-disabled=${this.saving !== ''} @click=${(event) => this.save(event, 'stay')}>
            ${t('save')}
          </button>
          <button type="button" class="quiet" @click=${this.cancel}>${t('cancel')}</button>
        </div>
      </form>
      ${this.conflict ? this.renderConflict() : nothing}
    `;
  }

  // What it is about. Where the host offers nothing to search, there is nothing to choose, but what there is can be taken away.
  renderSubjects() {
    const { t, values } = this;
    if (!this.searchRecords && !values.source && values.contexts.length === 0) return nothing;
    const search = this.searchRecords ?? (async () => []);
    return html`
      ${this.renderChoice('source', t('fieldSource'), search, (value) => this.setSource(value))}
      <parley-search-select
        id="contexts"
        multiple
        .settings=${this.handedOn}
        .label=${t('fieldContext')}
        .search=${search}
        .value=${values.contexts}
        .fault=${this.fault('contexts')}
        @change=${(event) => this.set('contexts', event.detail.value)}
      ></parley-search-select>
    `;
  }

  cancel() {
    if (this.returnUrl) this.navigate(this.returnUrl);
    else window.history.back();
  }

  renderSummary() {
    const { summary, fields } = this.faults;
    if (summary.length === 0 && Object.keys(fields).length === 0) return nothing;
    const lines = summary.length > 0 ? summary : [this.t('errorSummary')];
    return html`
      <div class="notice error summary wide" role="alert" tabindex="-1">
        ${alert}
        <ul>
          ${lines.map((line) => html`<li>${line}</li>`)}
        </ul>
      </div>
    `;
  }

  renderChoice(field, label, search, set = (value) => this.set(field, value)) {
    return html`
      <parley-search-select
        id=${field}
        .settings=${this.handedOn}
        .label=${label}
        .search=${search}
        .value=${this.values[field] ? [this.values[field]] : []}
        .fault=${this.fault(field)}
        @change=${(event) => set(event.detail.value[0] ?? null)}
      ></parley-search-select>
    `;
  }

  renderName() {
    const fault = this.fault('name');
    const hint = !this.editing && !fault && (this.searchRecords || this.values.source);
    const described = fault ? 'name-fault' : hint ? 'name-hint' : '';
    return html`
      <div class="field">
        <label for="name">${this.t('fieldName')}</label>
        <input
          id="name"
          type="text"
          .value=${this.values.name}
          aria-invalid=${fault ? 'true' : nothing}
          aria-describedby=${described || nothing}
          @input=${(event) => this.set('name', event.target.value)}
        />
        ${fault ? html`<p class="fault" id="name-fault">${alert}<span>${fault}</span></p>` : nothing}
        ${hint ? html`<span class="hint" id="name-hint">${this.t('hintName')}</span>` : nothing}
      </div>
    `;
  }

  renderStatus() {
    const { t } = this;
    const fault = this.fault('status');
    if (this.workflowActive) {
      return html`
        <div class="field">
          <label for="status">${t('fieldStatus')}</label>
          <output class="fixed" id="status" tabindex=${fault ? '-1' : nothing}
            >${statusBadge(t, this.values.status)}</output
          >
          ${fault ? html`<p class="fault">${alert}<span>${fault}</span></p>` : nothing}
        </div>
      `;
    }
    const choices = this.editing ? ['active', 'inactive', 'closed'] : ['active', 'inactive'];
    return html`
      <div class="field">
        <label for="status">${t('fieldStatus')}</label>
        <select
          id="status"
          aria-invalid=${fault ? 'true' : nothing}
          aria-describedby=${fault ? 'status-fault' : nothing}
          @change=${(event) => this.set('status', event.target.value)}
        >
          ${choices.map(
            (id) => html`<option value=${id} ?selected=${id === this.values.status}>${statusName(t, id)}</option>`,
          )}
        </select>
        ${fault ? html`<p class="fault" id="status-fault">${alert}<span>${fault}</span></p>` : nothing}
      </div>
    `;
  }
}
