// <parley-search-select>: a field to choose one record, or several, by typing: the combobox pattern of the ARIA guide.
//
// `search(text, signal)` finds choices {type, id, title}, with a `group` where they are of several kinds; `value` is the
// list of the chosen ones, and `change` says that it has another.
import { html, nothing } from 'lit';
import { ParleyElement } from './base.js';
import { keyOf } from '../lib/document.js';
import { alert, chevronDown, cross } from '../parts/icons.js';
import { failureText } from '../parts/states.js';
import { searchSelectStyles } from '../styles/search-select.js';

const PAUSE = 180; // milliseconds without a key before the server is asked

export class ParleySearchSelect extends ParleyElement {
  static properties = {
    label: { attribute: false },
    hint: { attribute: false },
    fault: { attribute: false },
    multiple: { type: Boolean },
    value: { attribute: false },
    search: { attribute: false },
    text: { state: true },
    open: { state: true },
    active: { state: true },
    choices: { state: true },
    status: { state: true },
  };

  static styles = [...ParleyElement.styles, searchSelectStyles];

  constructor() {
    super();
    this.label = '';
    this.hint = '';
    this.fault = '';
    this.multiple = false;
    this.value = [];
    this.text = null; // null: not typing; shows what is chosen
    this.open = false;
    this.active = -1;
    this.choices = [];
    this.status = '';
    this.addEventListener('focusout', (event) => {
      if (!event.relatedTarget || !this.renderRoot.contains(event.relatedTarget)) this.shut();
    });
  }

  focus() {
    this.renderRoot.querySelector('input')?.focus();
  }

  get shown() {
    if (this.text !== null) return this.text;
    return this.multiple ? '' : (this.value[0]?.title ?? '');
  }

  // --- asking

  async ask() {
    this.open = true;
    this.active = -1;
    clearTimeout(this.timer);
    this.request?.abort();
    const request = (this.request = new AbortController());
    this.status = this.t('searchSearching');
    try {
      const found = await this.search((this.text ?? '').trim(), request.signal);
      if (request.signal.aborted) return;
      this.active = -1; // whatever was gone to stands elsewhere now
      const chosen = new Set(this.multiple ? this.value.map(keyOf) : []);
      this.choices = found.filter((choice) => !chosen.has(keyOf(choice)));
      this.status =
        this.choices.length > 0
          ? this.t('searchResults', { count: this.choices.length })
          : this.t('searchNothing');
    } catch (error) {
      if (request.signal.aborted) return;
      this.choices = [];
      this.status = failureText(this.t, error);
    }
  }

  onInput(event) {
    this.text = event.target.value;
    this.open = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  // What is chosen is selected, so that typing replaces it.
  selectChosen(event) {
    if (this.text === null && this.shown) event.target.select();
  }

  onClick(event) {
    if (this.open) return;
    this.selectChosen(event);
    this.ask();
  }

  onKey(event) {
    if (event.isComposing) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      event.preventDefault();
      if (!this.open) this.ask();
      else this.step(move);
    } else if (event.key === 'Enter' && this.open) {
      event.preventDefault();
      if (this.active >= 0) this.choose(this.choices[this.active]);
    } else if (event.key === 'Escape' && this.open) {
      // It closes the list, and not the dialog around it.
      event.preventDefault();
      event.stopPropagation();
      this.shut();
    } else if (event.key === 'Backspace' && this.multiple && !this.shown && this.value.length > 0) {
      this.drop(this.value.at(-1));
    }
  }

  step(move) {
    if (this.choices.length === 0) return;
    const from = this.active < 0 && move < 0 ? 0 : this.active;
    this.active = (from + move + this.choices.length) % this.choices.length;
    this.updateComplete.then(() =>
      this.renderRoot.querySelector('.option.active')?.scrollIntoView({ block: 'nearest' }),
    );
  }

