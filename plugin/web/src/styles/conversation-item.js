// parts/conversation-item.js, in an element `.item`.
import { css } from 'lit';

export const conversationItemStyles = css`
  .item {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.0625rem;
  }

  .item:hover {
    background: var(--hover);
  }

  .item:focus-visible {
    outline-offset: -3px;
  }

  .line {
    display: flex;
    gap: 0.75rem;
    align-items: center;
    justify-content: space-between;
  }

  .line > :is(.name, .preview) {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .item .name {
    font-weight: 500;
  }

  .unread .name {
    font-weight: 700;
  }

  .whose {
    color: var(--muted);
    font-size: 0.8125rem;
  }

  .preview {
    color: var(--muted);
    font-size: 0.875rem;
  }

  .preview b {
    font-weight: 600;
  }

  .preview .failed {
    color: var(--danger);
  }

  .line > :is(time, .mark) {
    flex: none;
  }

  .item time {
    color: var(--muted);
    font-size: 0.8125rem;
  }

  .mark {
    display: flex;
    gap: 0.375rem;
    align-items: center;
  }
`;
