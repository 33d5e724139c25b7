import {css} from 'lit';
import {legendStyles} from '../../ui/views/legend.js';

export const styles = [
  legendStyles,
  css`
    .waiting {
      --_room: 38em;
    }
    .answer {
      min-height: 1.5em;
      margin: 0.5em 0;
      max-width: none;
    }
    .frame {
      overflow-x: auto;
      direction: ltr;
    }
    /* The names of the rows stay at the left: nothing fades there. */
    .frame[data-hides] {
      --_left: 0px;
    }
    table {
      border-collapse: separate;
      border-spacing: 2px;
      font-size: 0.875em;
      direction: ltr;
    }
    .grid th,
    .grid td {
      padding: 0.4em 0.6em;
      text-align: center;
      font-weight: 400;
      white-space: pre;
    }
    .grid .corner,
    .grid tbody th,
    .grid tfoot th:first-child {
      position: sticky;
      left: 0;
      z-index: 1;
      padding-inline-start: 0;
      background: var(--_background);
      text-align: start;
    }
    .grid thead th,
    .grid tfoot td {
      font-family: var(--_mono);
    }
    .grid thead th {
      font-weight: 700;
    }
    .grid [role='gridcell'] {
      min-width: 5em;
      border: 1px solid var(--_hairline);
      font-family: var(--_mono);
      cursor: pointer;
      forced-color-adjust: none;
    }
    .grid [role='gridcell'] {
      position: relative;
    }
    .grid .right {
      font-weight: 700;
    }
    .grid .right::after {
      content: '✓';
      position: absolute;
      inset: 1px 3px auto auto;
      font: 700 0.8em/1 sans-serif;
    }
    .grid thead .corner {
      padding-inline-start: 0;
      color: var(--_muted);
      font-family: inherit;
      font-weight: 400;
      text-align: start;
      white-space: normal;
    }
    .corner i {
      font-style: normal;
    }
    .corner span,
    .why {
      display: block;
      font-size: 0.9em;
      line-height: 1.3;
    }
    .why {
      max-width: 13em;
      color: var(--_muted);
      white-space: normal;
    }
    .grid [aria-selected='true'] {
      outline: 2px solid var(--_text);
      outline-offset: 1px;
    }
    .grid tfoot th {
      color: var(--_muted);
      font-family: inherit;
    }
    .cell {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(20em, 100%), 1fr));
      gap: 0.5em 3em;
      max-width: 62em;
      min-height: 13em;
      margin-top: 0.75em;
    }
    .cell table {
      width: 100%;
      align-self: start;
      border-spacing: 0;
    }
    .cell caption {
      padding-bottom: 0.35em;
      text-align: start;
      font-weight: 600;
    }
    .cell th,
    .cell td {
      padding: 0.12em 0;
      text-align: start;
      font-weight: 400;
    }
    .cell th {
      width: 9em;
      white-space: pre;
    }
    .cell .token {
      font-family: var(--_mono);
    }
    .cell td.number {
      width: 4em;
      padding-inline: 0.5em 0.75em;
      text-align: end;
    }
    .bar {
      display: block;
      height: 0.75em;
      background: var(--_attention);
      forced-color-adjust: none;
    }
    .readout {
      min-height: 3em;
      max-width: 92ch;
    }
    .readout .token {
      font-family: var(--_mono);
      font-weight: 700;
      white-space: pre;
    }
    @container (max-width: 36em) {
      .grid tbody th,
      .grid tfoot th {
        max-width: 7.5em;
        white-space: normal;
        line-height: 1.2;
      }
      .why.long,
      .corner i {
        display: none;
      }
    }
    @media (forced-colors: active) {
      .bar.bar {
        background: CanvasText;
      }
    }
  `,
];
