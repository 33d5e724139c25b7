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
    justify-content: flex-end;
    box-sizing: border-box;
  }
  .head button {
    min-height: 0;
    padding: 0;
    border: 0;
    border-radius: 0;
    background: none;
    text-align: start;
  }
  .head button :is(span, small, canvas) {
    display: block;
  }
  .head small {
    overflow: hidden;
    font: 12px/1.5 var(--_mono);
    text-overflow: ellipsis;
    white-space: pre;
  }
  .head.chosen span {
    font-weight: 700;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .head label {
    gap: 0.25em;
  }
  .then {
    margin-top: 1.5em;
  }
  .worth {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 26em), 1fr));
    gap: 0 2em;
    align-items: start;
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
  @media (forced-colors: active) {
    .bar {
      background: CanvasText;
    }
  }
`;
