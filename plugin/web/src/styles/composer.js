// The composer: a desk in the back office, one line of a chat in the storefront.
import { css } from 'lit';

export const composerStyles = css`
  :host {
    display: block;
  }

  form {
    display: grid;
    gap: 0.5rem;
  }

  textarea {
    min-height: 4.5rem;
    max-height: 14rem;
    field-sizing: content;
  }

  .chat {
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: end;
  }

  .chat textarea {
    min-height: 2.75rem;
    resize: none;
  }

  .chat button {
    min-height: 2.75rem;
  }

  .chat .below {
    grid-column: 1 / -1;
  }

  .mode {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1rem;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .choice {
    display: inline-flex;
    gap: 0.375rem;
    align-items: center;
    min-height: 1.75rem;
    font-weight: 400;
  }

  .choice input {
    width: 1rem;
    height: 1rem;
    min-height: 0;
    margin: 0;
    accent-color: var(--accent);
  }

  .choice svg {
    width: 1rem;
    height: 1rem;
    color: var(--muted);
  }

  .internal textarea {
    border-style: dashed;
    background: var(--note);
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1rem;
    align-items: end;
    justify-content: space-between;
  }

  parley-search-select.from {
    display: block;
    flex: 0 1 20rem;
  }

  p.from {
    display: flex;
    gap: 0.5rem;
    align-items: baseline;
  }
`;
