import {css} from 'lit';
import {legendStyles} from '../../ui/views/legend.js';
import {tableStyles} from '../../ui/views/table-view.styles.js';

export const styles = [
  tableStyles,
  legendStyles,
  css`
    /* three tables and text */
    .waiting {
      --_room: 30em;
    }
    fieldset {
      display: flex;
      flex-wrap: wrap;
      gap: 0.25em 1.25em;
      margin: 0 0 0.75em;
      padding: 0;
      border: 0;
      font-size: 0.875em;
    }
    .texts {
      display: grid;
      gap: 0.4em;
      margin-bottom: 0.75em;
      font-size: 0.875em;
    }
    .texts label {
      display: flex;
      gap: 0.75em;
    }
    .texts input {
      flex: 1;
      min-width: 0;
      max-width: 40em;
      font-family: var(--_mono);
    }
    .view {
      min-height: 30em;
    }
    .sum,
    .kinds,
    .outcomes {
      display: grid;
      gap: 1em;
    }
    .sum.beside {
      grid-template-columns: repeat(3, minmax(0, 1fr));
      gap: 32px;
    }
    .kinds.beside {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 40px;
    }
    .kinds > *,
    .sum > * {
      min-width: 0;
    }
    .outcomes {
      grid-template-columns: repeat(auto-fit, minmax(min(20em, 100%), 1fr));
      gap: 1em 2.5em;
    }
    .part {
      margin: 0 0 0.25em;
      font-size: 0.875em;
    }
    .sign {
      font-weight: 700;
    }
    .caption {
      margin: 1em 0 0.25em;
      max-width: 66ch;
      font-size: 0.875em;
    }
    .view table {
      border-collapse: collapse;
      font-size: 0.875em;
      width: fit-content;
      max-width: 100%;
    }
    .view caption {
      text-align: start;
      padding-bottom: 0.25em;
    }
    .view th,
    .view td {
      padding-block: 0.1em;
      padding-inline: 0 1em;
      text-align: start;
      font-weight: 400;
      min-width: 4em;
    }
    .view thead th {
      color: var(--_muted);
      font-size: 0.875em;
    }
    .outcomes td,
    .streams td {
      min-width: 9em;
      white-space: nowrap;
    }
    .view tfoot td {
      padding-top: 0.4em;
      white-space: normal;
    }
    .number {
      display: inline-block;
      min-width: 3.5em;
    }
    .bar {
      forced-color-adjust: none; /* a bar is nothing but its color */
      display: inline-block;
      height: 0.6em;
      background: var(--_residual);
    }
    .bar.b {
      background: repeating-linear-gradient(135deg, var(--_residual) 0 2px, transparent 2px 4px);
      outline: 1px solid var(--_residual);
      outline-offset: -1px;
    }
    .readout {
      min-height: 3em;
      max-width: 66ch;
    }
    .token {
      font-family: var(--_mono);
      font-size: 0.95em;
      font-weight: 700;
      white-space: pre;
    }
    .note {
      max-width: 66ch;
    }
    @media (forced-colors: active) {
      .bar {
        --_residual: CanvasText;
      }
    }
    @container (max-width: 420px) {
      .waiting {
        --_room: 33.5em;
      }
      .outcomes td,
      .streams td {
        min-width: 0;
      }
      .view th,
      .view td {
        padding-inline-end: 0.5em;
        min-width: 0;
      }
      .streams .bar {
        display: none;
      }
    }
  `,
];
