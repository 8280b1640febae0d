// <parley-activity-panel>: the conversations of a record, in its Activity section.
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ParleyElement } from './base.js';
import { pageOfLink } from '../lib/api.js';
import { relatedId } from '../lib/document.js';
import { performTransition, readTransitions } from '../lib/transitions.js';
import { chevronRight } from '../parts/icons.js';
import { empty, failure, failureText, loading, notice, statusBadge, statusName } from '../parts/states.js';
import { activityPanelStyles } from '../styles/activity-panel.js';

const PAGE_SIZE = 10;
const MESSAGES = 5;
const PANEL = 'conversations';

export class ParleyActivityPanel extends ParleyElement {
  static properties = {
    state: { state: true }, // loading, ready, failed
    error: { state: true },
    conversations: { state: true },
    next: { state: true },
    more: { state: true }, // '', loading, or what failed
    open: { state: true },
    transitions: { state: true },
    problems: { state: true },
    busy: { state: true },
  };

  static styles = [...ParleyElement.styles, activityPanelStyles];

  constructor() {
    super();
    this.state = 'loading';
    this.conversations = [];
    this.next = null;
    this.more = '';
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
      this.load();
    }
  }

  page(page) {
    const path = `activity/${encodeURIComponent(this.recordType)}/${encodeURIComponent(this.recordId)}`;
    return this.api.get(path, { filter: { panel: PANEL }, page: { size: PAGE_SIZE, ...page } });
  }

  async load() {
    const { subject } = this;
    this.state = 'loading';
    try {
      const { data, links } = await this.page();
      if (subject !== this.subject) return;
      this.conversations = data;
      this.next = pageOfLink(links.next);
      this.state = 'ready';
    } catch (error) {
      if (subject !== this.subject) return;
      this.error = error;
      this.state = 'failed';
    }
  }

  async loadMore() {
    if (this.more === 'loading') return;
    this.more = 'loading';
    try {
      const { data, links } = await this.page(this.next);
      const known = new Set(this.conversations.map(({ id }) => id));
      // New activity moves a conversation to the first page: it is not shown twice.
      const added = data.filter(({ id }) => !known.has(id));
      this.conversations = [...this.conversations, ...added];
      this.next = pageOfLink(links.next);
      this.more = '';
      if (added.length > 0) this.focusOn(`#head-${added[0].id}`);
    } catch (error) {
      this.more = failureText(this.t, error);
    }
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
      this.take((await this.api.get(`conversations/${id}`)).data);
    } catch {
      // What is shown stays.
    }
  }

  take(conversation) {
    this.conversations = this.conversations.map((one) => (one.id === conversation.id ? conversation : one));
  }

  async perform({ id }, { name }) {
    if (this.busy) return;
    this.busy = id;
    this.problems = { ...this.problems, [id]: '' };
    try {
      const data = await performTransition(this.api, id, name);
      this.take(data);
      this.changed('conversations', id);
      this.announce(this.t('statusChanged', { status: statusName(this.t, relatedId(data, 'status')) }));
      this.renderRoot.querySelector(`#body-${id} parley-thread`)?.refresh();
    } catch (error) {
      this.problems = { ...this.problems, [id]: failureText(this.t, error) };
      await this.readOne(id);
    } finally {
      this.busy = '';
    }
    await this.readTransitions(id);
    await this.focusOn(`#head-${id}`);
  }

  onRead({ detail }) {
    const conversation = this.conversations.find(({ id }) => id === detail.id);
    if (conversation) {
      this.take({ ...conversation, attributes: { ...conversation.attributes, unread: false } });
    }
  }

  // --- drawing

  render() {
    if (this.state === 'loading') return loading(this.t);
    if (this.state === 'failed') return failure(this.t, this.error, () => this.load());
    if (this.conversations.length === 0) return empty(this.t('noConversations'));
    return html`
      <p class="visually-hidden" role="status">${this.announcement}</p>
      <ul class="items" aria-label=${this.t('panelLabel')}>
        ${repeat(
          this.conversations,
          ({ id }) => id,
          (conversation) => this.renderItem(conversation),
        )}
      </ul>
      ${this.next ? this.renderMore() : nothing}
    `;
  }

  renderMore() {
    const failed = this.more !== '' && this.more !== 'loading';
    return html`
      <div class="more">
        ${failed ? notice(this.more) : nothing}
        <button type="button" aria-disabled=${this.more === 'loading'} @click=${this.loadMore}>
          ${this.t(failed ? 'retry' : 'loadMore')}
        </button>
      </div>
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
