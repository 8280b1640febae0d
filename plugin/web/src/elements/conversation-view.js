// <parley-conversation-view>: the page of a conversation in the back office.
import { html, nothing } from 'lit';
import { ParleyElement } from './base.js';
import { asRead } from '../lib/conversation-list.js';
import { keyOf, mayDo, related, relatedId, same } from '../lib/document.js';
import { readRecordTypes, recordSearch } from '../lib/records.js';
import { performTransition, readTransitions } from '../lib/transitions.js';
import { cross, plus } from '../parts/icons.js';
import { failure, failureText, loading, notice, statusBadge, statusName } from '../parts/states.js';
import { conversationViewStyles } from '../styles/conversation-view.js';

const TABS = ['chat', 'allMessages', 'history'];

// What the page begins with where its address ends with the name of an action of a row (PARLEY_PLACEMENT_ROW).
const BEGINNINGS = {
  '#add-message': (view) => mayDo(view.conversation, 'addMessage') && view.focusComposer(),
  '#add-context': (view) => mayDo(view.conversation, 'addContext') && view.openSearch(),
};

export class ParleyConversationView extends ParleyElement {
  static properties = {
    state: { state: true }, // loading, ready, failed
    error: { state: true },
    conversation: { state: true },
    transitions: { state: true },
    busy: { state: true },
    problem: { state: true },
    adding: { state: true },
    removed: { state: true }, // {context, title, at}: the context that was taken away last; null: there is none
    tab: { state: true }, // one of TABS
  };

  static styles = [...ParleyElement.styles, conversationViewStyles];

  constructor() {
    super();
    this.state = 'loading';
    this.transitions = [];
    this.reads = 0;
    this.busy = '';
    this.problem = '';
    this.adding = false;
    this.removed = null;
    this.tab = 'chat';
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('hashchange', this.begin);
    document.addEventListener('parley-all-read', this.onRead);
  }

  disconnectedCallback() {
    window.removeEventListener('hashchange', this.begin);
    document.removeEventListener('parley-all-read', this.onRead);
    super.disconnectedCallback();
  }

  begin = () => this.state === 'ready' && BEGINNINGS[window.location.hash]?.(this);

  onRead = () => this.conversation && (this.conversation = asRead(this.conversation));

  willUpdate(changed) {
    super.willUpdate(changed);
    if (this.recordId && this.recordId !== this.openId) {
      this.openId = this.recordId;
      const types = readRecordTypes(this.recordTypes);
      this.searchRecords = types.length > 0 ? recordSearch(this.api, types) : null;
      this.load();
    }
  }

  async load() {
    this.state = 'loading';
    try {
      await this.read();
      this.state = 'ready';
      this.begin();
    } catch (error) {
      this.error = error;
      this.state = 'failed';
    }
  }

  async read() {
    const id = this.recordId;
    const read = ++this.reads;
    const [{ data }, transitions] = await Promise.all([
      this.api.get(`conversations/${id}`),
      readTransitions(this.api, id),
    ]);
    if (read !== this.reads) return; // it was asked again since: this may be older
    this.conversation = data;
    this.transitions = transitions;
  }

  // Where it is gone meanwhile, or not for this viewer any more, that is said; what cannot be reached stays as it was.
  async readAgain() {
    try {
      await this.read();
    } catch (error) {
      if (error.kind !== 'notFound' && error.kind !== 'forbidden') return;
      this.error = error;
      this.state = 'failed';
    }
  }

  // An action of this page: one at a time, a failure is said at the top and the page shows what is true now.
  async act(name, action) {
    if (this.busy) return;
    this.busy = name;
    this.problem = '';
    this.removed = null;
    try {
      await action();
      this.changed('conversations', this.recordId);
    } catch (error) {
      this.problem = failureText(this.t, error);
    } finally {
      this.busy = '';
    }
    await this.read().catch(() => {});
  }

  perform({ name }) {
    return this.act(name, async () => {
      const data = await performTransition(this.api, this.recordId, name);
      this.say(this.t('statusChanged', { status: statusName(this.t, relatedId(data, 'status')) }));
    }).then(async () => {
      // The transition is a message of the thread, also where somebody else was faster.
      this.renderRoot.querySelector('parley-thread')?.catchUp();
      await this.keepFocus();
    });
  }

  // The button that was used may be gone, and the focus with it.
  async keepFocus() {
    await this.updateComplete;
    if (!this.renderRoot.activeElement) await this.focusOn('header .actions button');
  }

  // Nothing is unread for one who takes no part.
  get mayMarkUnread() {
    const { messagesNumber, unread, mine } = this.conversation.attributes;
    return messagesNumber > 0 && !unread && mine;
  }

