// A list of conversations that grows page by page, and its state meanwhile; its element is asked to draw it again.
import { pageOfLink } from './api.js';

const MOST = 100; // that are looked at again at once

export class ConversationList {
  state = 'loading'; // loading, ready, failed
  error = null; // why it failed
  items = [];
  meta = null; // of the last answer; null: there was none
  next = null; // the page behind these; null: there is none
  more = ''; // '', loading, failed: of the next page
  moreError = null;
  pageSize = Infinity; // as far as it is known: from a first page that is full

  // host: draws the list, and is asked to do so again. read(page): a page, {data, links, meta}; the first one without `page`,
  // or with `page.size` alone.
  constructor(host, read) {
    this.host = host;
    this.read = read;
    this.loads = 0;
    this.taken = 0;
  }

  set(changes) {
    Object.assign(this, changes);
    this.host.requestUpdate();
  }

  // Begins anew. What an earlier load brings later is of no interest any more.
  async load() {
    const load = ++this.loads;
    this.set({ state: 'loading', more: '' });
    try {
      const first = await this.read();
      if (load === this.loads) this.showFirst(first);
    } catch (error) {
      if (load === this.loads) this.fail(error);
    }
  }

  // Reads the first page again, behind what is shown; that stays where this fails.
  async refresh() {
    const load = this.loads;
    const first = await this.read().catch(() => null);
    if (load !== this.loads) return;
    if (first) this.showFirst(first);
    else this.set({ state: 'ready' });
  }

  // Looks whether something is new, at all that is held; what is behind the most that is read at once stays: it has not been
  // written in since the last of that was. A failure is the caller's.
  async look() {
    const { loads, taken } = this;
    const size = Math.min(this.items.length, MOST);
    const isDeep = size > this.pageSize;
    const { data, links, meta } = await this.read(isDeep ? { size } : undefined).catch((error) => {
      if (error.kind === 'notFound' && loads === this.loads) this.fail(error);
      throw error;
    });
    // What was read before a later version was taken would undo it.
    if (loads !== this.loads || taken !== this.taken || this.more === 'loading') return;
    if (!isDeep) this.learn({ data, links });
    // So much has come that later pages do not begin where this one ends.
    if (links.next && !data.some(({ id }) => this.find(id))) {
      this.show({ data, links, meta });
      return;
    }
    const end = writtenAt(data.at(-1));
    const isBehind = (item) => writtenAt(item) <= end && !data.some(({ id }) => id === item.id);
    const behind = links.next ? this.items.filter(isBehind) : [];
    this.set({ items: [...data, ...behind], meta, state: 'ready', ...(behind.length > 0 ? {} : { next: pageOfLink(links.next) }) });
  }

  // Where there is no such list any more, nothing of it is left.
  fail(error) {
    this.set({ state: 'failed', error, ...(error.kind === 'notFound' ? { items: [], next: null, meta: {} } : {}) });
  }

  showFirst(first) {
    this.learn(first);
    this.show(first);
  }

  show({ data, links, meta }) {
    this.set({ items: data, meta, next: pageOfLink(links.next), state: 'ready' });
  }

  learn({ data, links }) {
    if (links.next) this.pageSize = data.length;
  }

  // Answers what was added.
  async loadMore() {
    if (this.more === 'loading') return [];
    const load = this.loads;
    this.set({ more: 'loading' });
    try {
      const { data, links } = await this.read(this.next);
      // New activity moves a conversation to the first page: it is shown there, and not twice.
      const first = await this.read().catch(() => ({ data: [] }));
      if (load !== this.loads) return [];
      const behind = [...this.items, ...data].filter(({ id }, at, all) => all.findIndex((one) => one.id === id) === at);
      const added = data.filter(({ id }) => !this.find(id));
      const items = [...first.data, ...behind.filter(({ id }) => !first.data.some((one) => one.id === id))];
      this.set({ items, next: pageOfLink(links.next), more: '' });
      return added;
    } catch (error) {
      if (load === this.loads) this.set({ more: 'failed', moreError: error });
      return [];
    }
  }

  find(id) {
    return this.items.find((one) => one.id === id);
  }

  // A later version of one that may be in the list.
  take(conversation) {
    this.taken += 1;
    this.set({ items: this.items.map((one) => (one.id === conversation.id ? conversation : one)) });
  }

  readAll() {
    this.taken += 1;
    this.set({ items: this.items.map(asRead) });
  }

  drop(id) {
    this.taken += 1;
    this.set({ items: this.items.filter((one) => one.id !== id) });
  }

  putFirst(conversation) {
    this.taken += 1;
    this.set({ items: [conversation, ...this.items.filter(({ id }) => id !== conversation.id)] });
  }
}

// Those without a message stand at the end.
const writtenAt = (conversation) => conversation?.attributes.lastMessageAt ?? '';

// As it is once its messages were read.
export const asRead = (conversation) => ({ ...conversation, attributes: { ...conversation.attributes, unread: false } });
