// A list of conversations that opens below a button.
import { css } from 'lit';

export const dropdownStyles = css`
  .list {
    position: fixed;
    inset: auto;
    width: min(24rem, calc(100vw - 1rem));
    max-height: min(28rem, 70dvh);
    margin: 0;
    padding: 0;
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) * 1.5);
    background: var(--surface);
    color: var(--text);
    box-shadow: var(--shadow);
  }

  .list:popover-open {
    display: flex;
    flex-direction: column;
  }

  .list ul {
    overflow-y: auto;
  }

  .list li + li {
    border-top: 1px solid var(--border);
  }

  .list > .login {
    margin: 0.75rem;
  }

  .item {
    width: 100%;
    padding: 0.625rem 1rem;
    border: 0;
    border-radius: 0;
    background: transparent;
    font-weight: 400;
    text-align: start;
  }
`;