  markUnread() {
    return this.act('unread', async () => {
      await this.api.post(`conversations/${this.recordId}/mark-unread`);
      this.renderRoot.querySelector('parley-thread')?.leaveUnread();
      this.dispatchEvent(new CustomEvent('parley-unread', { bubbles: true, composed: true, detail: { id: this.recordId } }));
      this.say(this.t('markedUnread'));
    }).then(() => this.keepFocus());
  }

  changeContexts(action) {
    return this.act('context', () => action(`conversations/${this.recordId}/relationships/activityTargets`)).then(() =>
      this.renderRoot.querySelector('parley-thread')?.catchUp(),
    );
  }

  async addContext({ type, id }) {
    this.adding = false;
    await this.changeContexts(async (path) => {
      await this.api.post(path, { data: [{ type, id }] });
      this.say(this.t('contextAdded'));
    });
    await this.focusOn('.add-context');
  }

  // Asked about it is not: the line that takes its place takes it back.
  async removeContext({ type, id }) {
    const contexts = related(this.conversation, 'activityTargets') ?? [];
    // Who may not see a record cannot add it again; nor where records of its type carry no conversations any more.
    const offered = readRecordTypes(this.recordTypes).some((one) => one.type === type);
    const mayUndo = offered && Boolean(this.pages.contexts?.[keyOf({ type, id })]);
    const removed = {
      context: { type, id },
      title: this.titleOf({ type, id }),
      at: contexts.findIndex((one) => same(one, { type, id })),
    };
    await this.changeContexts(async (path) => {
      await this.api.delete(path, { data: [{ type, id }] });
      this.removed = mayUndo ? removed : null;
      this.say(this.t('contextRemoved'));
    });
    await this.focusOn(this.removed ? '.undo' : '.add-context');
  }

  // --- drawing

  render() {
    if (this.state === 'loading') return loading(this.t);
    if (this.state === 'failed') return html`${this.renderLogin()}${failure(this.t, this.error, () => this.load())}`;
    return html`
      ${this.renderLogin()} ${this.renderHeader()}
      <p class="visually-hidden" role="status">${this.announcement}</p>
      ${this.problem ? html`<div class="problem">${notice(this.problem)}</div>` : nothing}
      <div class="page">
        <section class="card">
          ${this.renderTabs()}
          <div role="tabpanel" id="panel" aria-labelledby=${`tab-${this.tab}`}>${this.renderPanel()}</div>
        </section>
        <section class="card details" aria-labelledby="details">
          <h2 id="details">${this.t('details')}</h2>
          ${this.renderFacts()} ${this.renderContexts()}
        </section>
      </div>
    `;
  }

  renderTabs() {
    return html`
      <div class="tabs" role="tablist" aria-label=${this.t('threadLabel')} @keydown=${this.onTabKey}>
        ${TABS.map(
          (tab) => html`
            <button
              type="button"
              role="tab"
              id=${`tab-${tab}`}
              aria-controls="panel"
              aria-selected=${this.tab === tab ? 'true' : 'false'}
              tabindex=${this.tab === tab ? 0 : -1}
              @click=${() => (this.tab = tab)}
            >
              ${this.t(tab)}
            </button>
          `,
        )}
      </div>
    `;
  }

  // Tables are read anew each time, so that they show what has come meanwhile.
  renderPanel() {
    const { tab } = this;
    if (tab === 'allMessages') {
      return html`<parley-message-table
        .settings=${this.handedOn}
        .conversationId=${this.recordId}
      ></parley-message-table>`;
    }
    if (tab === 'history') {
      return html`<parley-history .settings=${this.handedOn} .conversationId=${this.recordId}></parley-history>`;
    }
    return html`<parley-thread
      .settings=${this.handedOn}
      .conversation=${this.conversation}
      @parley-changed=${() => this.read().catch(() => {})}
      @parley-read=${this.onRead}
      @refreshed=${this.readAgain}
      @stale=${() => this.read().catch(() => {})}
    ></parley-thread>`;
  }

