import {css} from 'lit';
import {drawingStyles} from '../../ui/views/drawing.js';

export const styles = [
  drawingStyles,
  css`
    .waiting {
      --_room: 52em;
    }
    .walk,
    .switches {
      display: flex;
      flex-wrap: wrap;
      gap: 0.4em 0.75em;
      align-items: center;
      margin-bottom: 0.75em;
    }
    .steps {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
    }
    .steps button[aria-pressed='true'],
    .switches button[aria-pressed='true'] {
      border-color: var(--_text);
      font-weight: 700;
    }
    .walk label,
    .switches .name {
      font-size: 0.875em;
    }
    .drawing[data-name='flow'] {
      cursor: pointer;
    }
    .scales,
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
    .scales span {
      border-bottom: 3px solid var(--_positive);
      color: var(--_text);
    }
    .scales .negative {
      border-color: var(--_negative);
    }
    .outcome {
      overflow-x: auto;
    }
    table {
      border-collapse: collapse;
      font-size: 0.875em;
    }
    th,
    td {
      padding: 0.2em 1.5em 0.2em 0;
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
    .outcome thead .number {
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
