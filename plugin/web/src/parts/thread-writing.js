// Writing in a thread: the box or the line in its place, what is on its way, and what becomes of it.
import { html, nothing } from 'lit';
import { can, mayDo, related, relatedId, toOne } from '../lib/document.js';
import { messageDraft, outboxName } from '../lib/drafts.js';
import { sortFaults } from '../lib/faults.js';
import { outboxOf } from '../lib/outbox.js';
import { lock } from './icons.js';
import { outgoingView } from './message.js';
import { failureText } from './states.js';

const FIELDS = { body: 'body', sender: 'sender' };
const WHY_NOT = { closed: 'closedLine', inactive: 'inactiveLine' };

export class ThreadWriting {
  // host: the thread; it holds the messages, and its view goes along with what is written.
  constructor(host, view) {
    this.host = host;
    this.view = view;
    this.compose = this.compose.bind(this);
    this.askNew = this.askNew.bind(this);
    this.reset();
  }

  reset() {
    this.outgoing = [];
    this.faults = {}; // of the composer: {body, sender}
    this.host.requestUpdate();
  }

  // What was written in a conversation and did not arrive. Another one may be open by the time of an answer.
  open(id) {
    this.outbox = outboxOf(this.host.drafts, outboxName(id));
    this.outbox.serve({
      send: (item) => this.send(id, item),
      arrived: (message) => id === this.host.openId && this.arrived(message),
      failed: (item, error) => id === this.host.openId && this.host.isConnected && this.notAccepted(item, error),
      changed: () => id === this.host.openId && this.showOutgoing(),
    });
    this.outgoing = this.outbox.items;
  }

  // Why a message was not sent takes more room than that it is on its way.
  showOutgoing() {
    this.view.goAlong(() => {
      this.outgoing = this.outbox.items;
      this.host.requestUpdate();
      this.settle();
    });
  }

  // What stands among the messages did arrive, whatever was said about it.
  settle() {
    this.outbox.settle(this.arrivedIds);
  }

  get arrivedIds() {
    return new Set(this.host.messages.map(({ attributes }) => attributes.clientId).filter(Boolean));
  }

  get composer() {
    return this.host.renderRoot.querySelector('parley-composer');
  }

  // It comes with the messages: until then it is waited for.
  async focusComposer() {
    const { composer } = this;
    this.awaited = !composer;
    await composer?.updateComplete;
    composer?.scrollIntoView({ block: 'nearest' });
    composer?.focus();
  }

  compose(event) {
    this.faults = {};
    const { body, ...how } = event.detail;
    this.host.readUpTo = null; // whoever answers has read
    this.outbox.add(body, how);
    this.host.updateComplete.then(() => this.view.toEnd());
  }

  async send(conversation, item) {
    const { clientId, body, sender, visibility } = item;
    const attributes = { body, clientId, ...(visibility === 'internal' ? { visibility } : {}) };
    const relationships = { conversation: toOne({ type: 'conversations', id: conversation }) };
    if (sender) relationships.sender = toOne(sender);
    const { data } = await this.host.api.post(
      'conversationmessages',
      { data: { type: 'conversationmessages', attributes, relationships } },
      { key: clientId },
    );
    return data;
  }

  notAccepted(item, error) {
    const { fields, summary } = sortFaults(error.errors ?? [], FIELDS);
    if (error.kind === 'invalid' || fields.sender) {
      // A fault of the text or of the sender: back to where it can be mended.
      if (this.composer?.restore(item)) {
        const ofText = [...(fields.body ?? []), ...summary].join(' ');
        const ofSender = (fields.sender ?? []).join(' ');
        this.faults = { body: ofText || (ofSender ? '' : failureText(this.host.t, error)), sender: ofSender };
        this.host.requestUpdate();
        this.outbox.discard(item.clientId);
      }
    } else if (!error.retryable) {
      // Closed meanwhile, perhaps: whoever shows the conversation should look again.
      this.reloadConversation();
    }
  }