  onTabKey(event) {
    const at = TABS.indexOf(this.tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.tab = TABS[(to + TABS.length) % TABS.length];
    this.focusOn(`#tab-${this.tab}`);
  }

  // Most hosts head their pages themselves; a second heading would say the name twice. What lies in the roots of elements
  // is not found here.
  get pageHasHeading() {
    return document.querySelector('h1') !== null;
  }

  renderHeader() {
    const { conversation, t } = this;
    return html`
      <header>
        <div class="heading">
          ${this.pageHasHeading ? nothing : html`<h1>${conversation.attributes.name}</h1>`}
          ${statusBadge(t, relatedId(conversation, 'status'))}
        </div>
        <div class="actions">
          ${this.mayMarkUnread
            ? html`<button type="button" class="quiet" aria-disabled=${this.busy !== ''} @click=${this.markUnread}>
                ${t('markUnread')}
              </button>`
            : nothing}
          ${this.transitions.map(
            (transition) => html`
              <button type="button" aria-disabled=${this.busy !== ''} @click=${() => this.perform(transition)}>
                ${transition.label}
              </button>
            `,
          )}
          ${mayDo(conversation, 'addMessage')
            ? html`<button class="primary" type="button" @click=${this.focusComposer}>${plus}${t('addMessage')}</button>`
            : nothing}
        </div>
      </header>
    `;
  }

  async focusComposer() {
    this.tab = 'chat';
    await this.updateComplete;
    await this.renderRoot.querySelector('parley-thread').updateComplete;
    this.renderRoot.querySelector('parley-thread').focusComposer();
  }

  // A link where the viewer may open the record, else its title.
  link(record, title, mayOpen) {
    const href = mayOpen ? this.recordUrl(record) : '';
    return href ? html`<a href=${href}>${title}</a>` : html`<span>${title}</span>`;
  }

  get pages() {
    return this.conversation.meta?.pages ?? {};
  }

  renderFacts() {
    const { conversation, t, times } = this;
    const { labels = {} } = conversation.meta ?? {};
    const { createdAt, updatedAt } = conversation.attributes;
    const record = (name) => {
      const reference = related(conversation, name);
      return reference ? this.link(reference, labels[name] ?? reference.id, this.pages[name]) : null;
    };
    const moment = (iso) => (iso ? html`<time datetime=${iso}>${times.full(iso)}</time>` : null);
    const facts = [
      [t('fieldOwner'), record('owner') ?? t('unassigned')],
      [t('fieldSource'), record('source')],
      [t('fieldCustomer'), record('customer')],
      [t('fieldCustomerUser'), record('customerUser')],
      [t('fieldCreated'), moment(createdAt)],
      [t('fieldUpdated'), moment(updatedAt)],
    ];
    return html`
      <dl>
        ${facts.map(
          ([label, value]) => html`
            <div>
              <dt>${label}</dt>
              <dd>${value ?? html`<span class="muted">${t('none')}</span>`}</dd>
            </div>
          `,
        )}
      </dl>
    `;
  }

  renderContexts() {
    const { conversation, t } = this;
    const contexts = related(conversation, 'activityTargets') ?? [];
    const mayChange = mayDo(conversation, 'addContext');
    const rows = contexts.map((context) => this.renderContext(context, mayChange));
    if (this.removed) rows.splice(this.removed.at, 0, this.renderRemoved());
    return html`
      <div class="contexts">
        <h3>${t('fieldContexts')}</h3>
        ${rows.length === 0 ? html`<p class="muted">${t('noContexts')}</p>` : nothing}
        <ul class="contexts">
          ${rows}
        </ul>
        ${mayChange && this.searchRecords ? this.renderAddContext(contexts) : nothing}
      </div>
    `;
  }

  titleOf(context) {
    return this.conversation.meta?.labels?.contexts?.[keyOf(context)] ?? context.id;
  }

  renderRemoved() {
    const { context, title } = this.removed;
    return html`
      <li class="removed">
        <span id="removed">${this.t('contextRemovedLine', { title })}</span>
        <button type="button" class="small quiet undo" aria-describedby="removed" @click=${() => this.addContext(context)}>
          ${this.t('undo')}
        </button>
      </li>
    `;
  }

  renderContext(context, mayChange) {
    const title = this.titleOf(context);
    return html`
      <li>
        ${this.link(context, title, this.pages.contexts?.[keyOf(context)])}
        ${mayChange
          ? html`<button
              type="button"
              class="icon small"
              aria-label=${this.t('removeContext', { title })}
              @click=${() => this.removeContext(context)}
            >
              ${cross}
            </button>`
          : nothing}
      </li>
    `;
  }

  renderAddContext(contexts) {
    const { t } = this;
    if (!this.adding) {
      return html`
        <div>
          <button type="button" class="small add-context" @click=${this.openSearch}>${plus}${t('addContext')}</button>
        </div>
      `;
    }
    const search = async (text, signal) =>
      (await this.searchRecords(text, signal)).filter((choice) => !contexts.some((one) => same(one, choice)));
    return html`
      <parley-search-select
        .settings=${this.handedOn}
        .label=${t('addContext')}
        .search=${search}
        @change=${(event) => this.addContext(event.detail.value[0])}
        @keydown=${this.onSearchKey}
      ></parley-search-select>
    `;
  }

  openSearch() {
    if (!this.searchRecords) {
      this.problem = this.t('nothingToAdd');
      return;
    }
    this.adding = true;
    this.focusOn('parley-search-select');
  }

  // Escape that closes no list leaves the search.
  onSearchKey(event) {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    this.adding = false;
    this.focusOn('.add-context');
  }
}
