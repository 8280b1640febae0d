// The "Questions" button and its list.
import { css } from 'lit';

export const questionsStyles = css`
  :host {
    display: inline-block;
    position: relative;
  }

  .ask {
    padding: 0.5rem;
    border-top: 1px solid var(--border);
  }

  .ask button {
    width: 100%;
  }
`;
