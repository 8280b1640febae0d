import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { differences, merged } from '../../plugin/web/src/lib/conflict.js';
import { emptyValues } from '../../plugin/web/src/lib/conversation-form.js';

const record = (type, id, title = id) => ({ type, id, title });
const john = record('users', '1', 'John Doe');
const dana = record('users', '3', 'Dana Reyes');
const [one, two, three] = ['1', '2', '3'].map((id) => record('orders', id));

const before = { ...emptyValues(), name: 'Old', owner: john, contexts: [one, two] };

describe('D16: an edit that met a newer version', () => {
  test('says who changed which field; a title that alone is another is no change', () => {
    const mine = { ...before, name: 'Mine' };
    const theirs = { ...before, name: 'Theirs', status: 'closed', owner: { ...john, title: 'John R. Doe' } };
    assert.deepEqual(differences(before, mine, theirs), [
      { field: 'name', mine: true, theirs: true },
      { field: 'status', mine: false, theirs: true },
    ]);
  });

  test('my changes stay on top of theirs, and theirs stay where I changed nothing', () => {
    const mine = { ...before, name: 'Mine', owner: null };
    const theirs = { ...before, owner: dana, status: 'closed', customerUser: record('customerusers', '1') };
    assert.deepEqual(merged(before, mine, theirs), { ...theirs, name: 'Mine', owner: null });
  });

  test('of the contexts nobody undoes what the other did', () => {
    const mine = { ...before, contexts: [two, three] };
    const added = record('rfqs', '1');
    assert.deepEqual(merged(before, mine, { ...before, contexts: [one, two, added] }).contexts, [two, added, three]);
    assert.deepEqual(merged(before, mine, { ...before, contexts: [one, three] }).contexts, [three]);
  });

  test('where I changed nothing it is theirs', () => {
    const theirs = { ...before, contexts: [], name: 'Theirs' };
    assert.deepEqual(merged(before, before, theirs), theirs);
  });
});
