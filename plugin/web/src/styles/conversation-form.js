// The form in two columns, on a phone in one.
import { css } from 'lit';

export const conversationFormStyles = css`
  :host {
    max-width: 54rem;
    container-type: inline-size;
  }

  form {
    display: grid;
    gap: 1.25rem 1.5rem;
  }

  .wide {
    grid-column: 1 / -1;
  }

  .fixed {
    display: flex;
    align-items: center;
    min-height: 2.5rem;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    padding-top: 0.25rem;
  }

  @media (min-width: 36.01rem) {
    .conflict {
      width: min(40rem, calc(100vw - 2rem));
    }
  }

  .conflict .dialog-body {
    display: grid;
    gap: 1rem;
  }

  .conflict td {
    width: 40%;
    overflow-wrap: anywhere;
  }

  @container (max-width: 34rem) {
    .conflict tbody th {
      display: block;
      padding: 0.125rem 0;
      border: 0;
    }

    .conflict td {
      width: auto;
    }
  }

  @container (min-width: 40rem) {
    form {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
  }

  @container (max-width: 24rem) {
    .actions {
      display: grid;
    }
  }
`;