  shut() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.open = false;
    this.active = -1;
    this.text = null;
    this.choices = [];
    this.status = '';
    // The typed text goes; the field shows what is chosen again.
    const input = this.renderRoot.querySelector('input');
    if (input) input.value = this.shown;
  }

  // --- choosing

  choose(choice) {
    this.replace(this.multiple ? [...this.value, choice] : [choice]);
    this.shut();
    this.announce(this.t('searchChosen', { title: choice.title }));
  }

  drop(choice) {
    this.replace(this.value.filter((other) => keyOf(other) !== keyOf(choice)));
    this.focus();
  }

  replace(value) {
    this.value = value;
    this.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  }

  // --- drawing

  render() {
    const described = [this.hint && 'hint', this.fault && 'fault'].filter(Boolean).join(' ');
    return html`
      <div class="field">
        <label for="input">${this.label}</label>
        <div class="box">
          <input
            id="input"
            role="combobox"
            type="text"
            autocomplete="off"
            spellcheck="false"
            aria-autocomplete="list"
            aria-expanded=${this.open ? 'true' : 'false'}
            aria-controls="list"
            aria-activedescendant=${this.active >= 0 ? `option-${this.active}` : nothing}
            aria-invalid=${this.fault ? 'true' : nothing}
            aria-describedby=${described || nothing}
            placeholder=${this.t('searchPlaceholder')}
            .value=${this.shown}
            @input=${this.onInput}
            @keydown=${this.onKey}
            @focus=${this.selectChosen}
            @click=${this.onClick}
          />
          <div class="tools">
            ${!this.multiple && this.value.length > 0
              ? html`<button
                  type="button"
                  class="icon"
                  aria-label=${this.t('searchClear', { label: this.label })}
                  @click=${() => this.drop(this.value[0])}
                >
                  ${cross}
                </button>`
              : nothing}
            <span class="arrow">${chevronDown}</span>
          </div>
          ${this.renderList()}
        </div>
        ${this.multiple && this.value.length > 0 ? this.renderChips() : nothing}
        ${this.fault ? html`<p class="fault" id="fault">${alert}<span>${this.fault}</span></p>` : nothing}
        ${this.hint ? html`<span class="hint" id="hint">${this.hint}</span>` : nothing}
        <span class="visually-hidden" role="status">${this.open ? this.status : this.announcement}</span>
      </div>
    `;
  }

  // The list is always there, so that aria-controls has something to name.
  renderList() {
    let group = '';
    const rows = this.choices.map((choice, number) => {
      const heading = choice.group && choice.group !== group ? choice.group : '';
      group = choice.group;
      return html`
        ${heading ? html`<div class="group" role="presentation">${heading}</div>` : nothing}
        <div
          class="option ${number === this.active ? 'active' : ''}"
          id="option-${number}"
          role="option"
          aria-selected=${number === this.active ? 'true' : 'false'}
          aria-label=${choice.group ? `${choice.title}, ${choice.group}` : nothing}
          @pointerdown=${(event) => event.preventDefault()}
          @click=${() => this.choose(choice)}
        >
          ${choice.title}
        </div>
      `;
    });
    const silent = this.open && this.choices.length === 0;
    return html`
      <div class="list" ?hidden=${!this.open || silent} id="list" role="listbox" aria-label=${this.label}>${rows}</div>
      ${silent ? html`<div class="list message" aria-hidden="true">${this.status || this.t('searchSearching')}</div>` : nothing}
    `;
  }

  renderChips() {
    return html`
      <ul class="chips">
        ${this.value.map(
          (choice) => html`
            <li class="chip">
              <span>${choice.title}${choice.group && !choice.full ? html`<small>${choice.group}</small>` : nothing}</span>
              <button
                type="button"
                class="icon small"
                aria-label=${this.t('searchRemove', { title: choice.title })}
                @click=${() => this.drop(choice)}
              >
                ${cross}
              </button>
            </li>
          `,
        )}
      </ul>
    `;
  }
}
