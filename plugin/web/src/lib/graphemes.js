// Characters as people count them: a family emoji is one.

const segmenter = new Intl.Segmenter();

const first = (text) => segmenter.segment(text)[Symbol.iterator]().next().value?.segment ?? '';

// 'Amanda Cole' -> 'AC'. The server sends initials; this is for names that come without.
export function initials(name = '') {
  const words = name.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return '?';
  const chosen = words.length === 1 ? [words[0]] : [words[0], words.at(-1)];
  return chosen.map(first).join('').toLocaleUpperCase();
}
