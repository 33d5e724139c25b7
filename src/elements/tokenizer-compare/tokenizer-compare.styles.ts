import {css} from 'lit';

export const styles = css`
  p {
    margin: 0;
  }
  .ask {
    display: flex;
    flex-direction: column;
    gap: 0.25em;
    align-items: stretch;
  }
  .ask span,
  .hint {
    color: var(--_muted);
    font-size: 0.875em;
    text-wrap: pretty;
  }
  .ask textarea {
    font-family: var(--_mono);
  }
  fieldset {
    margin-inline: 0;
    padding: 0;
    border: 0;
  }
  legend {
    float: inline-start;
    padding: 0;
    color: var(--_muted);
  }
  .frame {
    margin-top: 1em;
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.9375em;
  }
  th,
  td {
    padding: 0.375em 1.25em 0.375em 0;
    border-bottom: 1px solid var(--_hairline);
    text-align: start;
    white-space: nowrap;
  }
  thead th {
    color: var(--_muted);
    font-size: 0.875em;
    font-weight: 400;
  }
  tbody th {
    font-weight: 600;
  }
  td.number {
    text-align: end;
  }
  thead th:nth-child(2),
  thead th:nth-child(3),
  thead th:nth-child(5),
  .race thead th {
    text-align: end;
  }
  .what {
    display: block;
    color: var(--_muted);
    font-size: 0.8125em;
    font-weight: 400;
  }
  .bar {
    width: 30%;
    min-width: 6em;
  }
  .bar span {
    display: block;
    height: 0.5em;
    background: color-mix(in oklab, var(--_residual) 70%, var(--_background));
  }
  .rows {
    margin-top: 0.5em;
  }
  .row {
    position: relative;
    display: grid;
    grid-template-columns: 10em 1fr auto;
    gap: 0.25em 1.5em;
    align-items: center;
    min-height: 4.5em;
    padding-block: 0.75em;
    border-bottom: 1px solid var(--_hairline);
  }
  h3 {
    margin: 0;
    font-size: 0.9375em;
  }
  .total {
    text-align: end;
    white-space: nowrap;
  }
  .total .number {
    font-size: 1.25em;
    font-weight: 600;
  }
  .loading {
    position: absolute;
    color: var(--_muted);
  }
  .placeholder {
    visibility: hidden;
  }
  .race {
    margin-top: 1em;
  }
  summary {
    cursor: pointer;
  }
  .race > * {
    margin-block: 0.5em;
  }
  .race table {
    width: auto;
  }
  .race .verdict {
    min-height: 3lh;
  }
  @container (max-width: 34em) {
    .row {
      grid-template-columns: 1fr auto;
    }
    .row > :nth-child(2) {
      grid-area: 2 / 1 / 3 / 3;
    }
    .race .verdict {
      min-height: 8lh;
    }
  }
  @media (forced-colors: active) {
    .bar span {
      background: CanvasText;
    }
  }
`;
