// Tables of the view page; on a phone each row is a card.
import { css } from 'lit';

export const tableStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.9375rem;
  }

  th,
  td {
    padding: 0.5rem 0.75rem;
    border-bottom: 1px solid var(--border);
    text-align: start;
    vertical-align: top;
  }

  tbody tr:last-child,
  tbody tr:last-child > * {
    border-bottom: 0;
  }

  th {
    color: var(--muted);
    font-size: 0.8125rem;
    font-weight: 600;
    white-space: nowrap;
  }

  .number {
    width: 1%;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }

  /* Names break between words where they can. */
  td {
    overflow-wrap: break-word;
  }

  td.long {
    width: 60%;
    overflow-wrap: anywhere;
  }

  .text {
    white-space: pre-line;
  }

  td .muted {
    display: block;
    font-size: 0.875rem;
  }

  .system td {
    color: var(--muted);
  }

  time {
    white-space: nowrap;
  }

  .more {
    padding: 0.75rem;
    border-top: 1px solid var(--border);
    text-align: center;
  }

  @container (max-width: 34rem) {
    table,
    tbody,
    tr,
    td {
      display: block;
    }

    thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    tr {
      padding: 0.625rem 0.75rem;
      border-bottom: 1px solid var(--border);
    }

    td,
    td.number,
    td.long {
      display: grid;
      grid-template-columns: 6rem minmax(0, 1fr);
      gap: 0 0.75rem;
      width: auto;
      padding: 0.125rem 0;
      border: 0;
      text-align: start;
    }

    td::before {
      grid-row: span 9;
      content: attr(data-label);
      color: var(--muted);
      font-size: 0.8125rem;
    }
  }
`;
