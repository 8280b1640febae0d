// The native dialog: a card in the middle, on a phone a sheet from the bottom.
import { css } from 'lit';

export const dialogStyles = css`
  dialog {
    width: min(36rem, calc(100vw - 2rem));
    max-width: none;
    max-height: min(46rem, calc(100dvh - 2rem));
    padding: 0;
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) * 2);
    background: var(--surface);
    color: var(--text);
    box-shadow: var(--shadow);
    overflow: hidden;
  }

  dialog[open] {
    display: flex;
    flex-direction: column;
  }

  dialog::backdrop {
    background: rgb(10 14 20 / 55%);
  }

  .dialog-head {
    display: flex;
    gap: 0.75rem;
    align-items: center;
    justify-content: space-between;
    padding: 0.75rem 0.75rem 0.75rem 1.25rem;
    border-bottom: 1px solid var(--border);
  }

  .dialog-head h2 {
    font-size: 1.0625rem;
    line-height: 1.3;
  }

  .dialog-head .titles {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.625rem;
    align-items: center;
    min-width: 0;
  }

  /* As long as people like; the messages below it need the room. */
  .titles h2 {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }

  .dialog-body {
    padding: 1.25rem;
    overflow-y: auto;
  }

  dialog > .login {
    margin: 0.75rem 1.25rem;
  }

  dialog parley-thread {
    flex: 1 1 auto;
    min-height: 0;
  }

  @media (max-width: 36rem) {
    dialog {
      width: 100vw;
      max-height: calc(100dvh - 1.5rem);
      margin-bottom: 0;
      border-width: 1px 0 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
  }
`;
