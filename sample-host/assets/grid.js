// Cells of a grid that are edited where they stand. Enter saves, Escape takes back; what was typed is never lost by an answer.

import { word } from './words.js';

const table = document.querySelector('table[data-editing]');
const grid = JSON.parse(table.dataset.editing);
const mediaType = 'application/vnd.api+json';
let made = 0; // ids of what is put into the page

class Refusal extends Error {
  constructor(status, errors) {
    super(errors.map(({ detail }) => detail).join(' ') || word('This did not work. Try again.'));
    this.status = status;
  }
}

async function request(method, path, { document: sent, ifMatch } = {}) {
  const headers = { Accept: mediaType };
  if (sent) Object.assign(headers, { 'Content-Type': mediaType, [grid.csrfHeader]: grid.csrfToken });
  if (ifMatch) headers['If-Match'] = ifMatch;
  const body = sent && JSON.stringify(sent);
  const answer = await fetch(grid.api + path, { method, headers, body, credentials: 'same-origin' }).catch(() => null);
  if (!answer) throw new Refusal(0, [{ detail: word('The server cannot be reached. Try again.') }]);
  const read = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, read.errors ?? []);
  return { document: read, etag: answer.headers.get('ETag') };
}

function make(name, properties = {}, attributes = {}) {
  const element = Object.assign(document.createElement(name), properties);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}

// One line or several of text, a number.
class TextControl {
  constructor(field, label, document) {
    this.field = field;
    const lines = field.kind === 'text' || field.kind === 'markdown';
    this.input = lines ? make('textarea', { rows: 3 }) : make('input', { type: field.kind === 'email' ? 'email' : 'text' });
    if (field.kind === 'integer' || field.kind === 'decimal') this.input.inputMode = 'decimal';
    this.input.setAttribute('aria-label', label);
    this.input.value = document.attributes[field.name] ?? '';
    this.elements = [this.input];
  }

  get value() {
    const text = this.input.value;
    if (text === '' && this.field.nullable) return null;
    return this.field.kind === 'integer' && /^-?\d+$/.test(text.trim()) ? Number(text) : text;
  }

  start() {
    this.input.focus();
    this.input.select();
  }
}

class CheckControl {
  constructor(field, label, document) {
    this.input = make('input', { type: 'checkbox', checked: document.attributes[field.name] === true });
    this.input.setAttribute('aria-label', label);
    this.elements = [this.input];
  }

  get value() {
    return this.input.checked;
  }

  start() {
    this.input.focus();
  }
}

// A record, found by its name: the combobox of the ARIA Authoring Practices.
class RecordControl {
  constructor(field, label, document, included) {
    this.field = field;
    const ref = document.relationships?.[field.name]?.data ?? null;
    const record = ref && included.find(({ type, id }) => type === ref.type && id === ref.id);
    this.chosen = ref && { ref, title: (record && this.titleOf(record)) || `${ref.type} ${ref.id}` };
    const id = `cell-list-${++made}`;
    this.list = make('ul', { className: 'cell-list', id, hidden: true }, { role: 'listbox', 'aria-label': label });
    this.input = make('input', { type: 'text', autocomplete: 'off', value: this.chosen?.title ?? '' }, {
      'aria-label': label, 'aria-autocomplete': 'list', 'aria-controls': id, 'aria-expanded': 'false', role: 'combobox',
    });
    this.input.addEventListener('input', () => this.search());
    this.input.addEventListener('keydown', (event) => this.press(event));
    this.input.addEventListener('blur', () => this.close());
    this.list.addEventListener('pointerdown', (event) => {
      event.preventDefault(); // the field keeps the focus
      const option = event.target.closest('[role=option]');
      if (option) this.choose(option);
    });
    this.elements = [this.input, this.list];
  }

  titleOf({ type, attributes }) {
    return attributes?.[this.field.types.find((one) => one.type === type)?.title];
  }

  get value() {
    if (this.input.value.trim() === '') {
      if (this.field.nullable) return null;
    } else if (this.chosen && this.input.value === this.chosen.title) {
      return this.chosen.ref;
    }
    throw new Refusal(422, [{ detail: word('Choose one from the list.') }]);
  }

  start() {
    this.input.focus();
    this.input.select();
  }

