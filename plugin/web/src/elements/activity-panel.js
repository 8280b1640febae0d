// <parley-activity-panel>: the conversations of a record, in its Activity section.
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ParleyElement } from './base.js';
import { ConversationList, asRead } from '../lib/conversation-list.js';
import { DayChange } from '../lib/day-change.js';
import { startOfDay } from '../lib/days.js';
import { related, relatedId, same } from '../lib/document.js';
import { performTransition, readTransitions } from '../lib/transitions.js';
import { chevronRight } from '../parts/icons.js';
import { empty, failure, failureText, loading, moreButton, notice, statusBadge, statusName } from '../parts/states.js';
import { activityPanelStyles } from '../styles/activity-panel.js';

const PAGE_SIZE = 10;
const MESSAGES = 5;
const PANEL = 'conversations';
const NO_FILTERS = { status: '', from: '', to: '' };
const STATUSES = ['active', 'inactive', 'closed'];

export class ParleyActivityPanel extends ParleyElement {
  static properties = {
    open: { state: true },
    transitions: { state: true },
    problems: { state: true },
    busy: { state: true },
    filters: { state: true }, // {status, from, to}: an id, and days; '' where nothing is chosen
  };

  static styles = [...ParleyElement.styles, activityPanelStyles];

  constructor() {
    super();
    this.list = new ConversationList(this, (page) => this.page(page));
    this.dayChange = new DayChange(this);
    this.open = new Set();
    this.transitions = {};
    this.problems = {};
    this.busy = '';
    this.filters = NO_FILTERS;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('parley-all-read', this.onAllRead);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('parley-all-read', this.onAllRead);
  }

  onAllRead = () => this.list.readAll();

  willUpdate(changed) {
    super.willUpdate(changed);
    const subject = this.recordType && this.recordId ? `${this.recordType}/${this.recordId}` : '';
    if (subject && subject !== this.subject) {
      this.subject = subject;
      this.open = new Set();
      this.filters = NO_FILTERS;
      this.offersFilters = false;
      this.list.load();
    }
  }

  get filtered() {
    return Object.values(this.filters).some((value) => value !== '');
  }

  setFilters(filters) {
    this.filters = { ...this.filters, ...filters };
    this.open = new Set();
    this.list.load();
  }

  clearFilters() {
    this.setFilters(NO_FILTERS);
    this.focusOn('#filter-status');
  }

  page(page) {
    const path = `activity/${encodeURIComponent(this.recordType)}/${encodeURIComponent(this.recordId)}`;
    return this.api.get(path, { filter: { panel: PANEL, ...this.conditions() }, page: { size: PAGE_SIZE, ...page } });
  }

  // Days are those of the viewer, from the beginning of the first to the end of the last.
  conditions() {
    const { status, from, to } = this.filters;
    const { timeZone } = this.times;
    const updatedAt = {
      greaterOrEqual: startOfDay(from, timeZone) ?? undefined,
      less: startOfDay(to, timeZone, 1) ?? undefined,
    };
    return { status: status || undefined, updatedAt };
  }

  async loadMore() {
    const [first] = await this.list.loadMore();
    if (first) this.focusOn(`#head-${first.id}`);
  }

  toggle({ id }) {
    const open = new Set(this.open);
    if (!open.delete(id)) {
      open.add(id);
      this.readTransitions(id);
    }
    this.open = open;
  }

  // What cannot be reached stays as it was.
  async readTransitions(id) {
    const found = await readTransitions(this.api, id).catch(() => null);
    if (found) this.transitions = { ...this.transitions, [id]: found };
  }

  // Somebody else may have changed it: its state, and what can be done from there.
  async readAgain(id) {
    try {
      this.list.take((await this.api.get(`conversations/${id}`)).data);
      await this.readTransitions(id);
    } catch (error) {
      this.problems = { ...this.problems, [id]: error.kind === 'notFound' ? failureText(this.t, error) : '' };
    }
  }

  async readOne(id) {
    try {
      this.list.take((await this.api.get(`conversations/${id}`)).data);
    } catch {
      // What is shown stays.
    }
  }

  async perform({ id }, { name }) {
    if (this.busy) return;
    this.busy = id;
    this.problems = { ...this.problems, [id]: '' };
    try {
      const data = await performTransition(this.api, id, name);
      this.list.take(data);
      this.changed('conversations', id);
      this.say(this.t('statusChanged', { status: statusName(this.t, relatedId(data, 'status')) }));
    } catch (error) {
      this.problems = { ...this.problems, [id]: failureText(this.t, error) };
      await this.readOne(id);
    } finally {
      this.busy = '';
    }
    // The transition is a message of the thread, also where somebody else was faster.
    this.renderRoot.querySelector(`#body-${id} parley-thread`)?.catchUp();
    await this.readTransitions(id);
    await this.focusOn(`#head-${id}`);
  }

