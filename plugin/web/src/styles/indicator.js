// The button in the top bar and its list.
import { css } from 'lit';

export const indicatorStyles = css`
  :host {
    display: inline-block;
    position: relative;
  }

  .open {
    position: relative;
    min-width: 2.5rem;
    padding-inline: 0.5rem;
    border-color: transparent;
    background: transparent;
  }

  .open:hover {
    background: var(--hover);
  }

  .open .count {
    position: absolute;
    top: -0.125rem;
    inset-inline-start: 1.375rem;
    font-size: 0.6875rem;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.5rem;
    align-items: center;
    justify-content: space-between;
    padding: 0.625rem 0.5rem 0.625rem 1rem;
    border-bottom: 1px solid var(--border);
  }

  .head h2 {
    margin: 0;
    font-size: 1rem;
  }

  .head button {
    flex: none;
  }

  .item {
    box-sizing: border-box;
    color: inherit;
    text-decoration: none;
  }

  .nothing {
    margin: 0;
    padding: 1.25rem 1rem;
    color: var(--muted);
  }
`;
