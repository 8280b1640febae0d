// Looking for records of the host by what a user types.
import { recordTitle, related } from './document.js';

// What the host offers for a search, in its attribute record-types: [{type, label}]. Without one, or with one that cannot
// be read, there is nothing to search.
export function readRecordTypes(text) {
  try {
    const types = JSON.parse(text || '[]');
    return Array.isArray(types) ? types.filter((one) => one && typeof one.type === 'string' && one.type !== '') : [];
  } catch {
    return [];
  }
}

// A function for search-select: text -> choices {type, id, title, group}, some of each type. types: [{type, label, filter}].
export function recordSearch(api, types, { each = types.length > 1 ? 5 : 10 } = {}) {
  const missing = new Set();
  const labels = new Map(types.map(({ type, label }) => [type, label || type]));
  return async (text, signal) => {
    const asked = types.filter(({ type }) => !missing.has(type));
    const lists = await Promise.all(asked.map((type) => searchOne(api, type, text, each, signal, missing)));
    const group = (type) => (types.length > 1 ? labels.get(type) : '');
    return lists.flat().map((choice) => ({ ...choice, group: group(choice.type) }));
  };
}

async function searchOne(api, { type, filter: always }, text, size, signal, missing) {
  const filter = text || always ? { ...always, ...(text ? { search: text } : {}) } : undefined;
  try {
    const { data } = await api.get(type, { filter, page: { size } }, { signal });
    return data.map(choiceOf);
  } catch (error) {
    // One may not list these, or the host has none: the others are still worth showing.
    if (error.kind === 'forbidden' || error.kind === 'notFound') {
      missing.add(type);
      return [];
    }
    // No such filter in this type: look through its first page ourselves.
    if (error.kind === 'invalid' && filter) {
      const { data } = await api.get(type, { page: { size: 100 } }, { signal });
      const wanted = text.toLocaleLowerCase();
      return data.map(choiceOf).filter(({ title }) => title.toLocaleLowerCase().includes(wanted)).slice(0, size);
    }
    throw error;
  }
}

// full: the title names the kind, too.
export const choiceOf = (resource) => ({
  type: resource.type,
  id: resource.id,
  title: recordTitle(resource),
  full: Boolean(resource.meta?.title),
});

// A record with its customer user as choices: {record, customerUser}. Hosts need not know that relationship, so it is not
// asked for by `include`, which they would refuse.
export async function recordWithCustomerUser(api, type, id) {
  const { data } = await api.get(`${encodeURIComponent(type)}/${encodeURIComponent(id)}`);
  const record = choiceOf(data);
  if (type === 'customerusers') return { record, customerUser: record };
  const linked = related(data, 'customerUser');
  return { record, customerUser: linked ? await readChoice(api, linked) : null };
}

// The choice for a reference; without a title where it may not be read.
export async function readChoice(api, { type, id }) {
  try {
    const { data } = await api.get(`${encodeURIComponent(type)}/${encodeURIComponent(id)}`);
    return choiceOf(data);
  } catch {
    return { type, id, title: id };
  }
}
