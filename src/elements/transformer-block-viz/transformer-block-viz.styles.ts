import {css} from 'lit';
import {drawingStyles} from '../../ui/views/drawing.js';

export const styles = [
  drawingStyles,
  css`
    .waiting {
      --_room: 52em;
    }
    .answer {
      min-height: 1.5em;
      margin: 0 0 0.5em;
      max-width: none;
      font-weight: 600;
    }
    .walk {
      display: flex;
      flex-wrap: wrap;
      gap: 0.4em 0.75em;
      align-items: center;
      margin-bottom: 0.5em;
    }
    .steps {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
    }
    .steps button[aria-pressed='true'] {
      border-color: var(--_text);
      font-weight: 700;
    }
    .walk label {
      font-size: 0.875em;
    }
    .drawing[data-name='flow'] {
      cursor: pointer;
    }
    .scales {
      max-width: none;
      margin: 0.25em 0 0.75em;
      color: var(--_muted);
      font-size: 0.8125em;
    }
    .sentence,
    .change {
      margin: 0.5em 0 0.75em;
      max-width: 76ch;
      color: var(--_muted);
      font-size: 0.875em;
    }
    .sentence {
      min-height: 3em;
      margin-block: 0 0.5em;
      color: var(--_text);
    }
    .change {
      min-height: 3em;
      color: var(--_text);
    }
    .scales i {
      display: inline-block;
      width: 0.9em;
      height: 0.7em;
      margin-inline: 0.4em 0.3em;
      border: 2px solid currentcolor;
      forced-color-adjust: none;
    }
    .scales .positive {
      margin-inline-start: 0;
      color: var(--_positive);
      background: currentcolor;
    }
    .scales .negative {
      color: var(--_negative);
      background: currentcolor;
    }
    .effects {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 30em), 1fr));
      gap: 0.75em 2.5em;
      margin-bottom: 0.75em;
    }
    .outcome {
      overflow-x: auto;
    }
    table {
      inline-size: 100%;
      border-collapse: collapse;
      font-size: 0.875em;
    }
    th,
    td {
      padding: 0.15em 1em 0.15em 0;
      text-align: start;
      font-weight: 400;
    }
    thead th {
      border-bottom: 1px solid var(--_hairline);
      color: var(--_muted);
    }
    .outcome .number {
      text-align: end;
    }
    tbody button {
      border-color: transparent;
      padding: 0.2em 0.5em;
      background: none;
      font-size: 1em;
      text-align: start;
      white-space: normal;
    }
    tbody button:hover {
      border-color: var(--_hairline);
    }
    tbody button[aria-pressed='true'] {
      border-color: var(--_text);
      font-weight: 700;
    }
    .shown td {
      font-weight: 700;
    }
    td.loss {
      inline-size: 38%;
      padding-inline-end: 0;
      white-space: nowrap;
    }
    .loss .number {
      display: inline-block;
      min-inline-size: 3em;
    }
    .bar {
      display: inline-block;
      block-size: 0.8em;
      margin-inline-start: 0.5em;
      background: var(--_muted);
      vertical-align: -0.05em;
      forced-color-adjust: none;
    }
    .shown .bar {
      background: var(--_text);
    }
    .retraining .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 0.75em;
      align-items: center;
      min-height: 2.75em;
      max-width: 66ch;
      margin: 0.25em 0;
      font-size: 0.875em;
    }
    .retraining canvas {
      display: block;
      inline-size: 100%;
    }
    .learned {
      min-height: 4.5em;
      margin: 0.25em 0 0;
      max-width: 66ch;
      font-size: 0.875em;
    }
    .retraining button {
      white-space: normal;
    }
    .outcome thead .number {
      font-size: inherit;
      font-family: inherit;
    }
    .outcome .token {
      font-family: var(--_mono);
      font-weight: 700;
      white-space: pre;
    }
    .opened {
      padding-top: 0.75em;
      border-top: 1px solid var(--_hairline);
    }
    h3 {
      margin: 0 0 0.25em;
      font-size: 1em;
    }
    h3 code,
    .shape {
      margin-inline-start: 0.75em;
      color: var(--_muted);
      font-family: var(--_mono);
      font-size: 0.875em;
      font-weight: 400;
    }
    .frame {
      overflow-x: auto;
      direction: ltr;
    }
    .frame .drawing {
      max-width: none;
    }
    .readout {
      min-height: 3em;
      max-width: 66ch;
      font-variant-numeric: tabular-nums;
    }
  `,
];
