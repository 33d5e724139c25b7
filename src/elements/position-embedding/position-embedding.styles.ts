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
    .texts textarea {
      flex: 1;
      field-sizing: content;
      resize: none;
      min-width: 0;
      max-width: 40em;
      font-family: var(--_mono);
    }
    .view {
      min-height: 22em;
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
      gap: 1.5em 3em;
      max-width: 74em;
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
    .outcomes table {
      width: 100%;
    }
    .outcomes .token {
      min-width: 6em;
      padding-inline: 0.5em;
      text-align: center;
    }
    .outcomes td,
    .outcomes thead .a,
    .outcomes thead .b {
      width: 50%;
    }
    .outcomes thead th {
      text-align: center;
    }
    .outcomes thead .a,
    .outcomes td.a {
      text-align: end;
      direction: ltr;
    }
    .outcomes thead .b,
    .outcomes td.b {
      text-align: start;
      direction: ltr;
    }
    .outcomes td.a.a,
    .outcomes td.b.b {
      padding-inline: 0;
      white-space: nowrap;
    }
    /* both bars start at the token, on one line */
    .outcomes :is(td.a, td.b) {
      display: flex;
      justify-content: flex-end;
      align-items: center;
      gap: 0.5em;
      width: auto;
    }
    .outcomes td.b {
      flex-direction: row-reverse;
    }
    .streams td {
      min-width: 9em;
      white-space: nowrap;
    }
    .view tfoot td {
      padding-top: 0.6em;
      text-align: center;
      white-space: normal;
    }
    .moved {
      display: block;
      font: 600 1.75em/1.2 var(--_mono);
    }
    .number {
      display: inline-block;
      min-width: 3.5em;
    }
    .bar {
      forced-color-adjust: none; /* a bar is nothing but its color */
      display: inline-block;
      width: calc(var(--_share) * 5em);
      height: 0.6em;
      background: var(--_residual);
    }
    .outcomes .bar {
      --_residual: var(--_attention);
      width: calc(var(--_share) * (100% - 4.5em));
      height: 1em;
      vertical-align: middle;
    }
    .bar.b {
      background: repeating-linear-gradient(135deg, var(--_residual) 0 2px, transparent 2px 4px);
      outline: 1px solid var(--_residual);
      outline-offset: -1px;
    }
    details {
      margin-top: 0.75em;
      max-width: 66ch;
      font-size: 0.875em;
    }
    details .streams {
      margin-top: 0.75em;
      font-size: 1em;
    }
    details p {
      margin: 0.75em 0 0;
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
      .bar.bar {
        --_residual: CanvasText;
      }
    }
    @container (max-width: 420px) {
      .waiting {
        --_room: 33.5em;
      }
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
