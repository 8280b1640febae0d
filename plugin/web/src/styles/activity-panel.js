// The Activity section: a list of rows that open.
import { css } from 'lit';

export const activityPanelStyles = css`
  :host {
    container-type: inline-size;
  }

  .items {
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) * 1.5);
    background: var(--surface);
  }

  /* Not clipped: lists of choices reach out of it. */
  .items > li:first-child .head {
    border-start-start-radius: calc(var(--radius) * 1.5);
    border-start-end-radius: calc(var(--radius) * 1.5);
  }

  .items > li:last-child .head {
    border-end-start-radius: calc(var(--radius) * 1.5);
    border-end-end-radius: calc(var(--radius) * 1.5);
  }

  .items > li + li {
    border-top: 1px solid var(--border);
  }

  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 0.75rem;
    align-items: end;
    margin-bottom: 0.75rem;
  }

  .filters .field {
    flex: 0 1 11rem;
  }

  @container (max-width: 40rem) {
    .filters .field {
      flex: 1 1 10.5rem;
    }
  }

  h3 {
    font: inherit;
  }

  .head {
    display: grid;
    grid-template-columns: 1.125rem minmax(0, 1fr) minmax(6rem, 11rem) auto minmax(5.5rem, auto);
    gap: 0 0.75rem;
    width: 100%;
    min-height: 3rem;
    padding: 0.5rem 1rem;
    border: 0;
    border-radius: 0;
    background: transparent;
    font-weight: 400;
    text-align: start;
  }

  .head:hover {
    background: var(--hover);
  }

  .head:focus-visible {
    outline-offset: -3px;
  }

  .head > svg {
    color: var(--muted);
    transition: transform 120ms;
  }

  .head[aria-expanded='true'] > svg {
    transform: rotate(90deg);
  }

  .name {
    font-weight: 500;
  }

  .unread .name {
    font-weight: 700;
  }

  .name .unread-dot {
    display: inline-block;
    margin-inline-start: 0.375rem;
    vertical-align: 0.125rem;
  }

  .owner,
  .head time {
    color: var(--muted);
    font-size: 0.875rem;
  }

  .head time {
    text-align: end;
  }

  .body {
    border-top: 1px solid var(--border);
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
    padding: 0.5rem 1rem;
    background: var(--raised);
  }

  .tools .button {
    margin-inline: -0.625rem auto;
  }

  .problem {
    padding: 0.5rem 1rem;
  }

  parley-thread {
    --thread-height: 30rem;
  }

  .more {
    display: grid;
    gap: 0.5rem;
    justify-items: center;
    padding-top: 0.75rem;
  }

  @container (max-width: 40rem) {
    .head {
      grid-template-columns: 1.125rem minmax(0, 1fr) auto;
      row-gap: 0.125rem;
    }

    .name {
      grid-column: 2 / -1;
    }

    .owner {
      grid-column: 2;
      grid-row: 2;
    }

    .status {
      grid-column: 3;
      grid-row: 2;
    }

    .head time {
      grid-column: 2 / -1;
      grid-row: 3;
      text-align: start;
    }
  }
`;
