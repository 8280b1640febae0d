// <parley-thread>: the messages of a conversation, and the composer.
//
// Two ways to walk: `windowed` shows one page at a time with Older and Newer (the Activity section), else older
// messages are put before those that are there, as one scrolls up. In the storefront what is new comes by itself; where
// one reads further up it waits at the end, and a button says how much it is.
//
// Here are the messages that are held, walking and following; where the view stands: parts/thread-view.js; writing:
// parts/thread-writing.js; what counts as read: parts/reading.js.
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ParleyElement } from './base.js';
import { DayChange } from '../lib/day-change.js';
import { relatedId } from '../lib/document.js';
import {
  entries,
  hasOlder,
  indexOf,
  isNews,
  latestQuery,
  merge,
  newerQuery,
  newest,
  oldest,
  olderQuery,
  unreadQuery,
} from '../lib/messages.js';
import { Refresher } from '../lib/refresher.js';
import { dayView, dividerView, messageView } from '../parts/message.js';
import { readMark, Reading } from '../parts/reading.js';
import { empty, failure, failureText, loading, notice } from '../parts/states.js';
import { ThreadView } from '../parts/thread-view.js';
import { ThreadWriting } from '../parts/thread-writing.js';
import { systemToggle, walkBar } from '../parts/walk-bar.js';
import { threadStyles } from '../styles/thread.js';

