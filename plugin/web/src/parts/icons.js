// Icons: shapes of Lucide (ISC license), drawn as part of the page so that they take its colours. Words stand beside them
// or name the button, so readers of the page skip them.
import { html, svg } from 'lit';

const icon = (shape) => html`<svg viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;

export const chevronDown = icon(svg`<path d="m6 9 6 6 6-6" />`);
export const chevronRight = icon(svg`<path d="m9 18 6-6-6-6" />`);
export const arrowLeft = icon(svg`<path d="m12 19-7-7 7-7" /><path d="M19 12H5" />`);
export const arrowDown = icon(svg`<path d="M12 5v14" /><path d="m19 12-7 7-7-7" />`);
export const check = icon(svg`<path d="M20 6 9 17l-5-5" />`);
export const cross = icon(svg`<path d="M18 6 6 18" /><path d="m6 6 12 12" />`);
export const plus = icon(svg`<path d="M5 12h14" /><path d="M12 5v14" />`);
export const refresh = icon(
  svg`<path d="M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8" /><path d="M21 3v5h-5" />
    <path d="M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16" /><path d="M8 16H3v5" />`,
);
export const alert = icon(
  svg`<circle cx="12" cy="12" r="10" /><path d="M12 8v4" /><path d="M12 16h.01" />`,
);
export const bubbles = icon(
  svg`<path d="M14 9a2 2 0 0 1-2 2H6l-4 4V4a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2z" />
    <path d="M18 9h2a2 2 0 0 1 2 2v11l-4-4h-6a2 2 0 0 1-2-2v-1" />`,
);
export const lock = icon(
  svg`<rect width="18" height="11" x="3" y="11" rx="2" /><path d="M7 11V7a5 5 0 0 1 10 0v4" />`,
);
export const question = icon(
  svg`<path d="M21 15a2 2 0 0 1-2 2H7l-4 4V5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2z" />
    <path d="M9.5 8.5a2.5 2.5 0 0 1 5 .5c0 1.5-2.5 1.75-2.5 3" /><path d="M12 14.5h.01" />`,
);
