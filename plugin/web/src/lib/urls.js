// Addresses of the host's pages. The host gives templates; nothing here knows how it lays out its pages.

export function recordUrl(template, { type, id } = {}) {
  if (!template || !type || !id) return '';
  return template.replaceAll('{type}', encodeURIComponent(type)).replaceAll('{id}', encodeURIComponent(id));
}

// The address of the page with one query parameter set, or removed when the value is empty. Path and query only.
export function withParameter(href, name, value) {
  const url = new URL(href, 'http://relative.invalid/');
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
  return `${url.pathname}${url.search}${url.hash}`;
}

export function parameter(href, name) {
  return new URL(href, 'http://relative.invalid/').searchParams.get(name);
}
