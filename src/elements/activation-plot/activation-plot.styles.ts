import {css} from 'lit';
import {drawingStyles} from '../../ui/views/drawing.js';

export const styles = [
  drawingStyles,
  css`
    .waiting {
      --_room: 52em;
    }
    .plot {
      display: grid;
      grid-template-columns: minmax(0, max-content) minmax(0, 20em);
      justify-content: start;
      gap: 1em 3em;
      align-items: start;
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
    @container (max-width: 56em) {
      .plot {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
];
