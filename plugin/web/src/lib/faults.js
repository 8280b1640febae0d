// Errors of a form: which belong to a field, which to the form as a whole.

// '/data/relationships/activityTargets/data/0' -> 'activityTargets'; null where it names no member.
export function memberOfPointer(pointer) {
  const match = /^\/data\/(?:attributes|relationships)\/([^/]+)/.exec(pointer ?? '');
  return match ? match[1] : null;
}

const textOf = (error) => error.detail || error.title || '';

// `fields` maps members of the document to fields of the form: {activityTargets: 'contexts'}.
// Answers {fields: {contexts: ['...']}, summary: ['...']}; a text is said once in each place.
export function sortFaults(errors, fields) {
  const sorted = { fields: {}, summary: [] };
  for (const error of errors) {
    const text = textOf(error);
    if (!text) continue;
    const field = fields[memberOfPointer(error.source?.pointer)];
    const list = field ? (sorted.fields[field] ??= []) : sorted.summary;
    if (!list.includes(text)) list.push(text);
  }
  return sorted;
}

// What was said of a field is over once that is changed.
export function withoutField(faults, field) {
  const { [field]: over, ...fields } = faults.fields;
  return over ? { ...faults, fields } : faults;
}
