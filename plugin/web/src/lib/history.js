// Events in words. Pure: no requests, no DOM.
import { statusName } from '../parts/states.js';

const KINDS = {
  created: 'happenedCreated',
  'message-added': 'happenedMessage',
  'status-changed': 'happenedStatus',
  edited: 'happenedEdited',
  assigned: 'happenedAssigned',
  'context-added': 'happenedContextAdded',
  'context-removed': 'happenedContextRemoved',
};

// 'Message 3 was added'. A kind that came later is said as the server names it.
export function happened(t, { attributes: { kind, messageIndex } }) {
  return KINDS[kind] ? t(KINDS[kind], { number: messageIndex ?? '' }) : kind;
}

// Members whose values are records; the server tells their titles beside them.
const RECORDS = {
  owner: 'fieldOwner',
  source: 'fieldSource',
  customer: 'fieldCustomer',
  customerUser: 'fieldCustomerUser',
};

// What was before and is now: ['Name: One → Two', 'Assigned to: Dana Reyes → Charlie Stone'].
export function changesOf(t, { attributes: { changes = {} }, meta: { labels = {} } = {} }) {
  const title = (record) => labels[record] ?? record;
  const lines = [];
  const add = (label, { from, to }, say) => {
    const before = from ? `${say(from)} → ` : '';
    lines.push(`${label}: ${before}${to ? say(to) : t('none')}`);
  };
  if (changes.name) add(t('fieldName'), changes.name, (name) => name);
  if (changes.status) add(t('fieldStatus'), changes.status, (id) => statusName(t, id));
  for (const [member, label] of Object.entries(RECORDS)) {
    if (changes[member]) add(t(label), changes[member], title);
  }
  // It came or went: there is one alone.
  if (changes.context) lines.push(title(changes.context.to || changes.context.from));
  return lines;
}
