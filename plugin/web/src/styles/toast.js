// What says over the page what was done: at the top, where nothing is being read or written, and out of the pointer's way.
import { css } from 'lit';

export const toastStyles = css`
  :host {
    position: fixed;
    inset: 0.625rem 0.5rem auto;
    width: fit-content;
    max-width: min(30rem, calc(100vw - 1rem));
    margin: 0 auto;
    padding: 0.5rem 0.875rem;
    border: 1px solid var(--border);
    border-inline-start: 4px solid var(--of-it, var(--accent));
    border-radius: var(--radius);
    background: var(--surface);
    box-shadow: var(--shadow);
    font-weight: 500;
    pointer-events: none;
  }

  :host(:popover-open) {
    display: flex;
    gap: 0.5rem;
    align-items: center;
  }

  :host([role='alert']) {
    --of-it: var(--danger);
  }

  svg {
    flex: none;
    width: 1.125em;
    height: 1.125em;
    fill: none;
    stroke: var(--of-it, var(--accent));
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 2.5;
  }
`;
