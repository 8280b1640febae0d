// The form of a question.
import { css } from 'lit';

export const questionFormStyles = css`
  :host {
    display: block;
  }

  form {
    display: grid;
    gap: 1rem;
  }

  textarea {
    min-height: 8rem;
    max-height: 40vh;
    field-sizing: content;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    justify-content: end;
  }
`;