  // The transition that closed it is a message of the thread, too.
  async reloadConversation() {
    const { host } = this;
    const id = host.openId;
    try {
      const { data } = await host.api.get(`conversations/${id}`);
      if (id !== host.openId) return;
      host.showConversation(data);
      await host.readNew(id);
      // The box for messages may be gone, and the focus with it.
      await host.updateComplete;
      if (id !== host.openId) return;
      if (!host.renderRoot.activeElement) host.renderRoot.querySelector('.outgoing button')?.focus();
    } catch {
      // The failed message says what is the matter.
    }
  }

  async arrived(message) {
    const { host } = this;
    const id = host.openId;
    await host.take(message);
    if (id !== host.openId) return; // another one was opened meanwhile
    if (host.isConnected) host.changed('conversationmessages', message.id);
    if (host.backOffice) host.say(host.t('messageAdded'));
    await host.updateComplete;
    this.view.toEnd();
  }

  retry(clientId) {
    this.outbox.retry(clientId);
    this.focusComposer();
  }

  discard(clientId) {
    this.outbox.discard(clientId);
    this.focusComposer();
  }

  get draftName() {
    return messageDraft(this.host.openId);
  }

  get draft() {
    return this.host.drafts.read(this.draftName) ?? '';
  }

  // Where the conversation is gone nothing else shows what did not get there.
  get leftWords() {
    return [...this.onItsWay.map(({ body }) => body), this.draft].filter((words) => words.trim() !== '').join('\n\n');
  }

  // The words that were begun go along: here they cannot be sent. `taken()`: they were asked there.
  askNew() {
    const { host, draft, draftName, outbox } = this;
    const gone = host.state === 'failed';
    const message = gone ? this.leftWords : draft;
    const left = gone ? this.onItsWay : [];
    const taken = () => {
      if (host.drafts.read(draftName) === draft) host.drafts.remove(draftName);
      for (const { clientId } of left) outbox.discard(clientId);
      host.requestUpdate();
    };
    host.tell('ask-new', { message, taken });
  }

  // The box goes when somebody closes the conversation, or deletes it.
  inPlaceOf(gone) {
    return gone.matches('parley-composer') ? this.host.renderRoot.querySelector('.silent button, #left') : null;
  }

  // --- drawing

  // Each message stands once, also while it is in both lists.
  get onItsWay() {
    const arrived = this.arrivedIds;
    return this.outgoing.filter(({ clientId }) => !arrived.has(clientId));
  }

  renderItem(item) {
    const { t } = this.host;
    return outgoingView(item, {
      t,
      reason: item.error ? failureText(t, item.error) : '',
      retry: () => this.retry(item.clientId),
      discard: () => this.discard(item.clientId),
    });
  }

  renderFoot() {
    const { conversation, state, handedOn } = this.host;
    if (!conversation || state === 'loading') return nothing;
    if (!mayDo(conversation, 'addMessage')) return this.renderWhyNot();
    return html`
      <parley-composer
        .settings=${handedOn}
        .draftName=${this.draftName}
        .faults=${this.faults}
        .customer=${related(conversation, 'customer')}
        .notice=${conversation.meta?.storefrontNotice ?? ''}
        @compose=${this.compose}
      ></parley-composer>
    `;
  }

  renderAskNew() {
    const { offerNew, t } = this.host;
    return offerNew
      ? html`<button type="button" class="small" @click=${this.askNew}>${t('askNewQuestion')}</button>`
      : nothing;
  }

  // What was written, where it cannot be sent any more.
  renderWords(words) {
    if (words.trim() === '') return nothing;
    return html`
      <label for="left">${this.host.t('leftWords')}</label>
      <textarea id="left" rows="3" readonly .value=${words}></textarea>
    `;
  }

  // Below the line that says that the conversation is gone.
  renderLeft() {
    const words = this.leftWords;
    return words === '' ? nothing : html`<div class="left">${this.renderWords(words)} ${this.renderAskNew()}</div>`;
  }

  renderWhyNot() {
    const { conversation, t } = this.host;
    const fallback = WHY_NOT[relatedId(conversation, 'status')] ?? 'readOnlyLine';
    return html`
      <div class="silent">
        ${lock}<span>${can(conversation, 'addMessage') || t(fallback)}</span>
        ${this.renderAskNew()}
      </div>
      ${this.renderWords(this.draft)}
    `;
  }
}
