import {css} from 'lit';

/** The small pictures of all heads, and the scores of the chosen one. */
export const headStyles = css`
  .heads table {
    direction: ltr;
    border-spacing: 6px;
    margin-inline: -6px;
    font-size: 0.75rem;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .heads caption {
    padding: 0 6px 4px;
    text-align: start;
    white-space: nowrap;
  }
  .heads th {
    font-weight: 400;
    padding: 0;
    white-space: nowrap;
  }
  .heads th[scope='row'] {
    text-align: start;
    padding-inline-end: 4px;
  }
  .heads td {
    padding: 0;
  }
  .thumb {
    display: block;
    padding: 0;
    border: 0;
    border-radius: 0;
    min-height: 0;
    line-height: 0;
    outline: 1px solid var(--_hairline);
    outline-offset: 1px;
  }
  .pattern {
    display: block;
    min-height: calc(1.4em + 3px);
    padding-top: 3px;
    font-size: 0.6875rem;
    line-height: 1.4;
    white-space: nowrap;
  }
  .thumb:hover:not(:disabled) {
    outline-color: var(--_muted);
  }
  .thumb[aria-pressed='true'] {
    outline: 2px solid var(--_text);
  }
  .thumb:focus-visible {
    outline: 3px solid var(--_focus);
  }
  .more[open] {
    flex-basis: 100%;
  }
  .more .controls {
    margin-block: 0.5em 0;
    font-size: 1em;
  }
  .more summary {
    width: max-content;
    color: var(--_muted);
    font-size: 0.875rem;
    cursor: pointer;
  }
  .scores {
    display: flex;
    flex-wrap: wrap;
    gap: 0.125em 1em;
    margin: 0;
    padding-top: 0.5em;
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .scores > div {
    display: flex;
    gap: 0.35em;
  }
  .scores .named {
    color: var(--_text);
    font-weight: 600;
  }
  .scores dd {
    margin: 0;
    font-family: var(--_mono);
    font-variant-numeric: tabular-nums;
  }
  @media (forced-colors: active) {
    .thumb[aria-pressed='true'] {
      background: Canvas; /* its masked cells are transparent */
      outline: 3px solid Highlight;
    }
  }
`;
