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
export function happened(t, { kind, messageIndex }) {
  return KINDS[kind] ? t(KINDS[kind], { number: messageIndex ?? '' }) : kind;
}

// What was before and is now, of members that are texts: ['Name: One → Two'].
export function changesOf(t, { changes = {} }) {
  const lines = [];
  if (changes.name) lines.push(line(t('fieldName'), changes.name.from, changes.name.to));
  if (changes.status) {
    lines.push(line(t('fieldStatus'), statusName(t, changes.status.from), statusName(t, changes.status.to)));
  }
  return lines;
}

const line = (label, from, to) => `${label}: ${from ? `${from} → ` : ''}${to}`;
