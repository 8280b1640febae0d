// <parley-toast>: says over the page, for some seconds, what was done, so that nothing on it moves. One a page, made where it
// is first needed. What reads pages aloud is told by the elements themselves (ParleyElement.announce), so it skips this.
import { LitElement, html } from 'lit';
import { check } from '../parts/icons.js';
import { toastStyles } from '../styles/toast.js';
import { tokens } from '../styles/tokens.js';

const SECONDS = 6;

export class ParleyToast extends LitElement {
  static properties = { text: { state: true } };

  static styles = [tokens, toastStyles];

  connectedCallback() {
    super.connectedCallback();
    this.popover = 'manual'; // above dialogs, too
    this.ariaHidden = 'true';
  }

  say(text) {
    this.text = text;
    clearTimeout(this.timer);
    this.hidePopover(); // what is shown last lies on top
    this.showPopover();
    this.timer = setTimeout(() => this.hidePopover(), SECONDS * 1000);
  }

  render() {
    return html`${check}<span>${this.text}</span>`;
  }
}

export function toast(text) {
  let element = document.querySelector('body > parley-toast');
  if (!element) {
    element = document.createElement('parley-toast');
    document.body.append(element);
  }
  element.say(text);
}
