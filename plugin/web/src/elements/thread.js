// <parley-thread>: the messages of a conversation, and the composer.
//
// Two ways to walk: `windowed` shows one page at a time with Older and Newer (the Activity section), else older
// messages are put before those that are there, as one scrolls up. In the storefront what is new comes by itself; where
// one reads further up it waits at the end, and a button says how much it is.
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ParleyElement } from './base.js';
import { can, mayDo, related, relatedId, toOne } from '../lib/document.js';
import { sortFaults } from '../lib/faults.js';
import { badge } from '../lib/i18n.js';
import {
  entries,
  hasOlder,
  indexOf,
  isText,
  latestQuery,
  merge,
  newerQuery,
  newest,
  oldest,
  olderQuery,
  unreadQuery,
} from '../lib/messages.js';
import { Outbox } from '../lib/outbox.js';
import { Refresher } from '../lib/refresher.js';
import { arrowDown, lock } from '../parts/icons.js';
import { dayView, dividerView, messageView, outgoingView } from '../parts/message.js';
import { readMark, Reading } from '../parts/reading.js';
import { empty, failure, failureText, loading, notice } from '../parts/states.js';
import { systemToggle, walkBar } from '../parts/walk-bar.js';
import { threadStyles } from '../styles/thread.js';

const FIELDS = { body: 'body', sender: 'sender' };
const VIEWS = { day: dayView, divider: dividerView, message: messageView };
const AT_END = 48; // pixels from the end that still count as reading the newest
const AWAY = 240; // pixels from the end from where on there is a button that leads there
const DIVIDER_ROOM = 48; // pixels of what was read already, above the divider
const TEXT_ONLY = 'text-only'; // a preference
const COUNT_MOST = 99;
const NEAR_START = 120; // pixels from the start where older ones are fetched

export class ParleyThread extends ParleyElement {
  static properties = {
    // The conversation's document; without it, it is fetched by record-id.
    conversation: { attribute: false },
    windowed: { type: Boolean },
    pageSize: { type: Number, attribute: 'page-size' },
    // Offer "Ask New Question" where one cannot write; dispatches `ask-new`.
    offerNew: { attribute: false },
    messages: { state: true },
    state: { state: true }, // loading, ready, failed
    error: { state: true },
    walking: { state: true },
    walkError: { state: true },
    textOnly: { state: true }, // system messages are hidden
    atStart: { state: true }, // nothing is before what is held
    away: { state: true }, // what is shown is far from the end
    missed: { state: true }, // how many messages of others came meanwhile
    quiet: { state: true },
    outgoing: { state: true },
    faults: { state: true }, // of the composer: {body, sender}
  };

  static styles = [...ParleyElement.styles, threadStyles];

  constructor() {
    super();
    this.windowed = false;
    this.pageSize = 20;
    this.reading = new Reading(this);
    this.refresher = new Refresher(() => this.look());
    this.fitting = new ResizeObserver(() => this.stuck && this.scrollToEnd());
    this.reset();
  }

  reset() {
    this.messages = [];
    this.known = 0; // the highest index that was seen: what "Newer" leads to
    this.readUpTo = null;
    this.state = 'loading';
    this.error = null;
    this.walking = '';
    this.walkError = null;
    this.textOnly = false;
    this.atStart = false;
    this.away = false;
    this.missed = 0;
    this.stuck = false; // the end is in view, and stays there when the room changes
    this.quiet = true;
    this.outgoing = [];
    this.faults = {};
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.follow();
  }

  firstUpdated() {
    this.follow();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.reading.stop();
    this.refresher.stop();
    this.fitting.disconnect();
  }

  // In the back office, "Refresh" does that.
  follow() {
    if (!this.windowed && !this.backOffice) this.refresher.start();
  }

