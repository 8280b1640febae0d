// What pages of the host do in the browser: messages across a change of page, menus, tabs, times of day.

import { word } from './words.js';

const flashKey = 'parley-host-flash';

function showFlash(message) {
  const area = document.querySelector('.flash-area');
  if (!area || !message) return;
  const line = document.createElement('p');
  line.className = 'flash';
  line.textContent = message;
  area.replaceChildren(line);
  return line;
}

// What came with the page is put there again: only what changes is announced.
let carried = null;
const written = document.querySelector('.flash');
if (written) requestAnimationFrame(() => (carried = showFlash(written.textContent)));

const kept = sessionStorage.getItem(flashKey);
if (kept) {
  sessionStorage.removeItem(flashKey);
  requestAnimationFrame(() => (carried = showFlash(kept)));
}

// It goes as one goes on: with the next thing that is done on the page, and with the page itself, which may come back.
const forget = () => carried?.remove();
document.addEventListener('parley-changed', forget);
addEventListener('hashchange', forget);
addEventListener('pagehide', () => document.querySelector('.flash-area')?.replaceChildren());

// What was left empty in a form that asks for a page is not in its address.
document.addEventListener('formdata', ({ target, formData }) => {
  if (target.method !== 'get') return;
  for (const [name, value] of [...formData]) if (value === '') formData.delete(name);
});

// Elements of plugins say where work goes on, and what to say there.
document.addEventListener('parley-navigate', (event) => {
  const { href, message } = event.detail ?? {};
  const target = href ? new URL(href, location.href) : null;
  if (target && target.origin !== location.origin) return;
  event.preventDefault();
  if (!target) {
    showFlash(message);
    return;
  }
  if (message) sessionStorage.setItem(flashKey, message);
  const samePage = target.pathname === location.pathname && target.search === location.search;
  if (samePage) location.reload();
  else location.assign(target.href);
});

// The heading follows when an element changed the record of this page.
document.addEventListener('parley-changed', async (event) => {
  const head = document.querySelector('[data-record-type]');
  const { type, id } = event.detail ?? {};
  if (!head || head.dataset.recordType !== type || head.dataset.recordId !== String(id)) return;
  const answer = await fetch(location.href, { credentials: 'same-origin' }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const heading = fresh.querySelector('main h1')?.textContent;
  if (heading) {
    head.querySelector('h1').textContent = heading;
    document.title = fresh.title;
  }
});

// Menus close by a click elsewhere and by Escape.
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
  }
});

// An address that names an operation of the API's reference opens it.
function openNamed() {
  const named = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (!(named instanceof HTMLDetailsElement)) return;
  named.open = true;
  named.scrollIntoView();
}
openNamed();
addEventListener('hashchange', openNamed);

// "Copy" beside a field. Where the clipboard is closed (no TLS, another host), what is selected can be copied by hand.
for (const button of document.querySelectorAll('button[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  const status = button.parentElement.querySelector('[role=status]');
  field.addEventListener('focus', () => field.select());
  if (document.activeElement === field) field.select();
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = word('Copied');
    } catch {
      field.focus();
      status.textContent = word('Press Ctrl+C to copy');
    }
  });
}

// A setting that uses its default has no value to change: its fields show the default. What they held before comes back with
// the way to change it.
const enterable = (fields) => [...fields.elements].filter((one) => one.matches('input:not([type=hidden]), select, textarea'));
function entryOf(field) {
  if (field.options) return Array.from(field.options, (option) => option.selected);
  return field.type === 'checkbox' ? field.checked : field.value;
}
function usualOf(field) {
  const has = (one) => 'usual' in one.dataset;
  if (field.options) return Array.from(field.options, has);
  return field.type === 'checkbox' ? has(field) : field.dataset.usual;
}
function enter(field, entry) {
  if (field.options) entry.forEach((selected, at) => (field.options[at].selected = selected));
  else if (field.type === 'checkbox') field.checked = entry;
  else field.value = entry;
}
for (const box of document.querySelectorAll('input[data-use-default]')) {
  const fieldset = document.getElementById(box.dataset.useDefault);
  const fields = enterable(fieldset);
  let own = null;
  fieldset.disabled = box.checked;
  box.addEventListener('change', () => {
    fieldset.disabled = box.checked;
    if (box.checked) own = fields.map(entryOf);
    const entries = box.checked ? fields.map(usualOf) : own;
    if (entries) fields.forEach((field, at) => enter(field, entries[at]));
    if (!box.checked) fields[0]?.focus();
  });
}

