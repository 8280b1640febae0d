#include "note.h"

/*
 * The custom elements, without any library. Attributes: parley/ext/elements.h. A text never becomes markup, because it
 * is only ever set as textContent.
 */
static const char notes_js[] =
    "const attribute = (element, name) => element.getAttribute(name) ?? '';\n"
    "\n"
    "async function request(element, method, path, data) {\n"
    "  const headers = {Accept: 'application/vnd.api+json'};\n"
    "  if (data) {\n"
    "    headers['Content-Type'] = 'application/vnd.api+json';\n"
    "    const csrf = attribute(element, 'csrf-header');\n"
    "    if (csrf) headers[csrf] = attribute(element, 'csrf-token');\n"
    "  }\n"
    "  const response = await fetch(attribute(element, 'api-base') + path,\n"
    "    {method, headers, credentials: 'same-origin', body: data ? JSON.stringify({data}) : undefined});\n"
    "  const answer = response.status === 204 ? {} : await response.json();\n"
    "  if (!response.ok) throw new Error((answer.errors ?? []).map((error) => error.detail).join(' ') || 'Error');\n"
    "  return answer;\n"
    "}\n"
    "\n"
    "function make(name, text, properties) {\n"
    "  const element = document.createElement(name);\n"
    "  element.textContent = text;\n"
    "  return Object.assign(element, properties);\n"
    "}\n"
    "\n"
    "class NoteForm extends HTMLElement {\n"
    "  connectedCallback() {\n"
    "    const form = make('form', '');\n"
    "    const label = make('label', 'Text ');\n"
    "    this.field = make('textarea', '', {name: 'text', rows: 4});\n"
    "    this.alert = make('p', '', {role: 'alert'});\n"
    "    label.append(this.field);\n"
    "    form.append(label, this.alert, make('button', 'Save', {type: 'submit'}));\n"
    "    form.addEventListener('submit', (event) => { event.preventDefault(); this.save(); });\n"
    "    this.replaceChildren(form);\n"
    "  }\n"
    "\n"
    "  async save() {\n"
    "    const type = attribute(this, 'record-type');\n"
    "    const data = {type: 'notes', attributes: {text: this.field.value}};\n"
    "    if (type && type !== 'notes') {\n"
    "      data.relationships = {record: {data: {type, id: attribute(this, 'record-id')}}};\n"
    "    }\n"
    "    try {\n"
    "      const answer = await request(this, 'POST', '/notes', data);\n"
    "      const about = {bubbles: true, composed: true, cancelable: true};\n"
    "      this.dispatchEvent(new CustomEvent('parley-changed',\n"
    "        {...about, detail: {type: 'notes', id: answer.data.id}}));\n"
    "      const href = attribute(this, 'return-url');\n"
    "      const leave = this.dispatchEvent(new CustomEvent('parley-navigate',\n"
    "        {...about, detail: {href, message: 'Note has been saved'}}));\n"
    "      if (leave && href) location.href = href;\n"
    "    } catch (error) {\n"
    "      this.alert.textContent = error.message;\n"
    "    }\n"
    "  }\n"
    "}\n"
    "\n"
    "class NotePanel extends HTMLElement {\n"
    "  async connectedCallback() {\n"
    "    const part = (name) => encodeURIComponent(attribute(this, name));\n"
    "    const path = `/activity/${part('record-type')}/${part('record-id')}?filter[panel]=notes`;\n"
    "    try {\n"
    "      const answer = await request(this, 'GET', path);\n"
    "      const list = make('ul', '');\n"
    "      list.append(...answer.data.map((note) => make('li', note.attributes.text)));\n"
    "      this.replaceChildren(answer.data.length ? list : make('p', 'No notes yet.'));\n"
    "    } catch (error) {\n"
    "      this.replaceChildren(make('p', error.message, {role: 'alert'}));\n"
    "    }\n"
    "  }\n"
    "}\n"
    "\n"
    "class NoteIndicator extends HTMLElement {\n"
    "  async connectedCallback() {\n"
    "    try {\n"
    "      const answer = await request(this, 'GET', '/notes/pinned');\n"
    "      this.textContent = `Pinned notes: ${answer.meta.count}`;\n"
    "    } catch (error) {\n"
    "      this.textContent = '';\n"
    "    }\n"
    "  }\n"
    "}\n"
    "\n"
    "customElements.define('note-form', NoteForm);\n"
    "customElements.define('note-panel', NotePanel);\n"
    "customElements.define('note-indicator', NoteIndicator);\n";

static int32_t PARLEY_ABI list_assets(const parley_plugin *plugin, const parley_asset_sink *result) {
  (void)plugin;
  const parley_asset asset = {
      .size = sizeof asset,
      .kind = PARLEY_ASSET_MODULE,
      .path = parley_str_of("notes.js"),
      .content_type = parley_str_of("text/javascript; charset=utf-8"),
      .etag = parley_str_of("notes-1"), /* one more with each change above */
      .bytes = {notes_js, sizeof notes_js - 1},
  };
  return result->put(result, &asset) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
}

const parley_assets note_assets = {sizeof(parley_assets), 0, list_assets};
