// The page of a conversation: the thread, and its details beside it where there is room.
import { css } from 'lit';

export const conversationViewStyles = css`
  :host {
    container-type: inline-size;
  }

  header {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem 1rem;
    align-items: center;
    justify-content: space-between;
    margin-bottom: 1rem;
  }

  .heading {
    display: flex;
    flex: 1 1 16rem;
    flex-wrap: wrap;
    gap: 0.25rem 0.75rem;
    align-items: center;
    min-width: 0;
  }

  h1 {
    font-size: 1.375rem;
    line-height: 1.25;
    text-wrap: balance;
  }

  h2 {
    font-size: 1rem;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }

  .page {
    display: grid;
    gap: 1rem;
    align-items: start;
  }

  .card {
    min-width: 0;
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) * 1.5);
    background: var(--surface);
  }

  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.25rem;
    padding-inline: 0.5rem;
    border-bottom: 1px solid var(--border);
  }

  .tabs button {
    border: 0;
    border-bottom: 3px solid transparent;
    border-radius: 0;
    background: transparent;
    color: var(--muted);
    font-weight: 600;
    padding-inline: 0.625rem;
    white-space: nowrap;
  }

  .tabs button[aria-selected='true'] {
    border-color: var(--accent);
    color: var(--text);
  }

  @container (max-width: 24rem) {
    .tabs button {
      padding-inline: 0.5rem;
      font-size: 0.875rem;
    }
  }

  parley-thread {
    --thread-height: max(22rem, 100dvh - 26rem);
  }

  .details {
    display: grid;
    gap: 1rem;
    padding: 1rem;
  }

  dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(11rem, 100%), 1fr));
    gap: 0.75rem 1.25rem;
  }

  dt,
  .details h3 {
    color: var(--muted);
    font-size: 0.8125rem;
    font-weight: 500;
  }

  .contexts {
    display: grid;
    gap: 0.5rem;
  }

  .contexts li {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding-inline-start: 0.625rem;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--raised);
    min-height: 2.25rem;
  }

  .contexts .removed {
    border-style: dashed;
    background: transparent;
    color: var(--muted);
    font-size: 0.875rem;
  }

  .undo {
    flex: none;
  }

  .contexts > div {
    justify-self: start;
  }

  .problem {
    margin-bottom: 1rem;
  }

  @container (min-width: 56rem) {
    .page {
      grid-template-columns: minmax(0, 1fr) 19rem;
    }

    dl {
      grid-template-columns: 1fr;
    }
  }
`;
