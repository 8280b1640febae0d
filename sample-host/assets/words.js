// The host's words in the person's language: word('Save'), word('{count} chosen', { count: 3 }). The page brings them; English is what
// stands here.

const translated = JSON.parse(document.body.dataset.words ?? '{}');

export const word = (english, places = {}) =>
  (translated[english] ?? english).replace(/\{(\w+)\}/g, (place, name) => places[name] ?? place);
