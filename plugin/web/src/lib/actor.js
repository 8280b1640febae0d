// The name of who is logged in, asked for once a page.
import { recordTitle } from './document.js';

const known = new Map();

// '' where the host does not tell: the element then says "You".
export function actorName(api, { type, id }) {
  if (!type || !id) return Promise.resolve('');
  const path = `${encodeURIComponent(type)}/${encodeURIComponent(id)}`;
  const key = `${api.base}/${path}`;
  if (!known.has(key)) {
    known.set(
      key,
      api.get(path).then(
        ({ data }) => recordTitle(data),
        () => '',
      ),
    );
  }
  return known.get(key);
}
