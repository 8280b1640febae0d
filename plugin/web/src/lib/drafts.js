// What is kept in the browser, by user: the next one who logs in on this machine reads nothing of it. Where a browser
// refuses storage, it lives as long as the element.
//
// Drafts are what a user typed and did not send yet: they survive a reload of the page, and end with the tab.
// Preferences stay.

export const draftsOf = (user) => new Kept(user, storageOrNull('sessionStorage'));
export const preferencesOf = (user) => new Kept(user, storageOrNull('localStorage'));

// Names in there: the words that were begun in a conversation, and what was sent but is not known to have arrived.
export const messageDraft = (conversation) => `message:${conversation}`;
export const outboxName = (conversation) => `outbox:${conversation}`;

export class Kept {
  constructor(user, storage) {
    this.prefix = `parley:${user || '-'}:`;
    this.storage = storage;
  }

  read(name) {
    try {
      return JSON.parse(this.storage?.getItem(this.prefix + name) ?? 'null');
    } catch {
      return null;
    }
  }

  write(name, value) {
    try {
      this.storage?.setItem(this.prefix + name, JSON.stringify(value));
    } catch {
      // Full, or forbidden: the text is still in the field.
    }
  }

  remove(name) {
    try {
      this.storage?.removeItem(this.prefix + name);
    } catch {
      // As above.
    }
  }
}

function storageOrNull(name) {
  try {
    return globalThis[name] ?? null;
  } catch {
    return null;
  }
}
