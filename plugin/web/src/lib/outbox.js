// Messages on their way: sent one after the other, kept until the server has them. Pure but for `send` and `store`.
//
// Each has a client id, so that a repetition of one that did arrive is not stored twice.

const outboxes = new Map(); // of this page

// The one of a conversation: it goes on where what showed it is closed, and is found again where that is opened anew.
// drafts: a Kept; name: in there.
export function outboxOf(drafts, name) {
  const key = drafts.prefix + name;
  if (!outboxes.has(key)) {
    const store = {
      read: () => drafts.read(name),
      write: (items) => (items.length > 0 ? drafts.write(name, items) : drafts.remove(name)),
    };
    outboxes.set(key, new Outbox({ store }));
  }
  return outboxes.get(key);
}

// The words of what is known not to have got there, without making an outbox for each conversation of a list.
export function failedWords(drafts, name) {
  const items = outboxes.get(drafts.prefix + name)?.items ?? drafts.read(name) ?? [];
  return items.filter(({ error }) => error).map(({ body }) => body);
}

export class Outbox {
  // store: {read, write} for a reload; the rest: serve().
  constructor({ store = null, newId = () => crypto.randomUUID(), ...hands } = {}) {
    this.serve(hands);
    this.store = store;
    this.newId = newId;
    this.working = null;
    // What was under way when the page went is not known to have arrived; the client id makes a repetition safe.
    this.items = (store?.read() ?? []).map((item) => ({ ...item, state: 'failed', error: stillSo(item.error) }));
  }

  // send(item) -> promise of the stored message; arrived(message); failed(item, error), the item being kept; changed() after
  // every step. From now on: whoever shows the conversation last.
  serve({ send, arrived = () => {}, failed = () => {}, changed = () => {} }) {
    Object.assign(this, { send, arrived, failed, changed });
  }

  // sender: {type, id, title} of whom it is sent for; null: of oneself. visibility: public, internal.
  add(body, { sender = null, visibility = 'public' } = {}) {
    const item = { clientId: this.newId(), body, sender, visibility, state: 'waiting', error: null };
    this.items = [...this.items, item];
    this.step();
    return this.work();
  }

  retry(clientId) {
    this.update(clientId, { state: 'waiting', error: null });
    return this.work();
  }

  discard(clientId) {
    this.items = this.items.filter((item) => item.clientId !== clientId);
    this.step();
  }

  // These were found where they should arrive, whatever became of the answer.
  settle(clientIds) {
    const left = this.items.filter((item) => item.state !== 'failed' || !clientIds.has(item.clientId));
    if (left.length === this.items.length) return;
    this.items = left;
    this.step();
  }

  work() {
    this.working ??= this.drain().finally(() => {
      this.working = null;
    });
    return this.working;
  }

  async drain() {
    for (;;) {
      const item = this.items.find((candidate) => candidate.state === 'waiting');
      if (!item) return;
      this.update(item.clientId, { state: 'sending' });
      try {
        const message = await this.send(item);
        this.items = this.items.filter((other) => other.clientId !== item.clientId);
        this.arrived(message);
        this.step();
      } catch (error) {
        this.update(item.clientId, { state: 'failed', error });
        this.failed(item, error);
      }
    }
  }

  update(clientId, change) {
    this.items = this.items.map((item) => (item.clientId === clientId ? { ...item, ...change } : item));
    this.step();
  }

  step() {
    this.store?.write(this.items.map(kept));
    this.changed();
  }
}

// One is logged in again.
const stillSo = (error) => (error && !['unauthorized', 'stale'].includes(error.kind) ? error : null);

// Of an error what says why: its kind and the server's words.
const kept = ({ clientId, body, sender, visibility, error }) => ({
  clientId,
  body,
  sender,
  visibility,
  error: error && { kind: error.kind, errors: error.errors },
});
