// The design's values inside each element: the host's custom properties, and what stands in where it sets none.
//
// Everything else is derived from these by mixing, so that a host's colours, dark ones too, carry through.
import { css } from 'lit';

// .page-colours: of the page, whatever part of it the element stands in (lib/page-colours.js).
export const tokens = css`
  :host,
  .page-colours {
    --font: var(--parley-font, system-ui, sans-serif);
    --text: var(--parley-text, light-dark(#1c2430, #e8ebf0));
    --muted: var(--parley-muted, light-dark(#586374, #a3adbb));
    --surface: var(--parley-surface, light-dark(#ffffff, #181c22));
    --raised: var(--parley-surface-raised, light-dark(#f5f7fa, #222831));
    --border: var(--parley-border, light-dark(#d6dce4, #3a424e));
    --accent: var(--parley-accent, light-dark(#0b5cad, #7db8f2));
    --accent-text: var(--parley-accent-text, light-dark(#ffffff, #0c1a29));
    --danger: var(--parley-danger, light-dark(#b3261e, #ff9d94));
    --good: var(--parley-good, light-dark(#0b6b3a, #8fe0b2));
    --radius: var(--parley-radius, 6px);

    --accent-soft: color-mix(in srgb, var(--accent) 11%, var(--surface));
    --danger-soft: color-mix(in srgb, var(--danger) 9%, var(--surface));
    --good-soft: color-mix(in srgb, var(--good) 13%, var(--surface));
    /* What the customer does not see. */
    --note: color-mix(in srgb, light-dark(#e8a100, #f2c14e) 13%, var(--surface));
    --hover: color-mix(in srgb, var(--text) 6%, transparent);
    /* The edge of what can be typed into or pressed needs 3:1, which a host's hairline seldom has. */
    --control-border: color-mix(in srgb, var(--muted) 80%, var(--surface));
    --shadow: 0 8px 28px rgb(0 0 0 / 22%), 0 1px 3px rgb(0 0 0 / 14%);

  }

  :host {
    color: var(--text);
    font-family: var(--font);
    font-size: 0.9375rem;
    line-height: 1.5;
    overflow-wrap: anywhere;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  [hidden] {
    display: none !important;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }

  ul,
  ol {
    list-style: none;
  }

  a {
    color: var(--accent);
    text-underline-offset: 0.15em;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .muted {
    color: var(--muted);
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      scroll-behavior: auto !important;
      transition-duration: 0.01ms !important;
    }
  }
`;
