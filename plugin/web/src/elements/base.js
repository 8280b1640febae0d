// What all elements share: the attributes of the host, and what is made of them.
import { LitElement, nothing } from 'lit';
import { Api } from '../lib/api.js';
import { draftsOf, preferencesOf } from '../lib/drafts.js';
import { translator } from '../lib/i18n.js';
import { session } from '../lib/session.js';
import { Times } from '../lib/time.js';
import { recordUrl } from '../lib/urls.js';
import { loginNotice } from '../parts/states.js';
import { buttons, fields, marks } from '../styles/controls.js';
import { tokens } from '../styles/tokens.js';
import { toast } from './toast.js';

const SETTINGS = [
  'apiBase',
  'application',
  'locale',
  'timeZone',
  'csrfHeader',
  'csrfToken',
  'urlTemplate',
  'pageTemplate',
  'actorType',
  'actorId',
  'recordTypes',
];

export class ParleyElement extends LitElement {
  static properties = {
    apiBase: { attribute: 'api-base' },
    application: {},
    locale: {},
    timeZone: { attribute: 'time-zone' },
    csrfHeader: { attribute: 'csrf-header' },
    csrfToken: { attribute: 'csrf-token' },
    urlTemplate: { attribute: 'url-template' },
    pageTemplate: { attribute: 'page-template' },
    actorType: { attribute: 'actor-type' },
    actorId: { attribute: 'actor-id' },
    recordTypes: { attribute: 'record-types' }, // JSON: what one may search
    recordType: { attribute: 'record-type' },
    recordId: { attribute: 'record-id' },
    // Elements inside elements get all of the above at once.
    settings: { attribute: false },
    announcement: { state: true },
    login: { state: true }, // as Session.state
  };

  static styles = [tokens, buttons, fields, marks];

  constructor() {
    super();
    this.announcement = '';
    this.onSession = () => (this.login = session.state);
    this.onSession();
  }

  connectedCallback() {
    super.connectedCallback();
    session.addEventListener('change', this.onSession);
    this.onSession();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    session.removeEventListener('change', this.onSession);
  }

  willUpdate(changed) {
    this.focused = this.hasUpdated ? this.renderRoot.activeElement : null;
    if (changed.has('settings') && this.settings) Object.assign(this, this.settings);
    if (!this.api || SETTINGS.some((name) => changed.has(name))) this.prepare();
  }

  // Drawing anew must not take the focus away: what was moved gets it back; for what is gone something else may stand in.
  updated(changed) {
    super.updated(changed);
    if (this.focused && !this.renderRoot.activeElement) {
      (this.focused.isConnected ? this.focused : this.inPlaceOf(this.focused))?.focus({ preventScroll: true });
    }
    this.focused = null;
  }

  inPlaceOf() {
    return null;
  }

  prepare() {
    this.api = new Api({
      base: this.apiBase ?? '',
      csrfHeader: this.csrfHeader,
      csrfToken: this.csrfToken,
      locale: this.locale,
    });
    this.t = translator(this.locale || document.documentElement.lang || 'en');
    this.times = new Times(this.locale, this.timeZone);
    const user = this.actorId ? `${this.actorType}/${this.actorId}` : '';
    this.drafts = draftsOf(user);
    this.preferences = preferencesOf(user);
  }

  // For `.settings` of an element inside this one. The object stays the same as long as nothing changed.
  get handedOn() {
    const values = Object.fromEntries(SETTINGS.map((name) => [name, this[name]]));
    const text = JSON.stringify(values);
    if (text !== this.handedOnText) {
      this.handedOnText = text;
      this.handedOnValues = values;
    }
    return this.handedOnValues;
  }

  get backOffice() {
    return this.application !== 'storefront';
  }

  recordUrl(record) {
    return recordUrl(this.urlTemplate, record ?? {});
  }

  changed(type, id) {
    this.dispatchEvent(new CustomEvent('parley-changed', { bubbles: true, composed: true, detail: { type, id } }));
  }

  // The host may navigate itself, and show the message there; else the browser goes.
  navigate(href, message = '') {
    if (!href) return;
    const event = new CustomEvent('parley-navigate', {
      bubbles: true,
      composed: true,
      cancelable: true,
      detail: { href, message },
    });
    if (this.dispatchEvent(event)) window.location.href = href;
  }

  // For the line with role="status". Said again, the same text would not be read: it has to go in between.
  async announce(text) {
    this.announcement = '';
    await this.updateComplete;
    this.announcement = text;
  }

  // What was done, for everybody to see.
  say(text) {
    toast(text);
    return this.announce(text);
  }

  // What failed, when the element that had begun it is not on the page any more.
  sayFailed(text) {
    toast(text, { failed: true });
  }

  // One was logged out since the page was loaded, and it does not work any more, or not for writing.
  get loginStale() {
    return this.login !== 'in';
  }

  // Once on a page: elements inside elements leave it to those.
  renderLogin() {
    return this.loginStale && !this.settings ? loginNotice(this.t, this.login) : nothing;
  }

  async focusOn(selector) {
    await this.updateComplete;
    this.renderRoot.querySelector(selector)?.focus();
  }
}
