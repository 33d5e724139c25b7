import {css} from 'lit';

export const styles = css`
  .waiting {
    min-height: 30em;
  }
  .messages {
    display: grid;
    margin-block-start: 1em;
    gap: 0.25em;
    max-width: 66ch;
    font-size: 0.9375em;
  }
  .messages textarea {
    font-family: var(--_mono);
    font-size: 0.9em;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1em;
    align-items: center;
  }
  .frame {
    position: relative; /* hidden words of the table scroll with it */
    overflow-x: auto;
  }
  .frame[data-hides~='left'] {
    --_left: 0px; /* the first column stays, and is not to fade */
  }
  table {
    border-collapse: separate;
    border-spacing: 2px 0.5em;
    font-size: 0.8125em;
  }
  th {
    padding-inline-end: 0.5em;
    color: var(--_muted);
    font-weight: 400;
  }
  thead th {
    padding: 0;
  }
  thead .found {
    padding: 0 0.75em 0.25em 0;
    color: var(--_text);
    line-height: 1.35;
    text-align: start;
    vertical-align: bottom;
    white-space: nowrap;
  }
  thead .last-position-found {
    padding-inline: 0.5em 0;
  }
  td {
    font-family: var(--_mono);
    min-width: 1.1em;
    height: 2.2em;
    padding: 0 0.2em;
    border-block-end: 3px solid transparent;
    white-space: pre;
    text-align: center;
  }
  td.token {
    background: var(--_token-1);
  }
  td.pad:empty,
  .pad.swatch {
    forced-color-adjust: none; /* padding is nothing but its hatching */
    outline: 1px solid var(--_hairline);
    outline-offset: -1px;
    background-image: repeating-linear-gradient(-45deg, var(--_masked) 0 2px, transparent 2px 6px);
  }
  .share.swatch {
    forced-color-adjust: none;
    background: var(--_attention);
  }
  td.cut {
    color: var(--_muted);
    text-decoration: line-through;
  }
  td.seen,
  .seen.swatch {
    border-block-end: 3px solid var(--_key);
  }
  td.last-token,
  .last-token.swatch {
    outline: 2.5px solid var(--_text);
    outline-offset: -2px;
  }
  td.last-position.last-position:not(.last-token),
  .last-position.swatch {
    outline: 2.5px dashed var(--_text);
    outline-offset: -2px;
  }
  td.verdict {
    padding-inline: 0 0.75em;
    background: var(--_background);
    font-family: inherit;
    font-size: 1.15em;
    text-align: start;
    white-space: nowrap;
  }
  .last-token-found {
    position: sticky;
    inset-inline-start: 0;
    background: var(--_background);
  }
  td.last-position-found {
    padding-inline: 0.5em 0;
  }
  .verdict b {
    font-weight: 400;
  }
  .verdict.chosen b,
  .verdict.wrong b {
    font-weight: 700;
  }
  .verdict.wrong {
    color: var(--_error);
  }
  @container (max-width: 40em) {
    thead .found {
      white-space: normal;
    }
    td.verdict {
      font-size: 1em;
    }
    .where {
      display: none;
    }
    td.pad:empty {
      min-width: 5px;
      padding: 0;
    }
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1.25em;
    margin-block: 0.25em 0;
    color: var(--_muted);
    font-size: 0.875em;
  }
  .swatch {
    display: inline-block;
    width: 1.2em;
    height: 1.2em;
    vertical-align: text-bottom;
  }
  .readout {
    min-height: 3lh;
    max-width: 66ch;
  }
`;
