import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { de } from '../../plugin/web/src/messages/de.js';
import { en } from '../../plugin/web/src/messages/en.js';

const names = (text) =>
  [...JSON.stringify(text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name).filter((name, at, all) => all.indexOf(name) === at);

describe('the German texts', () => {
  test('are all that the English ones are, and no more', () => {
    assert.deepEqual(Object.keys(de).sort(), Object.keys(en).sort());
  });

  test('have the same names in braces', () => {
    for (const key of Object.keys(en)) assert.deepEqual(names(de[key]).sort(), names(en[key]).sort(), key);
  });

  test('none is empty', () => {
    for (const [key, text] of Object.entries(de)) assert.notEqual(JSON.stringify(text).length, 2, key);
  });
});