  async search() {
    const asked = (this.asked = (this.asked ?? 0) + 1);
    const words = this.input.value.trim();
    const of = async ({ type, title }) => {
      const query = new URLSearchParams({ 'page[size]': '8', [`fields[${type}]`]: title });
      if (words) query.set('filter[search]', words);
      return (await request('GET', `/${type}?${query}`)).document.data;
    };
    const found = await Promise.all(this.field.types.map(of)).catch(() => []);
    if (asked === this.asked && this.input.isConnected && document.activeElement === this.input) this.show(found.flat());
  }

  show(records) {
    this.list.replaceChildren(
      ...records.map(({ type, id, attributes }) => {
        const title = this.titleOf({ type, attributes }) ?? `${type} ${id}`;
        const option = make('li', { id: `${this.list.id}-${type}-${id}`, textContent: title }, { role: 'option', 'aria-selected': 'false' });
        option.record = { ref: { type, id }, title };
        return option;
      }),
    );
    if (records.length === 0) this.list.append(make('li', { textContent: word('Nothing found') }, { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }));
    const { left, bottom, width } = this.input.getBoundingClientRect();
    Object.assign(this.list.style, { left: `${left}px`, top: `${bottom + 2}px`, minWidth: `${width}px` });
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.mark(null);
  }

  close() {
    this.asked = (this.asked ?? 0) + 1;
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  mark(option) {
    for (const other of this.list.children) other.setAttribute('aria-selected', String(other === option));
    if (option) {
      this.input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else this.input.removeAttribute('aria-activedescendant');
  }

  choose(option) {
    if (option.record) {
      this.chosen = option.record;
      this.input.value = option.record.title;
    }
    this.close();
  }

  // Enter and Escape are the list's as long as it is open.
  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.list.hidden) {
      event.preventDefault();
      this.search();
      return;
    }
    if (this.list.hidden) return;
    const options = [...this.list.querySelectorAll('[role=option]:not([aria-disabled])')];
    const at = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
    if (step && options.length > 0) {
      event.preventDefault();
      this.mark(options[at < 0 ? (step > 0 ? 0 : options.length - 1) : (at + step + options.length) % options.length]);
    } else if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      event.stopPropagation();
      this.choose(options[at]);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      this.close();
    }
  }
}

const controls = { boolean: CheckControl, record: RecordControl };
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const shown = (control) => (control instanceof CheckControl ? (control.value ? word('Yes') : word('No')) : control.input.value);

const open = new Set(); // editors: what one saves the others of the row have seen

class Editor {
  constructor(button) {
    this.cell = button.closest('td');
    this.row = button.closest('tr');
    this.id = this.row.dataset.id;
    this.field = { name: button.dataset.edit, ...grid.fields[button.dataset.edit] };
    this.label = button.dataset.name;
  }

  get path() {
    return `/${grid.type}/${encodeURIComponent(this.id)}`;
  }

  // The record as it is now, with a control for the field. Each field asks for the same, so that its ETag is the same.
  async load() {
    const records = Object.entries(grid.fields).filter(([, { kind }]) => kind === 'record').map(([name]) => name);
    const query = records.length > 0 ? `?include=${records}` : '';
    const { document: { data, included = [] }, etag } = await request('GET', this.path + query);
    this.etag = etag;
    return new (controls[this.field.kind] ?? TextControl)(this.field, this.label, data, included);
  }

