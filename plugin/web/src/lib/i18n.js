// Texts of the elements, chosen by locale. English is complete and steps in for what another language lacks.
import { en } from '../messages/en.js';
import { de } from '../messages/de.js';

const LANGUAGES = { en, de };

export function translator(locale = 'en') {
  const language = String(locale).toLowerCase().split(/[-_]/)[0];
  const texts = LANGUAGES[language] ?? en;
  const plural = new Intl.PluralRules(LANGUAGES[language] ? language : 'en');
  // A text is a string with {names}, or {one, other} chosen by the number `count`.
  return (key, values = {}) => {
    let text = texts[key] ?? en[key];
    if (text === undefined) throw new Error(`No text for ${key}`);
    if (typeof text === 'object') text = text[plural.select(values.count)] ?? text.other;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  };
}

// '3', '9+'
export const badge = (count, most) => (count > most ? `${most}+` : String(count));
