// The values of the conversation form, and the documents they become. Pure.
import { keyOf, related, relatedId, same, toMany, toOne } from './document.js';

// Members of the document -> fields of the form.
export const FIELDS = {
  owner: 'owner',
  name: 'name',
  status: 'status',
  source: 'source',
  activityTargets: 'contexts',
  customerUser: 'customerUser',
  // The form has no field for the customer: the server takes it from the customer user.
  customer: 'customerUser',
};

export const FIELD_ORDER = ['owner', 'name', 'status', 'source', 'contexts', 'customerUser'];

export const emptyValues = () => ({
  owner: null,
  name: '',
  status: 'active',
  source: null,
  contexts: [],
  customerUser: null,
});

const withTitle = (reference, title) => (reference ? { ...reference, title: title ?? reference.id } : null);

// From a conversation's document; titles come with it.
export function valuesOf(resource) {
  const labels = resource.meta?.labels ?? {};
  return {
    owner: withTitle(related(resource, 'owner'), labels.owner),
    name: resource.attributes.name ?? '',
    status: relatedId(resource, 'status') ?? 'active',
    source: withTitle(related(resource, 'source'), labels.source),
    contexts: (related(resource, 'activityTargets') ?? []).map((one) => withTitle(one, labels.contexts?.[keyOf(one)])),
    customerUser: withTitle(related(resource, 'customerUser'), labels.customerUser),
  };
}

export const sameSet = (a, b) => a.length === b.length && a.every((one) => b.some((other) => same(one, other)));

// A new conversation. While a workflow directs the status, it is not written.
export function documentToCreate(values, { statusIsFree }) {
  const relationships = { activityTargets: toMany(values.contexts) };
  for (const name of ['owner', 'source', 'customerUser']) {
    if (values[name]) relationships[name] = toOne(values[name]);
  }
  if (statusIsFree) relationships.status = toOne({ type: 'conversationstatuses', id: values.status });
  return { data: { type: 'conversations', attributes: { name: values.name.trim() }, relationships } };
}

// Only what was changed: what others did to the rest meanwhile is not undone.
export function documentToUpdate(id, before, values, { statusIsFree }) {
  const data = { type: 'conversations', id };
  if (values.name !== before.name) data.attributes = { name: values.name.trim() };
  const relationships = {};
  for (const name of ['owner', 'source', 'customerUser']) {
    if (!same(values[name], before[name])) relationships[name] = toOne(values[name]);
  }
  if (!sameSet(values.contexts, before.contexts)) relationships.activityTargets = toMany(values.contexts);
  if (statusIsFree && values.status !== before.status) {
    relationships.status = toOne({ type: 'conversationstatuses', id: values.status });
  }
  if (Object.keys(relationships).length > 0) data.relationships = relationships;
  return { data };
}

export const isChanged = ({ data }) => Boolean(data.attributes || data.relationships);
