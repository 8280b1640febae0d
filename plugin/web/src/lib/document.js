// Reading JSON:API documents, and the little that is built of them.

// The linkage of a relationship: null, {type, id} or a list of these.
export function related(resource, name) {
  return resource?.relationships?.[name]?.data ?? null;
}

export function relatedId(resource, name) {
  return related(resource, name)?.id ?? null;
}

export function reference({ type, id }) {
  return { type, id };
}

export const toOne = (value) => ({ data: value ? reference(value) : null });
export const toMany = (values) => ({ data: values.map(reference) });

export const keyOf = ({ type, id }) => `${type}/${id}`;
export const same = (a, b) => (a && b ? a.type === b.type && a.id === b.id : !a && !b);

// What `meta.can` says: true, or a string why not. An action that is not named is not there: ''.
export function can(resource, action) {
  return resource?.meta?.can?.[action] ?? '';
}

export const mayDo = (resource, action) => can(resource, action) === true;

// By the `meta` of the last list that was answered. Where there was none, trying will tell.
export const mayCreate = (list) => !list.meta || mayDo(list, 'create');

// A title of a record of any type, for lists of choices. Hosts have no common attribute for it, so the usual ones are tried.
export function recordTitle(resource) {
  const { attributes: a = {}, meta = {} } = resource ?? {};
  const fullName = [a.firstName, a.lastName].filter(Boolean).join(' ');
  const found = [meta.title, a.name, a.title, fullName, a.number, a.username, a.email].find(
    (value) => typeof value === 'string' && value.trim() !== '',
  );
  return found ?? resource?.id ?? '';
}
