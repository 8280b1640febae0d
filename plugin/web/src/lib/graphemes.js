// Characters as people count them: a family emoji is one.

const segmenter = new Intl.Segmenter();

// At most so many of them.
export function beginning(text, most) {
  let length = 0;
  let count = 0;
  for (const { segment } of segmenter.segment(text)) {
    if (count === most) return `${text.slice(0, length)}…`;
    length += segment.length;
    count += 1;
  }
  return text;
}

const first = (text) => segmenter.segment(text)[Symbol.iterator]().next().value?.segment ?? '';

// 'Amanda Cole' -> 'AC'. The server sends initials; this is for names that come without.
export function initials(name = '') {
  const words = name.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return '?';
  const chosen = words.length === 1 ? [words[0]] : [words[0], words.at(-1)];
  return chosen.map(first).join('').toLocaleUpperCase();
}
