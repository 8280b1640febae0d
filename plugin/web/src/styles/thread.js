// How a thread lies and looks. Whoever places it may bound it: --thread-height, or a flex column that it fills.
import { css } from 'lit';

export const threadStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    container-type: inline-size;
  }

  .log {
    position: relative;
    flex: 1 1 auto;
    min-height: 6rem;
    max-height: var(--thread-height, none);
    padding: 0.75rem 1rem;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }

  .log:focus-visible {
    outline-offset: -2px;
  }

  /* Over the end of what is shown, without taking room from it. */
  .jump {
    position: relative;
    z-index: 1;
    height: 0;
  }

  .jump button {
    position: absolute;
    inset-inline-start: 50%;
    bottom: 0.625rem;
    translate: -50%;
    border-radius: 999px;
    background: var(--surface);
    box-shadow: var(--shadow);
    white-space: nowrap;
  }

  .jump button:hover {
    background: color-mix(in srgb, var(--text) 6%, var(--surface));
  }

  .walk {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
    align-items: center;
    padding: 0.25rem 0.5rem;
    border-bottom: 1px solid var(--border);
  }

  .walk.awaited {
    visibility: hidden;
  }

  .walk .grow {
    flex: 1;
  }

  .walk .toggle {
    display: inline-flex;
    gap: 0.375rem;
    align-items: center;
    padding-inline: 0.5rem;
    color: var(--muted);
    font-size: 0.875rem;
    font-weight: 400;
    white-space: nowrap;
  }

  .walk .toggle input {
    width: 1rem;
    height: 1rem;
    min-height: 0;
    margin: 0;
    accent-color: var(--accent);
  }

  .older {
    display: flex;
    justify-content: center;
  }

  .message {
    display: grid;
    grid-template-columns: 2.25rem minmax(0, auto);
    gap: 0 0.625rem;
    justify-content: start;
    margin-top: 0.25rem;
  }

  .message.first {
    margin-top: 1rem;
  }

  .words {
    display: grid;
    gap: 0.25rem;
    justify-items: start;
    max-width: min(42rem, calc(100cqi - 7rem));
    min-width: 0;
  }

  .avatar {
    display: none;
    width: 2.25rem;
    height: 2.25rem;
    border-radius: 50%;
    background: color-mix(in srgb, var(--muted) 18%, var(--surface));
    color: var(--text);
    font-size: 0.75rem;
    font-weight: 600;
    line-height: 2.25rem;
    text-align: center;
  }

  .first > .avatar {
    display: block;
  }

  .words {
    grid-column: 2;
  }

  .byline {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.5rem;
    align-items: baseline;
    font-size: 0.8125rem;
  }

  .message:not(.first) .byline {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  .who {
    font-weight: 600;
  }

  .posted,
  time {
    color: var(--muted);
  }

  .bubble {
    min-width: 0;
    max-width: 100%;
    padding: 0.5rem 0.75rem;
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) * 1.6);
    background: var(--raised);
  }

  .own {
    justify-content: end;
    grid-template-columns: minmax(0, auto);
  }

  .own > .avatar {
    display: none;
  }

  .own .words {
    grid-column: 1;
    justify-items: end;
  }

  .own .byline {
    justify-content: end;
  }

  .own .bubble {
    border-color: color-mix(in srgb, var(--accent) 28%, var(--surface));
    background: var(--accent-soft);
  }

  .bubble.plain {
    white-space: pre-wrap;
  }

  .internal .bubble {
    border: 1px dashed var(--control-border);
    background: var(--note);
  }

  .waiting .bubble {
    border-style: dashed;
  }

  .failed .bubble {
    border: 1px dashed var(--danger);
    background: var(--surface);
  }

  .fate {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
    align-items: center;
    justify-content: end;
    color: var(--danger);
    font-size: 0.875rem;
  }

  .reason {
    display: flex;
    gap: 0.375rem;
  }

  .reason svg {
    margin-top: 0.15em;
  }

  .fate.waiting {
    color: var(--muted);
    font-size: 0.8125rem;
  }

  .system,
  .day,
  .divider {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.5rem;
    align-items: center;
    justify-content: center;
    margin-top: 1rem;
    color: var(--muted);
    font-size: 0.8125rem;
    text-align: center;
  }

  .day::before,
  .day::after,
  .divider::before,
  .divider::after {
    content: '';
    flex: 1;
    min-width: 0.5rem;
    border-top: 1px solid var(--border);
  }

  ol > .day:first-child {
    margin-top: 0.25rem;
  }

  .divider {
    color: var(--danger);
    font-weight: 600;
  }

  .divider::before,
  .divider::after {
    border-color: var(--danger);
  }

  .foot {
    display: grid;
    gap: 0.5rem;
    padding: 0.75rem 1rem;
    border-top: 1px solid var(--border);
  }

  .walk-error {
    padding: 0.625rem 0.75rem;
  }

  .foot:empty {
    display: none;
  }

  .silent {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 0.75rem;
    align-items: center;
    color: var(--muted);
  }

  .silent span {
    flex: 1 1 12rem;
  }

  /* Of a conversation that is gone. */
  .left {
    display: grid;
    gap: 0.5rem;
    justify-items: start;
    padding: 0.75rem var(--thread-inset, 1rem);
    border-top: 1px solid var(--border);
  }

  /* What the Markdown renderer makes. */
  .bubble > :first-child {
    margin-top: 0;
  }

  .bubble > * {
    margin: 0.5rem 0 0;
  }

  .bubble :is(ul, ol) {
    padding-inline-start: 1.375rem;
  }

  .bubble ul {
    list-style: disc;
  }

  .bubble ol {
    list-style: decimal;
  }

  .bubble :is(h1, h2, h3, h4, h5, h6) {
    font-size: 1em;
    font-weight: 650;
  }

  .bubble pre {
    padding: 0.5rem 0.625rem;
    border-radius: var(--radius);
    background: var(--hover);
    overflow-x: auto;
  }

  .bubble code {
    font-family: ui-monospace, monospace;
    font-size: 0.92em;
  }

  .bubble blockquote {
    padding-inline-start: 0.75rem;
    border-inline-start: 3px solid var(--border);
    color: var(--muted);
  }

  .bubble table {
    display: block;
    border-collapse: collapse;
    overflow-x: auto;
  }

  .bubble :is(td, th) {
    padding: 0.25rem 0.5rem;
    border: 1px solid var(--border);
  }

  .bubble img {
    max-width: 100%;
  }

  @container (max-width: 30rem) {
    .log {
      padding: 0.5rem var(--thread-inset, 0.75rem);
    }

    .words {
      max-width: calc(100cqi - 5rem);
    }

    .foot {
      padding: 0.625rem var(--thread-inset, 0.75rem);
    }
  }
`;
