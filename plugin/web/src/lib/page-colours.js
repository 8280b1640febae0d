// What opens over the page takes the page's colours, though its element stands in a part with others: a dark bar.

const NAMES = ['text', 'muted', 'surface', 'surface-raised', 'border', 'accent', 'accent-text', 'danger'];

// Gives an element of class "page-colours" the properties of the page as they are now.
export function takePageColours(element) {
  const page = getComputedStyle(document.documentElement);
  for (const name of NAMES) {
    const property = `--parley-${name}`;
    // "initial" is no value: what stands in for one that the page does not set.
    element.style.setProperty(property, page.getPropertyValue(property) || 'initial');
  }
}
