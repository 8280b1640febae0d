// An edit that met a newer version: what either side changed, and both together. Pure.
import { same } from './document.js';
import { FIELD_ORDER, sameSet } from './conversation-form.js';

const isText = (value) => typeof value === 'string';

const equal = (a, b) => {
  if (Array.isArray(a)) return sameSet(a, b);
  return isText(a) || isText(b) ? a === b : same(a, b);
};

// The fields in which one of the two differs from what both began with: [{field, mine, theirs}]; mine and theirs say
// who changed it.
export function differences(before, mine, theirs) {
  return FIELD_ORDER.map((field) => ({
    field,
    mine: !equal(before[field], mine[field]),
    theirs: !equal(before[field], theirs[field]),
  })).filter((one) => one.mine || one.theirs);
}

// My changes on top of theirs. Of a list each keeps what it added, and what it took away stays away.
export function merged(before, mine, theirs) {
  const values = { ...theirs };
  for (const { field } of differences(before, mine, theirs).filter((one) => one.mine)) {
    values[field] = Array.isArray(mine[field]) ? mergedLists(before[field], mine[field], theirs[field]) : mine[field];
  }
  return values;
}

function mergedLists(before, mine, theirs) {
  const without = (list, taken) => list.filter((one) => !taken.some((other) => same(one, other)));
  const removed = without(before, mine);
  const added = without(without(mine, before), theirs);
  return [...without(theirs, removed), ...added];
}