  async open() {
    try {
      this.control = await this.load();
    } catch (refusal) {
      say(refusal.status === 404 ? word('This is not there any more.') : refusal.message);
      return;
    }
    this.original = this.control.value;
    this.error = make('p', { className: 'field-error', id: `cell-error-${++made}` }, { role: 'alert' });
    this.control.input.setAttribute('aria-describedby', this.error.id);
    const buttons = make('div', { className: 'buttons' });
    const cancel = make('button', { type: 'button', className: 'button small', textContent: word('Cancel') });
    buttons.append(make('button', { type: 'submit', className: 'button primary small', textContent: word('Save') }), cancel);
    this.form = make('form', { className: 'cell-edit', noValidate: true });
    this.form.append(...this.control.elements, buttons, this.error);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.save();
    });
    this.form.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      if (event.key === 'Escape') {
        event.stopPropagation();
        this.cancel();
      } else if (event.key === 'Enter' && !event.shiftKey && event.target === this.control.input) {
        event.preventDefault();
        this.save();
      }
    });
    cancel.addEventListener('click', () => this.cancel());
    this.cancelButton = cancel;
    this.before = [...this.cell.childNodes];
    this.cell.replaceChildren(this.form);
    this.cell.classList.add('editing');
    open.add(this);
    this.control.start();
  }

  complain(text) {
    this.error.textContent = text;
    this.control.input.setAttribute('aria-invalid', 'true');
    this.control.input.focus();
  }

  async save() {
    if (this.busy) return;
    this.error.textContent = '';
    this.control.input.removeAttribute('aria-invalid');
    this.wait(true);
    try {
      const value = this.control.value;
      if (same(value, this.original)) {
        await this.leave();
        return;
      }
      const data = { type: grid.type, id: this.id };
      if (this.field.kind === 'record') data.relationships = { [this.field.name]: { data: value } };
      else data.attributes = { [this.field.name]: value };
      const { etag } = await request('PATCH', this.path, { document: { data }, ifMatch: this.etag });
      const seen = this.etag;
      for (const other of open) if (other.row === this.row && other.etag === seen) other.etag = etag;
      const stays = await this.close(true);
      document.dispatchEvent(new CustomEvent('parley-changed', { detail: { type: grid.type, id: this.id } }));
      const saved = word('{record} has been saved', { record: this.field.label });
      say(stays ? saved : `${saved}. ${word('This is not among the rows of this page any more.')}`);
    } catch (refusal) {
      await this.refused(refusal);
    } finally {
      this.wait(false);
    }
  }

  // As long as an answer is awaited nothing is typed, and nothing taken back: it is on its way.
  wait(busy) {
    this.busy = busy;
    this.form.setAttribute('aria-busy', String(busy));
    if ('readOnly' in this.control.input) this.control.input.readOnly = busy;
    this.cancelButton.disabled = busy;
  }

  // Somebody was faster: theirs is said, ours stays in the field, and can be saved over it.
  async refused(refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    if (refusal.status !== 412) {
      this.complain(refusal.status === 404 ? word('This is not there any more.') : refusal.message);
      return;
    }
    this.overtaken = true;
    try {
      const theirs = await this.load();
      this.original = theirs.value;
      this.complain(word(
        'Somebody else has changed this in the meantime; here it is now "{value}". Save again to replace that, or cancel to keep it.',
        { value: shown(theirs) },
      ));
    } catch (other) {
      this.complain(other.message);
    }
  }

  async cancel() {
    if (!this.busy) await this.leave();
  }

  async leave() {
    if (!(await this.close(this.overtaken === true))) say(word('This is not among the rows of this page any more.'));
  }

  // False: what was changed took the row from this page.
  async close(changed) {
    open.delete(this);
    this.cell.replaceChildren(...this.before);
    this.cell.classList.remove('editing');
    const at = this.cell.cellIndex;
    const stays = !changed || (await refresh(this.row));
    this.row.classList.toggle('gone', !stays);
    this.row.cells[at]?.querySelector('[data-edit]')?.focus();
    return stays;
  }
}

// Draws a row again as the host draws it; cells that are being edited stay. False: the page does not have it any more.
async function refresh(row) {
  const answer = await fetch(location.href, { credentials: 'same-origin' }).catch(() => null);
  if (!answer?.ok) return true; // it is as it was
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector(`table[data-editing] tr[data-id="${CSS.escape(row.dataset.id)}"]`);
  if (!fresh) return false;
  row.className = fresh.className;
  [...fresh.cells].forEach((cell, at) => {
    const box = row.cells[at]?.querySelector('input[name=row]');
    if (row.cells[at]?.querySelector('form')) return;
    const next = cell.querySelector('input[name=row]');
    if (box && next) next.checked = box.checked;
    row.cells[at]?.replaceWith(document.adoptNode(cell));
  });
  offer(row);
  row.dispatchEvent(new CustomEvent('host-drawn', { bubbles: true }));
  return true;
}

const say = (message) => document.dispatchEvent(new CustomEvent('parley-navigate', { cancelable: true, detail: { message } }));

function offer(root) {
  for (const button of root.querySelectorAll('[data-edit]')) button.hidden = false;
}

offer(table);
table.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-edit]');
  if (!button || button.disabled) return;
  button.disabled = true;
  await new Editor(button).open();
  button.disabled = false;
});
