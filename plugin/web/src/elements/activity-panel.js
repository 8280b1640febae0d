// <parley-activity-panel>: the conversations of a record, in its Activity section.
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ParleyElement } from './base.js';
import { ConversationList, asRead } from '../lib/conversation-list.js';
import { relatedId } from '../lib/document.js';
import { performTransition, readTransitions } from '../lib/transitions.js';
import { chevronRight } from '../parts/icons.js';
import { empty, failure, failureText, loading, moreButton, notice, statusBadge, statusName } from '../parts/states.js';
import { activityPanelStyles } from '../styles/activity-panel.js';

const PAGE_SIZE = 10;
const MESSAGES = 5;
const PANEL = 'conversations';

export class ParleyActivityPanel extends ParleyElement {
  static properties = {
    open: { state: true },
    transitions: { state: true },
    problems: { state: true },
    busy: { state: true },
  };

  static styles = [...ParleyElement.styles, activityPanelStyles];

  constructor() {
    super();
    this.list = new ConversationList(this, (page) => this.page(page));
    this.open = new Set();
    this.transitions = {};
    this.problems = {};
    this.busy = '';
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    const subject = this.recordType && this.recordId ? `${this.recordType}/${this.recordId}` : '';
    if (subject && subject !== this.subject) {
      this.subject = subject;
      this.open = new Set();
      this.list.load();
    }
  }

  page(page) {
    const path = `activity/${encodeURIComponent(this.recordType)}/${encodeURIComponent(this.recordId)}`;
    return this.api.get(path, { filter: { panel: PANEL }, page: { size: PAGE_SIZE, ...page } });
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

  async readTransitions(id) {
    const found = await readTransitions(this.api, id);
    this.transitions = { ...this.transitions, [id]: found };
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
      this.announce(this.t('statusChanged', { status: statusName(this.t, relatedId(data, 'status')) }));
    } catch (error) {
      this.problems = { ...this.problems, [id]: failureText(this.t, error) };
      await this.readOne(id);
    } finally {
      this.busy = '';
    }
    // The transition is a message of the thread, also where somebody else was faster.
    this.renderRoot.querySelector(`#body-${id} parley-thread`)?.refresh();
    await this.readTransitions(id);
    await this.focusOn(`#head-${id}`);
  }

  onRead({ detail }) {
    const conversation = this.list.find(detail.id);
    if (conversation) this.list.take(asRead(conversation));
  }

  // --- drawing

  render() {
    const { list } = this;
    if (list.state === 'loading') return loading(this.t);
    if (list.state === 'failed') return failure(this.t, list.error, () => list.load());
    if (list.items.length === 0) return empty(this.t('noConversations'));
    return html`
      <p class="visually-hidden" role="status">${this.announcement}</p>
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
    const href = this.recordUrl(conversation);
    return html`
      <div class="tools">
        ${href ? html`<a class="button quiet small" href=${href}>${this.t('view')}</a>` : nothing}
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
        @refreshed=${() => this.readOne(id)}
        @stale=${() => this.readOne(id)}
      ></parley-thread>
    `;
  }
}
