// Buttons in a row, and what opens from them.
import { css } from 'lit';

export const conversationToolsStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
    margin-inline: -0.625rem auto;
  }

  @container (max-width: 24rem) {
    :host {
      gap: 0;
      margin-inline-start: -0.4375rem;
    }

    :is(a, button).quiet.small {
      padding-inline: 0.4375rem;
    }
  }

  dialog {
    width: min(48rem, calc(100vw - 2rem));
  }

  .dialog-body {
    display: grid;
    gap: 1rem;
    align-content: start;
  }

  /* Room for the list of choices. */
  .dialog-body.context {
    min-height: 24rem;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }

  .danger {
    border-color: var(--danger);
    color: var(--danger);
  }
`;
