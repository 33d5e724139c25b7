import {css} from 'lit';

export const styles = css`
  .heads {
    inset: 0 auto auto 0;
    font-size: 13px;
  }
  .head {
    position: absolute;
    display: flex;
    flex-direction: column;
  }
  .head small {
    font: 12px/20px var(--_mono);
    white-space: pre;
  }
  .head.chosen small {
    font-weight: 700;
  }
  .head label {
    gap: 0.25em;
  }
  details {
    margin-top: 0.5em;
    border-top: 1px solid var(--_hairline);
  }
  summary {
    padding-block: 0.625em;
    cursor: pointer;
  }
  .first {
    display: grid;
    gap: 1em 2em;
    align-items: start;
  }
  @container (min-width: 900px) {
    .first {
      grid-template-columns: 72% minmax(0, 1fr);
    }
  }
  .result {
    margin: 0 0 0.75em;
    min-height: 1.5em;
    font-size: 1.25em;
    text-wrap: balance;
  }
  .result b {
    font-family: var(--_mono);
  }
  @container (max-width: 34em) {
    .result {
      min-height: 6em;
    }
  }
  .next {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed; /* the two columns of bars compare */
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }
  .next caption,
  .next th {
    font-weight: 400;
    text-align: start;
  }
  .next caption {
    padding-bottom: 0.25em;
  }
  .next thead th {
    color: var(--_muted);
  }
  .next thead td {
    width: 4.5em; /* the first row decides: the rest is for the two columns */
  }
  .next tbody th {
    font-family: var(--_mono);
    white-space: pre;
  }
  .next td {
    height: 1.75em;
    white-space: nowrap;
  }
  .effect .readout {
    min-height: 4.5em;
  }
  .bar {
    display: inline-block;
    height: 0.75em;
    background: var(--_attention);
    vertical-align: -0.0625em;
  }
  .survey {
    margin-top: 0.5em;
  }
  .survey .note {
    min-height: 3em;
  }
  @media (forced-colors: active) {
    .bar {
      background: CanvasText;
    }
  }
`;
