// What a user typed and did not send yet: survives a reload of the page, and ends with the tab.
//
// In the session's storage, by user: the next one who logs in on this machine reads nothing of it. Where a browser
// refuses storage, drafts live as long as the element.

export class Drafts {
  constructor(user, storage = sessionStorageOrNull()) {
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

function sessionStorageOrNull() {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}
