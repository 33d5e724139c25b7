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
    overflow: clip visible;
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
    margin-top: 1em;
    border-top: 1px solid var(--_hairline);
  }
  summary {
    padding-block: 0.5em;
    cursor: pointer;
  }
  .worth {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 26em), 1fr));
    gap: 0 2em;
    align-items: start;
  }
  .effect {
    margin-top: 1em;
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
