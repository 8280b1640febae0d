// Says when to look again for what is new, as long as somebody looks at the page. The one place that a live stream will
// replace: whoever uses it gives a function that looks, starts and stops, and does not know what wakes it.
//
// Today it is the time: every few seconds; less and less often while looking fails, and not at all on a hidden page. The
// page coming to the front, and the network coming back, are each a reason to look at once; for one who was logged out
// they are the only ones, until an answer says that one is logged in again.

import { session as ofPage } from './session.js';

const EVERY = 5_000; // milliseconds
const MOST = 120_000; // the longest pause after failures
const LONGEST = 30_000; // a look that has no answer by then has failed
const SCATTER = 0.25; // of a pause after a failure, up and down: not all pages come back in the same moment

export class Refresher {
  // look(): a promise; one that is rejected has failed. There is never more than one at a time, but
  // for those that nobody answers.
  constructor(look, { every = EVERY, page = globalThis.document, network = globalThis.window, session = ofPage, random = Math.random } = {}) {
    this.look = look;
    this.every = every;
    this.page = page;
    this.network = network;
    this.session = session;
    this.random = random;
    this.running = false;
    this.looking = false;
    this.failures = 0;
    this.onSeen = () => (this.seen ? this.go() : clearTimeout(this.timer));
    this.onSession = () => (this.session.lost ? clearTimeout(this.timer) : this.onSeen());
  }

  start() {
    if (this.running) return;
    this.running = true;
    this.failures = 0;
    this.page.addEventListener('visibilitychange', this.onSeen);
    this.network.addEventListener('online', this.onSeen);
    this.session.addEventListener('change', this.onSession);
    this.wait();
  }

  stop() {
    this.running = false;
    clearTimeout(this.timer);
    this.page.removeEventListener('visibilitychange', this.onSeen);
    this.network.removeEventListener('online', this.onSeen);
    this.session.removeEventListener('change', this.onSession);
  }

  get seen() {
    return this.page.visibilityState === 'visible';
  }

  get pause() {
    if (this.failures === 0) return this.every;
    const longer = Math.min(this.every * 2 ** this.failures, MOST);
    return longer * (1 + SCATTER * (2 * this.random() - 1));
  }

  wait() {
    clearTimeout(this.timer);
    if (this.running && this.seen && !this.session.lost) this.timer = setTimeout(() => this.go(), this.pause);
  }

  // Not every network says that it lost a request.
  answered(looking) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer')), LONGEST);
    });
    return Promise.race([looking, late]).finally(() => clearTimeout(timer));
  }

  async go() {
    clearTimeout(this.timer);
    if (this.looking) return;
    this.looking = true;
    try {
      await this.answered(this.look());
      this.failures = 0;
    } catch {
      this.failures += 1;
    } finally {
      this.looking = false;
      this.wait();
    }
  }
}
