import {css} from 'lit';

export const styles = css`
  .heads {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75em;
    margin-block: 0.75em;
  }
  .head {
    padding: 0.375em;
    border: 2px solid transparent;
    border-radius: 4px;
    font-size: 0.8125em;
  }
  .head.chosen {
    border-color: var(--_text);
  }
  .head button {
    display: block;
    min-height: 0;
    padding: 0;
    border: 0;
    border-radius: 0;
    background: none;
    text-align: start;
  }
  .head button span {
    display: block;
    margin-bottom: 0.25em;
  }
  .head canvas {
    display: block;
  }
  .head.silenced canvas {
    opacity: 0.2;
  }
  .head label {
    display: flex;
    margin-top: 0.375em;
  }
  .effect {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 2em;
    align-items: start;
    margin-top: 1em;
  }
  .effect .readout {
    flex: 1 1 16em;
  }
  .next {
    flex: 1 1 24em;
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
  .next tbody th {
    width: 6em;
    font-family: var(--_mono);
    white-space: pre;
  }
  .next td {
    width: 40%;
    height: 1.75em;
    white-space: nowrap;
  }
  .bar {
    display: inline-block;
    height: 0.75em;
    background: var(--_attention);
    vertical-align: -0.0625em;
  }
  .survey {
    margin-top: 1.25em;
  }
  .tables {
    margin-top: 1em;
  }
  @media (forced-colors: active) {
    .bar {
      background: CanvasText;
    }
  }
`;