// What was chosen and not saved yet is not left without a question.
for (const form of document.querySelectorAll('form[data-keep]')) {
  let changed = 'unsaved' in form.dataset;
  form.addEventListener('input', () => (changed = true));
  form.addEventListener('submit', () => (changed = false));
  window.addEventListener('beforeunload', (event) => changed && event.preventDefault());
}

// Tabs of the Activity section.
function selectTab(tab) {
  for (const other of tab.parentElement.querySelectorAll('[role=tab]')) {
    const selected = other === tab;
    other.setAttribute('aria-selected', String(selected));
    other.tabIndex = selected ? 0 : -1;
    document.getElementById(other.getAttribute('aria-controls')).hidden = !selected;
  }
}
for (const list of document.querySelectorAll('[role=tablist]')) {
  const tabs = [...list.querySelectorAll('[role=tab]')];
  list.addEventListener('click', (event) => {
    const tab = event.target.closest('[role=tab]');
    if (tab) selectTab(tab);
  });
  list.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = tabs.indexOf(document.activeElement);
    if (!step || at < 0) return;
    const next = tabs[(at + step + tabs.length) % tabs.length];
    selectTab(next);
    next.focus();
  });
}

// Times in the person's own time zone and manner.
const timeZone = document.body.dataset.timeZone;
const timeFormat =
  timeZone &&
  new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short', timeZone });
function localize(root) {
  for (const time of timeFormat ? root.querySelectorAll('time[datetime]') : []) {
    const moment = new Date(time.dateTime);
    if (!Number.isNaN(moment.getTime())) {
      time.title = time.textContent;
      time.textContent = timeFormat.format(moment);
    }
  }
}
const main = document.querySelector('main');
if (main) localize(main);
document.addEventListener('host-drawn', (event) => localize(event.target));

// Menus of rows open beside their button, wherever the table ends.
document.addEventListener(
  'toggle',
  ({ target: menu }) => {
    if (!menu.matches('td.row-actions > details.menu[open]')) return;
    const list = menu.querySelector('ul');
    const button = menu.querySelector('summary').getBoundingClientRect();
    const below = button.bottom + list.offsetHeight + 8 < window.innerHeight;
    list.style.top = `${below ? button.bottom + 4 : button.top - list.offsetHeight - 4}px`;
    list.style.left = `${Math.max(8, button.right - list.offsetWidth)}px`;
  },
  { capture: true },
);
window.addEventListener(
  'scroll',
  () => {
    for (const menu of document.querySelectorAll('td.row-actions > details.menu[open]')) menu.open = false;
  },
  { capture: true, passive: true },
);

// Tables that go on beside what is seen of them show on which sides.
function showMore({ parentElement: frame, scrollLeft, scrollWidth, clientWidth }) {
  const sides = [scrollLeft > 1 && 'left', scrollLeft + clientWidth < scrollWidth - 1 && 'right'].filter(Boolean);
  frame.dataset.more = sides.join(' ');
}
const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) showMore(target.closest('.table-scroll'));
});
for (const scroll of document.querySelectorAll('.table-frame > .table-scroll')) {
  scroll.addEventListener('scroll', () => showMore(scroll), { passive: true });
  watcher.observe(scroll);
  watcher.observe(scroll.querySelector('table'));
}

// Rows of a grid that are chosen: the button that needs some says so, and the box at the top chooses all.
const allRows = document.querySelector('[data-all-rows]');
const isRow = (box) => box.matches('input[name=row][form=rows]');
function countRows(rows) {
  const chosen = rows.filter((row) => row.checked).length;
  for (const button of document.querySelectorAll('[data-needs-rows]')) {
    button.disabled = chosen === 0;
    button.textContent = chosen === 0 ? word('Delete selected') : word('Delete selected ({count})', { count: chosen });
  }
  allRows.checked = chosen > 0 && chosen === rows.length;
  allRows.indeterminate = chosen > 0 && chosen < rows.length;
}
if (allRows) {
  const boxes = () => [...document.querySelectorAll('input[name=row]')].filter(isRow);
  document.addEventListener('change', ({ target }) => {
    if (target !== allRows && !isRow(target)) return;
    const rows = boxes();
    if (target === allRows) for (const row of rows) row.checked = allRows.checked;
    countRows(rows);
  });
  countRows(boxes());
}