  // What was deleted goes, and so does one of which this record is no context any more.
  async onDone({ id }, { message, deleted = false }) {
    this.say(message);
    if (!deleted) await this.readOne(id);
    const record = { type: this.recordType, id: this.recordId };
    const stays = !deleted && (related(this.list.find(id), 'activityTargets') ?? []).some((one) => same(one, record));
    if (stays) {
      // Assignments and contexts are messages of the thread.
      this.renderRoot.querySelector(`#body-${id} parley-thread`)?.catchUp();
      await this.readTransitions(id);
      return;
    }
    const at = this.list.items.findIndex((one) => one.id === id);
    this.list.drop(id);
    const next = this.list.items[Math.min(at, this.list.items.length - 1)];
    await this.focusOn(next ? `#head-${next.id}` : '.state');
  }

  onRead({ detail }) {
    const conversation = this.list.find(detail.id);
    if (conversation) this.list.take(asRead(conversation));
  }

  // --- drawing

  render() {
    // Without conversations there is nothing to filter. Once there were some, the filters stay while others are loaded.
    if (this.list.items.length > 0) this.offersFilters = true;
    return html`
      <p class="visually-hidden" role="status">${this.announcement}</p>
      ${this.renderLogin()} ${this.offersFilters ? this.renderFilters() : nothing} ${this.renderList()}
    `;
  }

  renderFilters() {
    const { t, filters } = this;
    const day = (name, label) => html`
      <div class="field">
        <label for="filter-${name}">${label}</label>
        <input
          id="filter-${name}"
          type="date"
          .value=${filters[name]}
          @change=${(event) => this.setFilters({ [name]: event.target.value })}
        />
      </div>
    `;
    return html`
      <div class="filters" role="group" aria-label=${t('filters')}>
        <div class="field">
          <label for="filter-status">${t('fieldStatus')}</label>
          <select id="filter-status" @change=${(event) => this.setFilters({ status: event.target.value })}>
            <option value="" ?selected=${filters.status === ''}>${t('filterAll')}</option>
            ${STATUSES.map(
              (id) => html`<option value=${id} ?selected=${filters.status === id}>${statusName(t, id)}</option>`,
            )}
          </select>
        </div>
        ${day('from', t('filterFrom'))} ${day('to', t('filterTo'))}
        ${this.filtered
          ? html`<button type="button" class="quiet" @click=${this.clearFilters}>${t('filterClear')}</button>`
          : nothing}
      </div>
    `;
  }

  renderList() {
    const { list } = this;
    if (list.state === 'loading') return loading(this.t);
    if (list.state === 'failed') return failure(this.t, list.error, () => list.load());
    if (list.items.length === 0) return empty(this.t(this.filtered ? 'noMatches' : 'noConversations'));
    return html`
      <ul class="items" aria-label=${this.t('panelLabel')}>
        ${repeat(
          list.items,
          ({ id }) => id,
          (conversation) => this.renderItem(conversation),
        )}
      </ul>
      ${list.next ? moreButton(this.t, list, () => this.loadMore()) : nothing}
    `;
  }

  renderItem(conversation) {
    const { t, times } = this;
    const { id, attributes, meta = {} } = conversation;
    const isOpen = this.open.has(id);
    const at = attributes.lastMessageAt ?? attributes.createdAt;
    return html`
      <li class=${attributes.unread ? 'unread' : ''}>
        <h3>
          <button
            type="button"
            class="head"
            id="head-${id}"
            aria-expanded=${isOpen ? 'true' : 'false'}
            aria-controls="body-${id}"
            @click=${() => this.toggle(conversation)}
          >
            ${chevronRight}
            <span class="name"
              >${attributes.name}${attributes.unread
                ? html`<span class="unread-dot"></span><span class="visually-hidden">${t('unread')}</span>`
                : nothing}</span
            >
            <span class="owner">${meta.labels?.owner ?? t('unassigned')}</span>
            <span class="status">${statusBadge(t, relatedId(conversation, 'status'))}</span>
            <time datetime=${at} title=${times.full(at)}>${times.brief(at)}</time>
          </button>
        </h3>
        <div class="body" id="body-${id}" ?hidden=${!isOpen}>${isOpen ? this.renderBody(conversation) : nothing}</div>
      </li>
    `;
  }

  renderBody(conversation) {
    const { id } = conversation;
    return html`
      <div class="tools">
        <parley-conversation-tools
          .settings=${this.handedOn}
          .conversation=${conversation}
          @done=${(event) => this.onDone(conversation, event.detail)}
        ></parley-conversation-tools>
        ${(this.transitions[id] ?? []).map(
          (transition) => html`
            <button
              type="button"
              class="small"
              aria-disabled=${this.busy !== ''}
              @click=${() => this.perform(conversation, transition)}
            >
              ${transition.label}
            </button>
          `,
        )}
      </div>
      ${this.problems[id] ? html`<div class="problem">${notice(this.problems[id])}</div>` : nothing}
      <parley-thread
        windowed
        page-size=${MESSAGES}
        .settings=${this.handedOn}
        .conversation=${conversation}
        @parley-changed=${() => this.readOne(id)}
        @parley-read=${this.onRead}
        @refreshed=${() => this.readAgain(id)}
        @stale=${() => this.readAgain(id)}
      ></parley-thread>
    `;
  }
}