  // Observed already, or another one since a failure was shown.
  updated(changed) {
    super.updated(changed);
    const log = this.renderRoot.querySelector('.log');
    if (log && !this.windowed) this.fitting.observe(log);
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('conversation') && this.conversation) this.recordId = this.conversation.id;
    if (this.recordId && this.recordId !== this.openId) {
      this.openId = this.recordId;
      this.reset();
      this.textOnly = this.preferences.read(TEXT_ONLY) === true;
      this.openOutbox();
      this.load();
    } else if (changed.has('conversation') && this.refresher.running && this.isBehind) {
      // Whoever shows the conversation heard of something new first.
      this.readNew(this.openId).catch(() => {});
    }
  }

  openOutbox() {
    const id = this.recordId;
    const name = `outbox:${id}`;
    this.outbox = new Outbox({
      send: (item) => this.send(id, item),
      arrived: (message) => id === this.openId && this.arrived(message),
      changed: () => id === this.openId && this.showOutgoing(),
      store: {
        read: () => this.drafts.read(name),
        write: (items) => (items.length > 0 ? this.drafts.write(name, items) : this.drafts.remove(name)),
      },
    });
    this.outgoing = this.outbox.items;
  }

  // Why a message was not sent takes more room than that it is on its way.
  showOutgoing() {
    const reading = this.isAtEnd();
    this.outgoing = this.outbox.items;
    this.settle();
    if (reading) this.updateComplete.then(() => this.scrollToEnd());
  }

  // --- loading and walking

  walked(conversation) {
    return { conversation, size: this.pageSize, textOnly: this.textOnly };
  }

  async load() {
    const id = this.recordId;
    this.state = 'loading';
    try {
      if (this.conversation?.id !== id) {
        const { data } = await this.api.get(`conversations/${id}`);
        if (id !== this.openId) return;
        this.conversation = data;
      }
      const asOf = this.version;
      const [{ data }] = await Promise.all([
        this.api.get('conversationmessages', latestQuery(this.walked(id))),
        this.findDivider(id),
      ]);
      const unread = unreadQuery(this.walked(id), this.readUpTo, oldest(merge([], data)));
      const more = unread ? (await this.api.get('conversationmessages', unread)).data : [];
      if (id !== this.openId) return;
      this.begin(data);
      this.messages = merge(this.messages, more);
      this.asOf = asOf;
      this.settle();
      this.state = 'ready';
      await this.updateComplete;
      this.scrollToStart();
      this.speakAgain();
      this.watchNewest();
      if (this.composerAwaited) this.focusComposer();
    } catch (error) {
      if (id === this.openId) this.fail(error);
    }
  }

  // The latest page.
  begin(page) {
    this.messages = merge([], page);
    this.known = newest(this.messages) ?? 0;
    this.atStart = page.length < this.pageSize;
  }

  async findDivider(id) {
    // Also where it counted as read: what a list knew of it may be some seconds old.
    if (this.windowed) return;
    const mark = await readMark(this.api, id);
    if (id === this.openId) this.readUpTo = mark;
  }

  // --- following

  // Changes with every message and transition that one may see. The time alone does not: clocks step back, and differ.
  get version() {
    const { updatedAt, messagesNumber } = this.conversation?.attributes ?? {};
    const [status, last] = ['status', 'lastMessage'].map((name) => relatedId(this.conversation, name));
    return [updatedAt, messagesNumber, status, last].join(' ');
  }

  // Something happened since the messages were read.
  get isBehind() {
    return this.state === 'ready' && this.version !== this.asOf;
  }

  // The conversation alone says whether something happened; messages are fetched where it did.
  async look() {
    const id = this.openId;
    // What could not be reached is tried again, as the list is.
    if (this.state === 'failed' && this.error?.retryable) {
      await this.load();
      if (id === this.openId && this.state === 'failed') throw this.error;
      return;
    }
    if (!id || this.state !== 'ready' || this.walking) return;
    try {
      const before = this.conversation;
      const { data } = await this.api.get(`conversations/${id}`);
      // What was asked before something newer was given would undo that.
      if (id !== this.openId || before !== this.conversation) return;
      if (JSON.stringify(data) !== JSON.stringify(this.conversation)) this.showConversation(data);
      if (this.isBehind) await this.readNew(id);
    } catch (error) {
      // Deleted, or one's right to see it was taken back.
      if (id === this.openId && error.kind === 'notFound') this.fail(error);
      throw error;
    }
  }

  fail(error) {
    this.error = error;
    this.state = 'failed';
  }

  // The box goes when somebody closes the conversation, the button to older messages with the last of them.
  inPlaceOf(gone) {
    const box = gone.matches('parley-composer') ? this.renderRoot.querySelector('.silent button') : null;
    return box ?? this.renderRoot.querySelector('.log');
  }

  // Whoever gave it should show it, too.
  showConversation(conversation) {
    this.conversation = conversation;
    this.dispatchEvent(new CustomEvent('stale', { detail: { conversation } }));
  }

  // What stands among the messages did arrive, whatever was said about it.
  settle() {
    this.outbox.settle(this.arrivedIds);
  }

  get arrivedIds() {
    return new Set(this.messages.map(({ attributes }) => attributes.clientId).filter(Boolean));
  }

  // --- walking

  // One walk at a time. What fails says so beside the buttons, and what is shown stays.
  async walk(name, action) {
    if (this.walking) return;
    const id = this.openId;
    this.walking = name;
    this.walkError = null;
    try {
      await action(id);
    } catch (error) {
      if (id === this.openId) this.walkError = { error, again: () => this.walk(name, action) };
    } finally {
      this.walking = '';
    }
  }

  older() {
    return this.walk('older', async (id) => {
      const { data } = await this.api.get('conversationmessages', olderQuery(this.walked(id), oldest(this.messages)));
      if (id !== this.openId) return;
      await this.silence();
      const log = this.renderRoot.querySelector('.log');
      const fromEnd = log.scrollHeight - log.scrollTop;
      this.atStart = data.length < this.pageSize; // takes the button away that stands above
      if (data.length > 0) this.messages = this.windowed ? merge([], data) : merge(this.messages, data);
      await this.updateComplete;
      // What was being read stays where it is.
      log.scrollTop = this.windowed ? 0 : log.scrollHeight - fromEnd;
      this.speakAgain();
    });
  }

  newer() {
    return this.walk('newer', async (id) => {
      const { data } = await this.api.get('conversationmessages', newerQuery(this.walked(id), newest(this.messages)));
      if (id !== this.openId || data.length === 0) return;
      await this.silence();
      this.messages = merge([], data);
      this.atStart = false;
      this.known = Math.max(this.known, newest(this.messages));
      await this.updateComplete;
      this.speakAgain();
      this.watchNewest();
    });
  }

  refresh() {
    return this.walk('refresh', async (id) => {
      await this.readNew(id);
      this.announce(this.t('refreshed'));
      this.dispatchEvent(new CustomEvent('refreshed'));
    });
  }

  // After something was done here: transitions, assignments and contexts are messages of the thread.
  catchUp() {
    return this.walk('refresh', (id) => this.readNew(id));
  }

  // What is new: to the end of what there is.
  readNew(id) {
    return this.windowed ? this.jumpToLatest(id) : this.fill(id);
  }

  async jumpToLatest(id) {
    const { data } = await this.api.get('conversationmessages', latestQuery(this.walked(id)));
    if (id !== this.openId) return;
    this.begin(data);
    await this.updateComplete;
    this.watchNewest();
  }

  // Everything after what is held, page by page, so that no message is left out however many came.
  async fill(id) {
    const asOf = this.version;
    for (;;) {
      const after = newest(this.messages) ?? 0;
      const { data } = await this.api.get('conversationmessages', newerQuery(this.walked(id), after));
      if (id !== this.openId) return;
      await this.append(data);
      if (data.length < this.pageSize) break;
    }
    this.asOf = asOf;
    this.watchNewest();
  }

  // At the end one goes along; further up what is being read stays where it is.
  async append(page) {
    const reading = this.isAtEnd();
    const held = newest(this.messages) ?? 0;
    const news = page.filter((message) => indexOf(message) > held && isText(message) && !message.attributes.isMine);
    this.messages = merge(this.messages, page);
    this.known = Math.max(this.known, newest(this.messages) ?? 0);
    this.settle();
    if (!reading) this.missed += news.length;
    await this.updateComplete;
    if (reading) this.scrollToEnd();
  }

  // Shows or hides system messages, from the end of the thread; and so in every thread from now on.
  async showSystemMessages(shown) {
    this.textOnly = !shown;
    if (shown) this.preferences.remove(TEXT_ONLY);
    else this.preferences.write(TEXT_ONLY, true);
    await this.walk('system', async (id) => {
      await this.silence();
      await this.jumpToLatest(id);
      this.scrollToEnd();
      this.speakAgain();
    });
  }

  // Was marked as unread by hand: what is on the screen does not count as read again.
  leaveUnread() {
    this.reading.leave(this.openId, newest(this.messages));
  }

  // What is on the screen counts as read.
  watchNewest() {
    if (!this.isConnected || !this.conversation?.attributes?.unread || this.messages.length === 0) return;
    const last = [...this.renderRoot.querySelectorAll('.message, .system')].at(-1);
    if (last) this.reading.watch(last, this.openId, newest(this.messages));
  }

  // History must not be read aloud as if it were news.
  async silence() {
    this.quiet = true;
    await this.updateComplete;
  }

  speakAgain() {
    setTimeout(() => (this.quiet = false), 200);
  }

  isAtEnd() {
    const log = this.renderRoot.querySelector('.log');
    return !log || log.scrollHeight - log.scrollTop - log.clientHeight < AT_END;
  }

  scrollToEnd() {
    const log = this.renderRoot.querySelector('.log');
    if (!log) return;
    log.scrollTop = log.scrollHeight;
    this.noteScroll(log);
  }

  // By the button; the focus stays near what one came for.
  goToEnd() {
    this.scrollToEnd();
    this.renderRoot.querySelector('.log').focus({ preventScroll: true });
  }

  noteScroll(log) {
    this.lastTop = log.scrollTop;
    this.stuck = this.isAtEnd();
    this.away = log.scrollHeight - log.scrollTop - log.clientHeight > AWAY;
    if (this.stuck) this.missed = 0;
  }

  // Reading starts at what is unread, else at the end.
  scrollToStart() {
    this.scrollToEnd();
    const log = this.renderRoot.querySelector('.log');
    const divider = this.renderRoot.querySelector('.divider');
    if (!log || !divider) return;
    log.scrollTop = Math.min(log.scrollTop, divider.offsetTop - DIVIDER_ROOM);
    this.noteScroll(log);
  }

  onScroll({ target }) {
    const { scrollTop } = target;
    const upwards = scrollTop < (this.lastTop ?? scrollTop);
    this.noteScroll(target);
    if (upwards && scrollTop < NEAR_START && !this.walkError && this.canWalkOlder) this.older();
  }

  get canWalkOlder() {
    return this.state === 'ready' && !this.atStart && hasOlder(this.messages);
  }

  get canWalkNewer() {
    return this.state === 'ready' && this.known > (newest(this.messages) ?? 0);
  }

  // --- writing

  // It comes with the messages: until then it is waited for.
  async focusComposer() {
    const composer = this.renderRoot.querySelector('parley-composer');
    this.composerAwaited = !composer;
    await composer?.updateComplete;
    composer?.scrollIntoView({ block: 'nearest' });
    composer?.focus();
  }

  compose(event) {
    this.faults = {};
    const { body, ...how } = event.detail;
    this.outbox.add(body, how);
    this.updateComplete.then(() => this.scrollToEnd());
  }

  async send(conversation, item) {
    const { clientId, body, sender, visibility } = item;
    const attributes = { body, clientId, ...(visibility === 'internal' ? { visibility } : {}) };
    const relationships = { conversation: toOne({ type: 'conversations', id: conversation }) };
    if (sender) relationships.sender = toOne(sender);
    try {
      const { data } = await this.api.post(
        'conversationmessages',
        { data: { type: 'conversationmessages', attributes, relationships } },
        { key: clientId },
      );
      return data;
    } catch (error) {
      if (conversation === this.openId) this.notAccepted(error, item);
      throw error;
    }
  }

  notAccepted(error, item) {
    const { fields, summary } = sortFaults(error.errors ?? [], FIELDS);
    if (error.kind === 'invalid' || fields.sender) {
      // A fault of the text or of the sender: back to where it can be mended.
      const composer = this.renderRoot.querySelector('parley-composer');
      if (composer?.restore(item)) {
        const ofText = [...(fields.body ?? []), ...summary].join(' ');
        const ofSender = (fields.sender ?? []).join(' ');
        this.faults = { body: ofText || (ofSender ? '' : failureText(this.t, error)), sender: ofSender };
        setTimeout(() => this.outbox.discard(item.clientId));
      }
    } else if (!error.retryable) {
      // Closed meanwhile, perhaps: whoever shows the conversation should look again.
      this.reloadConversation();
    }
  }

  // The transition that closed it is a message of the thread, too.
  async reloadConversation() {
    const id = this.openId;
    try {
      this.showConversation((await this.api.get(`conversations/${id}`)).data);
      await this.readNew(id);
      // The box for messages may be gone, and the focus with it.
      await this.updateComplete;
      if (!this.renderRoot.activeElement) this.renderRoot.querySelector('.outgoing button')?.focus();
    } catch {
      // The failed message says what is the matter.
    }
  }

  async arrived(message) {
    const next = (newest(this.messages) ?? 0) + 1;
    if (indexOf(message) === next) {
      if (this.windowed && this.messages.length >= this.pageSize) this.atStart = false;
      this.messages = merge(this.windowed ? this.messages.slice(1 - this.pageSize) : this.messages, [message]);
      this.known = Math.max(this.known, indexOf(message));
    } else {
      await this.readNew(this.openId).catch(() => {});
    }
    this.changed('conversationmessages', message.id);
    if (this.backOffice) this.say(this.t('messageAdded'));
    await this.updateComplete;
    this.scrollToEnd();
  }

  // --- drawing

  render() {
    if (this.state === 'failed') return failure(this.t, this.error, () => this.load());
    return html`
      ${this.windowed || this.backOffice ? this.renderWalk() : this.renderToggle()}
      ${this.walkError ? this.renderWalkError() : nothing}
      <div
        class="log"
        role="log"
        tabindex="0"
        aria-label=${this.t('threadLabel')}
        aria-live=${this.quiet ? 'off' : 'polite'}
        aria-busy=${this.state === 'loading' ? 'true' : 'false'}
        @scroll=${this.windowed ? nothing : this.onScroll}
      >
        ${this.state === 'loading' ? loading(this.t) : this.renderMessages()}
      </div>
      ${this.windowed ? nothing : this.renderJump()}
      <div class="foot">
        <p class="visually-hidden" role="status">${this.announcement}</p>
        ${this.renderComposer()}
      </div>
    `;
  }

  renderWalk() {
    const busy = this.walking !== '' || this.state === 'loading';
    return walkBar(this.t, {
      older: { enabled: !busy && this.canWalkOlder, go: () => this.older() },
      newer: this.windowed ? { enabled: !busy && this.canWalkNewer, go: () => this.newer() } : null,
      system: this.system,
      refresh: { enabled: !busy, go: () => this.refresh() },
    });
  }

  get system() {
    return { shown: !this.textOnly, go: (shown) => this.showSystemMessages(shown) };
  }

  // Where nothing else stands above the messages: as soon as there is something to hide.
  renderToggle() {
    const any = this.textOnly || this.messages.some((message) => !isText(message));
    return any ? html`<div class="walk"><span class="grow"></span>${systemToggle(this.t, this.system)}</div>` : nothing;
  }

  renderJump() {
    const { t, missed } = this;
    if (this.state !== 'ready' || (!this.away && missed === 0)) return nothing;
    return html`
      <div class="jump">
        <button type="button" class="small" @click=${this.goToEnd}>
          ${arrowDown}<span>${t('jumpToLatest')}</span>
          ${missed > 0
            ? html`<span class="count" aria-hidden="true">${badge(missed, COUNT_MOST)}</span>
                <span class="visually-hidden">${t('newMessages', { count: missed })}</span>`
            : nothing}
        </button>
      </div>
    `;
  }

  renderWalkError() {
    const { error, again } = this.walkError;
    return html`
      <div class="walk-error">
        ${notice(
          failureText(this.t, error),
          html`<button type="button" class="small" @click=${again}>${this.t('retry')}</button>`,
        )}
      </div>
    `;
  }

  renderMessages() {
    const { t, times } = this;
    if (this.messages.length === 0 && this.outgoing.length === 0) return empty(t('noMessages'));
    const arrived = this.arrivedIds;
    const list = entries(this.messages, { dayKey: (iso) => times.dayKey(iso), readUpTo: this.readUpTo });
    return html`
      ${/* By the keyboard one scrolls: Tab on the way to the box must not lead to the top. */ nothing}
      ${!this.windowed && !this.backOffice && this.canWalkOlder
        ? html`<div class="older">
            <button
              type="button"
              class="small quiet"
              tabindex="-1"
              aria-disabled=${this.walking !== ''}
              @click=${() => this.walking === '' && this.older()}
            >
              ${t('older')}
            </button>
          </div>`
        : nothing}
      <ol>
        ${repeat(
          list,
          (entry) => entry.key,
          (entry) => VIEWS[entry.kind](entry, { t, times }),
        )}
        ${repeat(
          this.outgoing.filter(({ clientId }) => !arrived.has(clientId)),
          (item) => item.clientId,
          (item) =>
            outgoingView(item, {
              t,
              reason: item.error ? failureText(t, item.error) : '',
              retry: () => this.retry(item.clientId),
              discard: () => this.discard(item.clientId),
            }),
        )}
      </ol>
    `;
  }

  retry(clientId) {
    this.outbox.retry(clientId);
    this.focusComposer();
  }

  discard(clientId) {
    this.outbox.discard(clientId);
    this.focusComposer();
  }

  renderComposer() {
    if (!this.conversation || this.state === 'loading') return nothing;
    if (!mayDo(this.conversation, 'addMessage')) return this.renderWhyNot();
    return html`
      <parley-composer
        .settings=${this.handedOn}
        .draftName=${`message:${this.openId}`}
        .faults=${this.faults}
        .customer=${related(this.conversation, 'customer')}
        @compose=${this.compose}
      ></parley-composer>
    `;
  }

  // The words that were begun go along: here they cannot be sent.
  askNew() {
    const message = this.drafts.read(`message:${this.openId}`) ?? '';
    this.dispatchEvent(new CustomEvent('ask-new', { detail: { message } }));
  }

  renderWhyNot() {
    const fallback = { closed: 'closedLine', inactive: 'inactiveLine' }[relatedId(this.conversation, 'status')];
    return html`
      <div class="silent">
        ${lock}<span>${can(this.conversation, 'addMessage') || this.t(fallback ?? 'readOnlyLine')}</span>
        ${this.offerNew
          ? html`<button type="button" class="small" @click=${this.askNew}>
              ${this.t('askNewQuestion')}
            </button>`
          : nothing}
      </div>
    `;
  }
}
