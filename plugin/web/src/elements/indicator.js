// <parley-indicator>: how many conversations have unread messages, and the latest of them. For the top bar.
import { html, nothing } from 'lit';
import { ParleyElement } from './base.js';
import { DayChange } from '../lib/day-change.js';
import { Dropdown } from '../lib/dropdown.js';
import { badge } from '../lib/i18n.js';
import { Refresher } from '../lib/refresher.js';
import { conversationItem } from '../parts/conversation-item.js';
import { bubbles } from '../parts/icons.js';
import { failure, loading, notice, failureText } from '../parts/states.js';
import { dropdownList } from '../parts/dropdown-list.js';
import { conversationItemStyles } from '../styles/conversation-item.js';
import { dropdownStyles } from '../styles/dropdown.js';
import { indicatorStyles } from '../styles/indicator.js';

const BADGE_MOST = 99;
const CHANGES = ['parley-read', 'parley-unread']; // what other elements of the page say

export class ParleyIndicator extends ParleyElement {
  static properties = {
    count: { state: true },
    latest: { state: true }, // null until the list was read
    listOpen: { state: true },
    error: { state: true }, // of reading
    actionError: { state: true }, // of marking as read
    marking: { state: true },
  };

  static styles = [...ParleyElement.styles, conversationItemStyles, dropdownStyles, indicatorStyles];

  constructor() {
    super();
    this.count = 0;
    this.looks = 0;
    this.latest = null;
    this.listOpen = false;
    this.error = null;
    this.actionError = null;
    this.marking = false;
    this.refresher = new Refresher(() => this.look());
    this.dayChange = new DayChange(this);
    this.dropdown = new Dropdown(() => ({
      button: this.renderRoot.querySelector('.open'),
      list: this.renderRoot.querySelector('.list'),
    }));
    this.onRead = () => this.load();
  }

  connectedCallback() {
    super.connectedCallback();
    for (const name of CHANGES) document.addEventListener(name, this.onRead);
    this.refresher.start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const name of CHANGES) document.removeEventListener(name, this.onRead);
    this.refresher.stop();
    this.dropdown.open = false;
  }

  firstUpdated() {
    this.load();
  }

  // A failure leaves what was known: the bar is on every page, and none of them is about this.
  load() {
    return this.look().catch(() => {});
  }

  async look() {
    const look = ++this.looks;
    try {
      const { data, meta } = await this.api.get('conversations/unread');
      if (look !== this.looks) return; // somebody asked later
      this.latest = data;
      this.count = meta.count;
      this.error = null;
    } catch (error) {
      this.error = error;
      throw error;
    }
  }

  onToggle(event) {
    this.listOpen = event.newState === 'open';
    this.dropdown.open = this.listOpen;
    if (this.listOpen) this.load();
  }

  async markAllRead() {
    if (this.marking) return;
    this.marking = true;
    this.actionError = null;
    try {
      await this.api.post('conversations/mark-all-read');
      await this.load();
      this.say(this.t('allMarkedRead'));
      this.dispatchEvent(new CustomEvent('parley-all-read', { bubbles: true, composed: true }));
      await this.focusOn('#heading');
    } catch (error) {
      this.actionError = error;
    } finally {
      this.marking = false;
    }
  }

  // --- drawing

  render() {
    const { t, count } = this;
    const words = count > 0 ? t('unreadConversations', { count: badge(count, BADGE_MOST) }) : t('nothingUnread');
    return html`
      <p class="visually-hidden" role="status">${this.announcement}</p>
      <button
        type="button"
        class="open"
        popovertarget="list"
        title=${words}
        aria-label=${`${t('conversations')}: ${words}`}
        aria-expanded=${this.listOpen ? 'true' : 'false'}
        aria-controls="list"
      >
        ${bubbles}
        ${count > 0 ? html`<span class="count" aria-hidden="true">${badge(count, BADGE_MOST)}</span>` : nothing}
      </button>
      ${dropdownList(
        this.dropdown,
        this.onToggle,
        html`
          <div class="head">
            <h2 id="heading" tabindex="-1">${t('unreadHeading')}</h2>
            ${count > 0
              ? html`<button type="button" class="quiet" aria-disabled=${this.marking} @click=${this.markAllRead}>
                  ${t('markAllRead')}
                </button>`
              : nothing}
          </div>
          ${this.actionError ? notice(failureText(t, this.actionError)) : nothing}
          ${this.renderLogin()} ${this.renderLatest()}
        `,
      )}
    `;
  }

  renderLatest() {
    if (this.loginStale) return nothing;
    if (this.error) return failure(this.t, this.error, () => this.load());
    if (this.latest === null) return loading(this.t);
    if (this.latest.length === 0) return html`<p class="nothing">${this.t('nothingUnread')}</p>`;
    return html`<ul aria-labelledby="heading">
      ${this.latest.map((conversation) => this.renderItem(conversation))}
    </ul>`;
  }

  renderItem(conversation) {
    return html`
      <li class="unread">
        <a class="item" href=${this.recordUrl(conversation)}>${conversationItem(conversation, this)}</a>
      </li>
    `;
  }
}
