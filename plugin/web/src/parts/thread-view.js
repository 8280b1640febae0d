// Where the view of a thread's messages stands: at the end, where it stays while more comes or the room changes, or
// further up, where what is being read stays in place and a button leads back.
import { html, nothing } from 'lit';
import { badge } from '../lib/i18n.js';
import { arrowDown } from './icons.js';

const AT_END = 48; // pixels from the end that still count as reading the newest
const AWAY = 240; // pixels from the end from where on there is a button that leads there
const DIVIDER_ROOM = 48; // pixels of what was read already, above the divider
const NEAR_START = 120; // pixels from the start where older ones are fetched
const COUNT_MOST = 99;

export class ThreadView {
  // host: the thread, which draws a `.log`, and in it a `.divider` where there is one. nearStart(): one scrolls up to
  // where older messages are wanted.
  constructor(host, { nearStart }) {
    this.host = host;
    this.nearStart = nearStart;
    this.fitting = new ResizeObserver(() => this.stuck && this.toEnd());
    this.onScroll = this.onScroll.bind(this);
    this.goToEnd = this.goToEnd.bind(this);
    this.reset();
    host.addController(this);
  }

  reset() {
    this.stuck = false; // the end is in view, and stays there when the room changes
    this.away = false; // what is shown is far from the end
    this.missed = 0; // how many messages of others came meanwhile
    this.lastTop = undefined;
    this.host.requestUpdate();
  }

  get log() {
    return this.host.renderRoot?.querySelector('.log') ?? null;
  }

  // What is moved in the page begins at its start again.
  hostConnected() {
    if (this.log && this.lastTop !== undefined) this.log.scrollTop = this.lastTop;
    this.fit();
  }

  hostUpdated() {
    this.fit();
  }

  hostDisconnected() {
    this.fitting.disconnect();
  }

  // Observed already, or another one since a failure was shown.
  fit() {
    if (this.log && this.host.isConnected && !this.host.windowed) this.fitting.observe(this.log);
  }

  get isAtEnd() {
    const { log } = this;
    return !log || fromEnd(log) < AT_END;
  }

  // At the end one goes along with what `change` brings.
  async goAlong(change) {
    const reading = this.isAtEnd;
    change(reading);
    await this.host.updateComplete;
    if (reading) this.toEnd();
  }

  // What is being read stays where it is while `change` puts something before it.
  async keep(change) {
    const { log } = this;
    const below = log.scrollHeight - log.scrollTop;
    change();
    await this.host.updateComplete;
    log.scrollTop = log.scrollHeight - below;
  }

  toEnd() {
    const { log } = this;
    if (!log) return;
    log.scrollTop = log.scrollHeight;
    this.note(log);
  }

  // Reading starts at what is unread, else at the end.
  toBeginning() {
    this.toEnd();
    const { log } = this;
    const divider = this.host.renderRoot.querySelector('.divider');
    if (!log || !divider) return;
    log.scrollTop = Math.min(log.scrollTop, divider.offsetTop - DIVIDER_ROOM);
    this.note(log);
  }

  // By the button; the focus stays near what one came for.
  goToEnd() {
    this.toEnd();
    this.log.focus({ preventScroll: true });
  }

  miss(count) {
    this.missed += count;
    this.host.requestUpdate();
  }

  note(log) {
    const { away, missed } = this;
    this.lastTop = log.scrollTop;
    this.stuck = this.isAtEnd;
    this.away = fromEnd(log) > AWAY;
    if (this.stuck) this.missed = 0;
    if (away !== this.away || missed !== this.missed) this.host.requestUpdate();
  }

  onScroll({ target }) {
    const { scrollTop } = target;
    const upwards = scrollTop < (this.lastTop ?? scrollTop);
    this.note(target);
    if (upwards && scrollTop < NEAR_START) this.nearStart();
  }

  renderJump() {
    const { missed } = this;
    const { t } = this.host;
    if (!this.away && missed === 0) return nothing;
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
}

const fromEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight;
