// The two panes of the storefront's page; one after the other where there is no room for both.
import { css } from 'lit';

export const conversationsStyles = css`
  :host {
    container-type: inline-size;
  }

  header {
    display: flex;
    justify-content: end;
    margin-bottom: 0.75rem;
  }

  header.awaited {
    visibility: hidden;
  }

  .panes {
    display: grid;
    grid-template-columns: minmax(15rem, 21rem) minmax(0, 1fr);
    height: clamp(26rem, 100dvh - 16rem, 52rem);
    border: 1px solid var(--border);
    border-radius: calc(var(--radius) * 1.5);
    background: var(--surface);
    overflow: hidden;
  }

  .panes.single {
    grid-template-columns: 1fr;
    height: auto;
    min-height: 18rem;
  }

  /* What is hidden in it scrolls with it, and does not make the page longer. */
  .list {
    position: relative;
    border-inline-end: 1px solid var(--border);
    overflow-y: auto;
  }

  .list li {
    border-bottom: 1px solid var(--border);
  }

  .item {
    padding: 0.75rem 1rem;
    color: var(--text);
    text-decoration: none;
  }

  .item[aria-current] {
    background: var(--accent-soft);
    box-shadow: inset 3px 0 var(--accent);
  }

  .item[aria-current] :is(.preview, .whose, time) {
    color: color-mix(in srgb, var(--muted) 70%, var(--text));
  }

  .more {
    display: grid;
    gap: 0.5rem;
    justify-items: center;
    padding: 0.75rem;
  }

  .open {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }

  .open > .state {
    flex: 1;
  }

  .open-head {
    display: grid;
    gap: 0.125rem;
    padding: 0.75rem 1rem;
    border-bottom: 1px solid var(--border);
  }

  .titles {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.625rem;
    align-items: center;
  }

  h2 {
    font-size: 1.0625rem;
    line-height: 1.3;
  }

  .about {
    color: var(--muted);
    font-size: 0.875rem;
  }

  .way-back {
    display: none;
    align-self: start;
    justify-self: start;
    margin-inline-start: -0.625rem;
  }

  .open parley-thread {
    flex: 1 1 auto;
    min-height: 0;
  }

  @container (max-width: 44rem) {
    /* The page's own frame is enough. */
    .panes:not(.single) {
      --thread-inset: 0.25rem;

      grid-template-columns: minmax(0, 1fr);
      height: auto;
      border: 0;
      border-radius: 0;
      background: none;
    }

    .item {
      padding-inline: 0.25rem;
    }

    .open-head {
      padding: 0 0.25rem 0.625rem;
    }

    .panes.reading {
      height: clamp(24rem, 100dvh - 10rem, 52rem);
    }

    .list {
      border: 0;
    }

    .list li:last-child {
      border: 0;
    }

    .reading .list,
    .panes:not(.reading) .open,
    header.behind {
      display: none;
    }

    .way-back {
      display: inline-flex;
    }

    .create {
      width: 100%;
    }
  }
`;
