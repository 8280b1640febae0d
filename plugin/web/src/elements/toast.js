// <parley-toast>: says over the page, for some seconds, what was done, so that nothing on it moves. One a page, made where it
// is first needed. What reads pages aloud is told by the elements themselves (ParleyElement.announce), so it skips this; but
// not what nothing else on the page can say any more.
import { LitElement, html } from 'lit';
import { alert, check } from '../parts/icons.js';
import { toastStyles } from '../styles/toast.js';
import { tokens } from '../styles/tokens.js';

const SECONDS = 6;

export class ParleyToast extends LitElement {
  static properties = { text: { state: true }, failed: { state: true } };

  static styles = [tokens, toastStyles];

  connectedCallback() {
    super.connectedCallback();
    this.popover = 'manual'; // above dialogs, too
  }

  // failed: nothing else says it.
  say(text, failed) {
    this.text = text;
    this.failed = failed;
    this.role = failed ? 'alert' : null;
    this.ariaHidden = String(!failed);
    clearTimeout(this.timer);
    this.hidePopover(); // what is shown last lies on top
    this.showPopover();
    this.timer = setTimeout(() => this.hidePopover(), SECONDS * 1000);
  }

  render() {
    return html`${this.failed ? alert : check}<span>${this.text}</span>`;
  }
}

export function toast(text, { failed = false } = {}) {
  let element = document.querySelector('body > parley-toast');
  if (!element) {
    element = document.createElement('parley-toast');
    document.body.append(element);
  }
  element.say(text, failed);
}
