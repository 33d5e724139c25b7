import {css} from 'lit';

export const styles = css`
  p {
    margin: 0;
  }
  h2 {
    margin: 0 0 0.5em;
    font: inherit;
    font-weight: 600;
  }
  .look {
    margin-top: 1.25em;
    padding-top: 1em;
    border-top: 1px solid var(--_hairline);
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 1em;
    align-items: center;
    margin-top: 1em;
    padding-inline-start: 0.75em;
    border-inline-start: 3px solid var(--_hairline);
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(5, 1fr);
    gap: 0.75em 1.5em;
    min-height: 4em;
    margin: 0 0 1em;
  }
  .figures dt,
  .figures .note {
    color: var(--_muted);
    font-size: 0.875em;
  }
  .figures dd {
    margin: 0;
  }
  .figures .value {
    font-family: var(--_mono);
    font-variant-numeric: tabular-nums;
  }
  .figures .note {
    display: block;
  }

  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(18em, 100%), 1fr));
    gap: 0.5em;
  }
  .card {
    display: grid;
    grid-template-columns: 3em 1fr;
    gap: 0.125em 0.25em;
    align-content: start;
    align-items: baseline;
    min-height: 4.25em;
    padding: 0.5em 0.75em;
    font-weight: 400;
    text-align: start;
    white-space: normal;
  }
  .card[aria-pressed='true'] {
    border-color: var(--_text);
    box-shadow: inset 0 0 0 1px var(--_text);
  }
  .card b {
    grid-column: 1 / -1;
    font-weight: 600;
  }
  .card :is(code, span) {
    font-size: 0.8125em;
    line-height: 1.4;
    overflow-wrap: anywhere;
  }
  .card span {
    color: var(--_muted);
  }
  .card code span {
    font-size: 1em;
    white-space: nowrap;
  }
  .card code {
    font-family: var(--_mono);
  }
  .look details {
    margin-top: 0.5em;
  }
  .look summary {
    padding-block: 0.625em;
    cursor: pointer;
  }

  .split .bar {
    display: grid;
    grid-template-columns: var(--share) 1fr;
    gap: 2px;
    height: 1.5em;
  }
  .split .train {
    background: var(--_train);
  }
  .split .validation {
    border: 1px solid var(--_validation);
    background: repeating-linear-gradient(
      -45deg,
      color-mix(in oklab, var(--_validation) 45%, var(--_background)) 0 3px,
      var(--_background) 3px 6px
    );
  }
  .cut {
    display: block;
  }
  /* The slider’s ends are those of the bar: 50 % and 95 % of it. */
  .cut input {
    width: calc(45% + 1em);
    margin-inline-start: calc(50% - 0.5em);
  }
  .parts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 2em;
    justify-content: space-between;
    font-size: 0.9375em;
  }
  .parts p:last-child {
    text-align: end;
  }
  .train-name {
    color: var(--_train);
  }
  .validation-name {
    color: var(--_validation);
  }
  /* one line, the cut in its middle: as much of both sides as there is room for */
  .around {
    display: grid;
    grid-template-columns: 1fr 3px 1fr;
    gap: 2px;
    height: 1.5lh;
    margin-block: 0.75em 1em;
    color: var(--_muted);
    font-family: var(--_mono);
    font-size: 0.8125em;
    white-space: pre;
    direction: ltr;
  }
  .around span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .around .kept {
    direction: rtl; /* cuts off the beginning of a long text */
  }
  .around bdi {
    direction: ltr;
  }
  .around .edge {
    background: var(--_validation);
  }
  .around .held {
    text-decoration: underline dashed var(--_validation);
    text-underline-offset: 0.25em;
  }

  .excerpt {
    overflow: auto;
    height: 4lh;
    margin: 0 0 1.25em;
    max-width: 66ch;
    font-size: 1.125em;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  mark {
    background: var(--_token-5);
    color: inherit;
    outline: 1px solid var(--_mlp);
  }
  .counts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(16em, 100%), 1fr));
    gap: 1em 2.5em;
    font-size: 0.875em;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed;
  }
  caption {
    padding-bottom: 0.25em;
    color: var(--_muted);
    text-align: start;
  }
  tbody tr {
    height: 1.75em;
  }
  tbody tr.highlighted {
    background: var(--_hover);
  }
  col.name {
    width: 7em;
  }
  col.times {
    width: 6em;
  }
  th[scope='row'] {
    overflow: hidden;
    padding: 0 0.5em;
    font-weight: normal;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  th button.link {
    font-family: var(--_mono);
    text-decoration: none;
  }
  td.share {
    position: relative;
  }
  td .fill {
    display: block;
    min-width: 1px;
    height: 0.5em;
    background: color-mix(in oklab, var(--_residual) 55%, var(--_background));
  }
  tr.highlighted .fill {
    background: var(--_text);
  }
  td.number {
    padding-inline-end: 0.25em;
    text-align: end;
  }
  .readout {
    min-height: 3em;
    margin-top: 0.75em;
  }
  @container (max-width: 34em) {
    .card {
      min-height: 0;
      padding-block: 0.375em;
    }
    .figures {
      grid-template-columns: 1fr 1fr;
      min-height: 14em;
    }
    .parts p:last-child {
      text-align: start;
    }
    .excerpt {
      height: 6lh;
    }
    .readout {
      min-height: 4.5em;
    }
  }
  @media (pointer: coarse) {
    tbody tr {
      height: 2.75em;
    }
  }
  @media (forced-colors: active) {
    .split .train {
      border: 1px solid CanvasText;
      background: CanvasText;
      forced-color-adjust: none;
    }
    td .fill,
    .around .edge {
      border: 2px solid CanvasText;
    }
    tbody tr.highlighted {
      outline: 2px solid Highlight;
    }
  }
`;
