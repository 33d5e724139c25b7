import {css} from 'lit';
import {drawingStyles} from '../../ui/views/drawing.js';

export const styles = [
  drawingStyles,
  css`
    .waiting {
      --_room: 52em;
    }
    .answer {
      min-height: 3em;
      margin: 0 0 0.5em;
      max-width: none;
    }
    .token {
      font-family: var(--_mono);
      font-weight: 700;
      white-space: pre;
    }
    .said {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(20em, 100%), 26em));
      gap: 0 3em;
      margin-top: 0.5em;
    }
    .functions label svg {
      width: 2.5em;
      height: 0.75em;
      flex: none;
    }
    table {
      width: 100%;
      direction: ltr;
      border-collapse: collapse;
      font-size: 0.875em;
    }
    caption {
      padding-block: 0.5em;
      text-align: start;
      font-weight: 600;
    }
    th,
    td {
      padding: 0.2em 0 0.2em 1.25em;
      text-align: end;
      font-weight: 400;
    }
    th:first-child {
      padding-inline-start: 0;
      text-align: start;
      white-space: nowrap;
    }
    thead th {
      color: var(--_muted);
    }
    .swatch {
      display: inline-block;
      vertical-align: middle;
      width: 2em;
      height: 0.75em;
      margin-inline-end: 0.5em;
    }
    .readout {
      min-height: 3em;
      max-width: 66ch;
    }
  `,
];
