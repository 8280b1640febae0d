// The field to choose by search: input, list below it, chips of what is chosen.
import { css } from 'lit';

export const searchSelectStyles = css`
  :host {
    display: block;
    position: relative;
  }

  .box {
    position: relative;
  }

  input {
    padding-inline-end: 4.25rem;
  }

  .tools {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0.25rem;
    display: flex;
    align-items: center;
  }

  .tools svg {
    color: var(--muted);
  }

  .tools .arrow {
    display: flex;
    padding: 0 0.375rem;
    pointer-events: none;
  }

  .tools button {
    min-height: 1.875rem;
    width: 1.875rem;
  }

  .list {
    position: absolute;
    z-index: 20;
    inset-inline: 0;
    top: calc(100% + 4px);
    max-height: 18rem;
    padding: 0.25rem;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--surface);
    box-shadow: var(--shadow);
    overflow-y: auto;
  }

  .group {
    padding: 0.5rem 0.625rem 0.125rem;
    color: var(--muted);
    font-size: 0.75rem;
    font-weight: 600;
  }

  .option {
    padding: 0.4rem 0.625rem;
    border-radius: calc(var(--radius) - 2px);
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .option:hover {
    background: var(--hover);
  }

  .option.active {
    background: var(--accent-soft);
    box-shadow: inset 3px 0 var(--accent);
  }

  .message {
    padding: 0.5rem 0.625rem;
    color: var(--muted);
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
  }

  .chip {
    display: inline-flex;
    align-items: center;
    max-width: 100%;
    padding-inline-start: 0.625rem;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--raised);
    font-size: 0.875rem;
  }

  .chip > span {
    min-width: 0;
    overflow-wrap: anywhere;
  }

  .chip small {
    margin-inline-start: 0.375rem;
    color: var(--muted);
    font-size: 0.8125rem;
  }
`;
