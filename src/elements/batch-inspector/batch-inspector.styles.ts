import {css} from 'lit';

const hatching = css`repeating-linear-gradient(-45deg, var(--_masked) 0 1.5px, transparent 1.5px 5px)`;

export const styles = css`
  p {
    margin: 0;
  }
  .controls .step {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0.5em;
    align-items: center;
  }
  .controls input.number {
    width: 5.5em;
  }
  /* as high as the two tensors and the chosen row’s text will be */
  .waiting {
    --_tensor: min(30em, var(--rows) * 25px + 3em);
    display: grid;
    place-items: center;
    min-height: calc(2 * var(--_tensor) + 12.9em);
    color: var(--_muted);
  }
  .window {
    margin-top: 1em;
    overflow: hidden;
  }
  .window th {
    position: static;
    min-width: 72px;
    color: var(--_muted);
    font: 0.9375rem var(--_sans, inherit);
    text-align: start;
  }
  .window td {
    height: 32px;
    border-radius: 3px;
    font-size: 0.875rem;
  }
  .window table {
    border-spacing: 3px 0;
  }
  .window .arrows td {
    height: 24px;
    color: var(--_muted);
  }
  .window .arrows .told {
    color: var(--_text);
    font-weight: 700;
  }
  .window .read {
    background-color: color-mix(in oklab, var(--_query) 10%, var(--_background));
  }
  .window .predict {
    background-color: color-mix(in oklab, var(--_key) 10%, var(--_background));
  }
  .window :is(.before, .read.told) {
    background-color: color-mix(in oklab, var(--_query) 28%, var(--_background));
  }
  .window .predict.told {
    outline: 2px solid var(--_key);
    outline-offset: -2px;
    font-weight: 700;
  }
  .told-words {
    min-height: 2em;
    margin-top: 0.75em;
    font-size: 1.125em;
  }
  .told-words b {
    padding: 0.125em 0.25em;
    border-radius: 3px;
    font-family: var(--_mono);
    font-size: 0.875em;
    font-weight: 400;
    white-space: pre-wrap;
  }
  .batch {
    margin-top: 1em;
    border-top: 1px solid var(--_hairline);
  }
  .batch summary {
    padding-block: 0.625em;
    cursor: pointer;
  }
  .pager {
    display: flex;
    gap: 0.5em;
    align-items: center;
    font-size: 0.875em;
  }
  .pager span {
    min-width: 13em;
    font-variant-numeric: tabular-nums;
    text-align: center;
  }

  .tensors.beside {
    display: grid;
    grid-template-columns: auto auto;
    justify-content: start;
    gap: 0 32px;
  }
  .frame {
    overflow: auto;
    max-height: 30em;
    margin-top: 0.5em;
  }
  table {
    direction: ltr;
    border-collapse: separate;
    border-spacing: 1px;
    font-family: var(--_mono);
    font-size: 0.8125rem;
    line-height: 1.3;
  }
  caption {
    padding-bottom: 0.25em;
    text-align: start;
  }
  caption b {
    font-weight: 700;
  }
  .inputs caption b {
    color: var(--_query);
  }
  .targets caption b {
    color: var(--_key);
  }
  .shape {
    color: var(--_muted);
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    background: var(--_background);
    color: var(--_muted);
    font-size: 12px;
    font-weight: normal;
  }
  thead th.highlighted {
    color: var(--_text);
    font-weight: 700;
  }
  th[scope='row'] {
    position: sticky;
    inset-inline-start: 0;
    background: var(--_background);
    font-weight: normal;
    text-align: end;
  }
  th[scope='row'] button {
    min-width: 2.25em;
    min-height: 24px;
    padding-inline: 0.25em;
    text-align: end;
    text-decoration: none;
  }
  tr.chosen th[scope='row'] button {
    border-radius: 0;
    box-shadow: inset 3px 0 0 var(--_text);
    font-weight: 700;
  }
  td {
    overflow: hidden;
    min-width: var(--column);
    max-width: var(--column);
    height: 24px;
    padding: 0 0.25em;
    text-align: center;
    text-overflow: ellipsis;
    white-space: pre;
    cursor: default;
  }
  .inputs td {
    background-color: color-mix(in oklab, var(--_query) 10%, var(--_background));
  }
  .targets td {
    background-color: color-mix(in oklab, var(--_key) 10%, var(--_background));
  }
  td.masked {
    background: ${hatching} var(--_background);
    color: var(--_muted);
  }
  td .none {
    padding-inline: 1px;
    background: var(--_background);
    font-size: 0.75em;
  }
  td.highlighted,
  td:focus-visible {
    outline: 2px solid var(--_text);
    outline-offset: -2px;
  }
  td.linked {
    outline: 2px dashed var(--_key);
    outline-offset: -2px;
  }
  .legend {
    margin-top: 0.5em;
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .legend.idle {
    visibility: hidden;
  }
  .swatch {
    display: inline-block;
    width: 1.5em;
    height: 1em;
    border: 1px solid var(--_hairline);
    background: ${hatching};
    vertical-align: text-bottom;
  }
  .text {
    margin-top: 1em;
  }
  .text .title {
    color: var(--_muted);
    font-size: 0.875em;
  }
  .text blockquote {
    overflow: auto;
    height: 5lh;
    margin: 0.25em 0 0;
    color: var(--_muted);
    font-family: var(--_mono);
    font-size: 0.875em;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .text mark {
    padding-block: 0.1em;
    border-block: 2px solid var(--_query);
    background: color-mix(in oklab, var(--_query) 14%, var(--_background));
    color: var(--_text);
  }
  .readout {
    min-height: 3em;
    margin-top: 0.75em;
  }
  .totals {
    min-height: 3em;
    color: var(--_muted);
    font-size: 0.875em;
    text-wrap: pretty;
  }
  @container (min-width: 960px) {
    .waiting {
      min-height: calc(var(--_tensor) + 12.9em);
    }
  }
  @media (pointer: coarse) {
    th[scope='row'] button {
      min-width: 44px;
      min-height: 44px;
    }
  }
  @container (max-width: 34em) {
    .waiting {
      min-height: calc(2 * var(--_tensor) + 22em);
    }
    .readout,
    .totals {
      min-height: 6em;
    }
    .told-words {
      min-height: 5em;
    }
    .text blockquote {
      height: 10lh;
    }
  }
  @media (forced-colors: active) {
    td.masked,
    .swatch {
      border: 1px dotted GrayText;
    }
    td.highlighted {
      outline-color: Highlight;
    }
  }
`;