const VIEWS = { day: dayView, divider: dividerView, message: messageView };
const PATIENCE = 30_000; // milliseconds for a page of what is new
const TEXT_ONLY = 'text-only'; // a preference

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
    quiet: { state: true },
  };

  static styles = [...ParleyElement.styles, threadStyles];

  constructor() {
    super();
    this.windowed = false;
    this.pageSize = 20;
    this.reading = new Reading(this);
    this.dayChange = new DayChange(this);
    this.refresher = new Refresher(() => this.look());
    this.hides = 0; // how often the page went out of sight
    this.onHidden = () => {
      if (document.hidden) this.hides += 1;
    };
    this.view = new ThreadView(this, { nearStart: () => !this.walkError && this.canWalkOlder && this.older() });
    this.writing = new ThreadWriting(this, this.view);
    this.reset();
  }

  reset() {
    this.messages = [];
    this.known = 0; // the highest index that was seen: what "Newer" leads to
    this.readUpTo = null; // where the line stands between what was read and what was not; null: there is none
    this.looked = document.hidden ? -1 : this.hides; // as many hides there were when messages were last looked for
    this.state = 'loading';
    this.error = null;
    this.walking = '';
    this.walkError = null;
    this.textOnly = false;
    this.atStart = false;
    this.quiet = true;
    this.view.reset();
    this.writing.reset();
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.onHidden);
    if (this.hasUpdated) this.follow();
  }

  firstUpdated() {
    this.follow();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.onHidden);
    this.refresher.stop();
  }

  // In the back office, "Refresh" does that.
  follow() {
    if (!this.windowed && !this.backOffice) this.refresher.start();
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('conversation') && this.conversation) this.recordId = this.conversation.id;
    if (this.recordId && this.recordId !== this.openId) {
      this.openId = this.recordId;
      this.reset();
      this.textOnly = this.preferences.read(TEXT_ONLY) === true;
      this.writing.open(this.openId);
      this.load();
    } else if (changed.has('conversation') && this.refresher.running && this.isBehind) {
      // Whoever shows the conversation heard of something new first.
      this.readNew(this.openId).catch(() => {});
    }
  }

  // --- loading

  walked(conversation) {
    return { conversation, size: this.pageSize, textOnly: this.textOnly };
  }

  load() {
    this.loaded = this.loadNow();
    return this.loaded;
  }

  async loadNow() {
    const id = this.recordId;
    this.state = 'loading';
    try {
      if (this.conversation?.id !== id) {
        const { data } = await this.api.get(`conversations/${id}`);
        if (id !== this.openId) return;
        this.showConversation(data);
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
      // Over what comes while one reads along there is no line.
      if (!this.messages.some((message) => isNews(message, this.readUpTo))) this.readUpTo = null;
      this.asOf = asOf;
      this.writing.settle();
      this.state = 'ready';
      await this.updateComplete;
      this.view.toBeginning();
      this.speakAgain();
      this.watchNewest();
      if (this.writing.awaited) this.focusComposer();
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
    // What could not be reached is tried again, as the list is; what was not there may be there again.
    if (this.state === 'failed' && (this.error.retryable || this.error.kind === 'notFound')) {
      if (this.error.kind === 'notFound') {
        const { data } = await this.api.get(`conversations/${id}`);
        if (id !== this.openId) return;
        this.showConversation(data);
      }
      await this.load();
      if (id === this.openId && this.state === 'failed') throw this.error;
      return;
    }
    if (!id || this.state !== 'ready' || this.walking) return;
    try {
      const { conversation: before, hides } = this;
      const { data } = await this.api.get(`conversations/${id}`);
      // What was asked before something newer was given would undo that.
      if (id !== this.openId || before !== this.conversation) return;
      if (JSON.stringify(data) !== JSON.stringify(this.conversation)) this.showConversation(data);
      if (this.isBehind) await this.readNew(id);
      else this.watchNewest(); // that it was read may not have got through
      this.hasLooked(hides);
    } catch (error) {
      if (id === this.openId && error.kind === 'notFound') this.fail(error);
      throw error;
    }
  }

  fail(error) {
    this.error = error;
    this.state = 'failed';
    // Deleted, or one's right to see it was taken back.
    if (error.kind === 'notFound') this.tell('gone');
  }

  // Whoever shows it. What was closed meanwhile has nothing to say.
  tell(name, detail) {
    if (this.isConnected) this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  // The box may go, and the button to older messages with the last of them.
  inPlaceOf(gone) {
    return this.writing.inPlaceOf(gone) ?? this.view.log;
  }

  // Whoever gave it should show it, too.
  showConversation(conversation) {
    this.conversation = conversation;
    this.tell('stale', { conversation });
  }

  // --- walking

  // One walk at a time. What fails says so beside the buttons, and what is shown stays.
  walk(name, action) {
    if (!this.walking) this.lastWalk = this.walkNow(name, action);
    return this.lastWalk;
  }

  async walkNow(name, action) {
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
      const show = () => {
        this.atStart = data.length < this.pageSize; // takes the button away that stands above
        if (data.length > 0) this.messages = this.windowed ? merge([], data) : merge(this.messages, data);
      };
      await this.view.keep(show);
      if (this.windowed) this.view.log.scrollTop = 0;
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

  // One at a time. Several hear of the same thing: who asks for what is being read already gets that.
  fill(id) {
    const asked = `${id} ${this.version}`;
    if (this.filling?.asked === asked) return this.filling.done;
    const before = Promise.resolve(this.filling?.done).catch(() => {});
    const done = before.then(() => this.fillNow(id));
    const filling = { asked, done };
    this.filling = filling;
    const over = () => {
      if (this.filling === filling) this.filling = null;
    };
    done.then(over, over);
    return done;
  }

  // Everything after what is held, page by page, so that no message is left out however many came.
  async fillNow(id) {
    const asOf = this.version;
    for (;;) {
      if (id !== this.openId) return;
      const after = newest(this.messages) ?? 0;
      const { hides } = this;
      const signal = AbortSignal.timeout(PATIENCE); // others wait for it
      const { data } = await this.api.get('conversationmessages', newerQuery(this.walked(id), after), { signal });
      if (id !== this.openId) return;
      await this.append(data, hides);
      if (data.length < this.pageSize) break;
    }
    this.asOf = asOf;
    this.watchNewest();
  }

  // hides: as many as there were when it was asked for: what came while the page was out of sight since then is still to be found.
  hasLooked(hides) {
    if (!document.hidden) this.looked = hides;
  }

  get wasHidden() {
    return this.hides !== this.looked;
  }

  // At the end one goes along; further up what is being read stays where it is.
  append(page, hides) {
    const held = newest(this.messages) ?? 0;
    const news = page.filter((message) => isNews(message, held));
    return this.view.goAlong((reading) => {
      if (news.length > 0 && (!reading || this.wasHidden)) this.readUpTo ??= held;
      this.hasLooked(hides);
      this.messages = merge(this.messages, page);
      this.known = Math.max(this.known, newest(this.messages) ?? 0);
      this.writing.settle();
      if (!reading) this.view.miss(news.length);
    });
  }

  // One that was written here: at the end of what there is.
  async take(message) {
    const id = this.openId;
    if (this.state === 'loading') await this.loaded; // it was sent before the thread was opened anew
    if (id !== this.openId || this.state !== 'ready' || this.messages.some((one) => one.id === message.id)) return;
    const next = (newest(this.messages) ?? 0) + 1;
    if (indexOf(message) !== next) {
      await this.readNew(this.openId).catch(() => {});
      // What was being read already may have been asked for before this one was there.
      if ((newest(this.messages) ?? 0) < indexOf(message)) await this.readNew(this.openId).catch(() => {});
      return;
    }
    if (this.windowed && this.messages.length >= this.pageSize) this.atStart = false;
    this.messages = merge(this.windowed ? this.messages.slice(1 - this.pageSize) : this.messages, [message]);
    this.known = Math.max(this.known, indexOf(message));
  }

  // Shows or hides system messages, from the end of the thread; and so in every thread from now on.
  async showSystemMessages(shown) {
    this.textOnly = !shown;
    if (shown) this.preferences.remove(TEXT_ONLY);
    else this.preferences.write(TEXT_ONLY, true);
    await this.lastWalk;
    await this.walk('system', async (id) => {
      await this.silence();
      await this.jumpToLatest(id);
      this.view.toEnd();
      this.speakAgain();
    });
  }

  // Was marked as unread by hand: what is on the screen does not count as read again.
  leaveUnread() {
    this.reading.leave(this.openId, newest(this.messages));
  }

  // What is on the screen counts as read.
  watchNewest() {
    if (!this.conversation?.attributes?.unread || this.messages.length === 0) return;
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

  get canWalkOlder() {
    return this.state === 'ready' && !this.atStart && hasOlder(this.messages);
  }

  get canWalkNewer() {
    return this.state === 'ready' && this.known > (newest(this.messages) ?? 0);
  }

  focusComposer() {
    return this.writing.focusComposer();
  }

  // --- drawing

  render() {
    if (this.state === 'failed') return this.renderFailed();
    return html`
      ${this.renderLogin()} ${this.windowed || this.backOffice ? this.renderWalk() : this.renderToggle()}
      ${this.walkError ? this.renderWalkError() : nothing}
      <div
        class="log"
        role="log"
        tabindex="0"
        aria-label=${this.t('threadLabel')}
        aria-live=${this.quiet ? 'off' : 'polite'}
        aria-busy=${this.state === 'loading' ? 'true' : 'false'}
        @scroll=${this.windowed ? nothing : this.view.onScroll}
      >
        ${this.state === 'loading' ? loading(this.t) : this.renderMessages()}
      </div>
      ${this.windowed || this.state !== 'ready' ? nothing : this.view.renderJump()}
      <div class="foot">
        <p class="visually-hidden" role="status">${this.announcement}</p>
        ${this.writing.renderFoot()}
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

  // Where nothing else stands above the messages. Also while there is nothing to hide: what is read must not move with the
  // first system message.
  renderToggle() {
    return html`
      <div class="walk ${this.state === 'loading' ? 'awaited' : ''}">
        <span class="grow"></span>${systemToggle(this.t, this.system)}
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

  renderFailed() {
    const { error, t } = this;
    return html`
      ${this.renderLogin()} ${failure(t, error, () => this.load())}
      ${error.kind === 'notFound' ? this.writing.renderLeft() : nothing}
    `;
  }

  renderMessages() {
    const { t, times } = this;
    if (this.messages.length === 0 && this.writing.outgoing.length === 0) return empty(t('noMessages'));
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
          this.writing.onItsWay,
          (item) => item.clientId,
          (item) => this.writing.renderItem(item),
        )}
      </ol>
    `;
  }
}
