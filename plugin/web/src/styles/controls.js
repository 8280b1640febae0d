// Buttons, fields, badges: what several elements draw alike.
import { css } from 'lit';

export const buttons = css`
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4rem;
    min-height: 2.25rem;
    padding: 0.25rem 0.875rem;
    border: 1px solid var(--control-border);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--text);
    font: inherit;
    font-weight: 500;
    line-height: 1.3;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    transition: background-color 120ms;
  }

  button:hover,
  .button:hover {
    background: color-mix(in srgb, var(--text) 6%, var(--surface));
  }

  button[disabled],
  button[aria-disabled='true'] {
    border-color: var(--border);
    background: transparent;
    color: var(--muted);
    cursor: default;
  }

  button.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--accent-text);
  }

  button.primary:hover {
    background: color-mix(in srgb, var(--accent) 88%, var(--text));
  }

  button.primary[aria-disabled='true'] {
    opacity: 0.7;
  }

  button.quiet,
  .button.quiet {
    border-color: transparent;
    background: transparent;
    color: var(--accent);
  }

  button.quiet:hover,
  .button.quiet:hover {
    background: var(--hover);
  }

  button.quiet[disabled],
  button.quiet[aria-disabled='true'] {
    color: var(--muted);
  }

  button.small,
  .button.small {
    min-height: 1.875rem;
    padding: 0.125rem 0.625rem;
    font-size: 0.875rem;
  }

  button.icon {
    width: 2.25rem;
    padding: 0;
    border-color: transparent;
    background: transparent;
    color: var(--muted);
  }

  button.icon:hover {
    background: var(--hover);
    color: var(--text);
  }

  button.icon.small {
    width: 1.875rem;
  }

  svg {
    flex: none;
    width: 1.125em;
    height: 1.125em;
    fill: none;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 2;
  }

  @media (pointer: coarse) {
    button,
    .button,
    button.small,
    .button.small {
      min-height: 2.75rem;
    }

    button.icon,
    button.icon.small {
      width: 2.75rem;
    }
  }
`;

export const fields = css`
  .field {
    display: grid;
    gap: 0.25rem;
    align-content: start;
    min-width: 0;
  }

  label,
  .label {
    font-size: 0.875rem;
    font-weight: 600;
  }

  input,
  select,
  textarea {
    width: 100%;
    min-height: 2.5rem;
    padding: 0.4rem 0.7rem;
    border: 1px solid var(--control-border);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--text);
    font: inherit;
  }

  textarea {
    display: block;
    resize: vertical;
  }

  ::placeholder {
    color: var(--muted);
    opacity: 1;
  }

  input:focus-visible,
  select:focus-visible,
  textarea:focus-visible {
    border-color: var(--accent);
    outline-offset: -1px;
  }

  [aria-invalid='true'],
  [aria-invalid='true']:focus-visible {
    border-color: var(--danger);
  }

  .hint {
    color: var(--muted);
    font-size: 0.8125rem;
  }

  .fault {
    display: flex;
    gap: 0.35rem;
    align-items: baseline;
    color: var(--danger);
    font-size: 0.875rem;
  }

  .fault svg {
    align-self: center;
  }

  /* Fields smaller than 16px make phones zoom in. */
  @media (pointer: coarse) {
    input,
    select,
    textarea {
      font-size: 1rem;
    }
  }
`;

export const marks = css`
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    padding: 0.0625rem 0.5rem;
    border: 1px solid var(--border);
    border-radius: 1rem;
    background: var(--raised);
    color: var(--text);
    font-size: 0.8125rem;
    font-weight: 500;
    line-height: 1.5;
    white-space: nowrap;
  }

  /* The dot repeats what the word says: filled, hollow, square. */
  .badge::before {
    content: '';
    width: 0.5rem;
    height: 0.5rem;
    border: 2px solid var(--muted);
    border-radius: 50%;
  }

  .badge.active {
    border-color: transparent;
    background: var(--good-soft);
    color: var(--good);
  }

  .badge.active::before {
    border-color: var(--good);
    background: var(--good);
  }

  .badge.closed::before {
    border-radius: 1px;
    background: var(--muted);
  }

  .count {
    min-width: 1.375rem;
    padding: 0 0.375rem;
    border-radius: 1rem;
    background: var(--accent);
    color: var(--accent-text);
    font-size: 0.75rem;
    font-weight: 600;
    line-height: 1.375rem;
    text-align: center;
    white-space: nowrap;
  }

  .internal-mark {
    display: inline-flex;
    gap: 0.25rem;
    align-items: center;
    color: var(--muted);
    font-size: 0.8125rem;
    font-weight: 600;
  }

  .internal-mark svg {
    width: 0.875rem;
    height: 0.875rem;
  }

  .unread-dot {
    flex: none;
    width: 0.5rem;
    height: 0.5rem;
    border-radius: 50%;
    background: var(--accent);
  }

  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 0.75rem;
    align-items: center;
    padding: 0.625rem 0.875rem;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--raised);
  }

  .notice.error {
    border-color: color-mix(in srgb, var(--danger) 45%, var(--surface));
    background: var(--danger-soft);
  }

  .notice.error > svg {
    color: var(--danger);
  }

  .notice > span {
    flex: 1 1 8rem;
  }

  .notice ul {
    flex: 1;
    min-width: 12rem;
  }

  .login {
    margin-bottom: 0.75rem;
  }

  .summary > .login {
    margin: 0;
  }

  .state {
    display: grid;
    gap: 0.75rem;
    justify-items: center;
    align-content: center;
    padding: 2rem 1rem;
    color: var(--muted);
    text-align: center;
  }

  .state > svg {
    width: 2rem;
    height: 2rem;
    stroke-width: 1.5;
  }

  .state .muted {
    max-width: 28rem;
    font-size: 0.875rem;
  }

  .spinner {
    width: 1.5rem;
    height: 1.5rem;
    border: 2px solid var(--border);
    border-top-color: var(--accent);
    border-radius: 50%;
    animation: turn 800ms linear infinite;
  }

  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
`;
