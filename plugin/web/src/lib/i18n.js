// Texts of the elements, chosen by locale. English is complete and steps in for what another language lacks.
import { en } from '../messages/en.js';
import { de } from '../messages/de.js';

const LANGUAGES = { en, de };
const TURNS = /[\u202A\u202B\u202D\u202E\u2066-\u2068\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

// What is written from right to left, or says so by control characters, must not turn the words around it.
const isolated = (value) => (TURNS.test(value) ? `\u2068${value}\u2069` : value);

export function translator(locale = 'en') {
  const language = String(locale).toLowerCase().split(/[-_]/)[0];
  const texts = LANGUAGES[language] ?? en;
  const plural = new Intl.PluralRules(LANGUAGES[language] ? language : 'en');
  // A text is a string with {names}, or {one, other} chosen by the number `count`.
  return (key, values = {}) => {
    let text = texts[key] ?? en[key];
    if (text === undefined) throw new Error(`No text for ${key}`);
    if (typeof text === 'object') text = text[plural.select(values.count)] ?? text.other;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? isolated(String(values[name])) : whole));
  };
}

// '3', '9+'
export const badge = (count, most) => (count > most ? `${most}+` : String(count));
