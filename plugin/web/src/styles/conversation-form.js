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
