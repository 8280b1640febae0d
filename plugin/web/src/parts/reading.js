// What was read: the mark that one left, and raising it by reading.

// The number of the last message that one had read; null where one takes no part, or nothing is known. A thread without
// it is still a thread.
export async function readMark(api, conversation) {
  try {
    const { data } = await api.get(`conversations/${conversation}/participants`);
    return data.find(({ attributes }) => attributes.isMe)?.attributes.lastReadMessageIndex ?? null;
  } catch {
    return null;
  }
}

// Read is what was on the screen: a message counts once it was seen in a page that is in view.
export class Reading {
  // host: the thread; its `api` is used, and it dispatches `parley-read` with {id, index}.
  constructor(host) {
    this.host = host;
    this.marked = '';
    this.watched = null;
    this.observe = this.observe.bind(this);
    host.addController(this);
  }

  watch(element, conversation, index) {
    this.stop();
    if (this.marked === `${conversation}/${index}`) return;
    this.watched = { element, conversation, index };
    if (this.host.isConnected) this.observe();
  }

  // From now on, and anew when the page comes into view.
  observe() {
    this.pause();
    if (!this.watched) return;
    const { element, conversation, index } = this.watched;
    document.addEventListener('visibilitychange', this.observe);
    this.observer = new IntersectionObserver((seen) => {
      if (document.visibilityState === 'visible' && seen.some((entry) => entry.isIntersecting)) {
        this.stop();
        this.mark(conversation, index);
      }
    });
    this.observer.observe(element);
  }

  pause() {
    this.observer?.disconnect();
    document.removeEventListener('visibilitychange', this.observe);
  }

  stop() {
    this.pause();
    this.watched = null;
  }

  // The thread may be moved in its page.
  hostConnected() {
    this.observe();
  }

  hostDisconnected() {
    this.pause();
  }

  // As if it were marked already: nothing up to there is marked by itself.
  leave(conversation, index) {
    this.stop();
    this.marked = `${conversation}/${index}`;
  }

  async mark(conversation, index) {
    this.marked = `${conversation}/${index}`;
    try {
      await this.host.api.post(`conversations/${conversation}/mark-read`, { meta: { index } });
      const detail = { id: conversation, index };
      this.host.dispatchEvent(new CustomEvent('parley-read', { bubbles: true, composed: true, detail }));
    } catch {
      // It stays unread; the next look tries again.
      this.marked = '';
    }
  }
}
