import {css} from 'lit';
import {tokenChoiceStyles} from '../../ui/views/choose-token.js';
import {drawingStyles} from '../../ui/views/drawing.js';

export const styles = [
  drawingStyles,
  tokenChoiceStyles,
  css`
    .waiting {
      --_room: 44em;
    }
    .drawing {
      cursor: pointer;
    }
    .scales {
      margin: 0.75em 0 0;
      max-width: 76ch;
      color: var(--_muted);
      font-size: 0.8125em;
    }
    .scales span {
      border-bottom: 3px solid var(--_mlp);
      color: var(--_text);
    }
    .scales .positive {
      border-color: var(--_positive);
    }
    .scales .negative {
      border-color: var(--_negative);
    }
    .unit {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(22em, 100%), 1fr));
      gap: 1em 3em;
      max-width: 62em;
      min-height: 14em;
      margin-top: 0.5em;
      direction: ltr;
    }
    .answer {
      min-height: 1.5em;
      margin: 0 0 0.5em;
      max-width: none;
    }
    table {
      width: 100%;
      align-self: start;
      border-collapse: collapse;
      font-size: 0.875em;
    }
    caption {
      padding-bottom: 0.35em;
      text-align: start;
      font-weight: 600;
    }
    th,
    td {
      padding: 0.15em 0;
      font-weight: 400;
    }
    .context {
      font-family: var(--_mono);
      font-size: 0.95em;
      white-space: nowrap;
      overflow: hidden;
      width: 60%;
      max-width: 0;
      text-align: start;
    }
    .firings .context {
      text-align: end;
      direction: rtl;
    }
    .context span,
    .context mark {
      unicode-bidi: isolate;
      direction: ltr;
    }
    .context span {
      color: var(--_muted);
    }
    mark {
      background: color-mix(in oklab, var(--_mlp) 25%, var(--_background));
      color: var(--_text);
      font-weight: 700;
    }
    .pushes .context {
      width: 7em;
      max-width: none;
    }
    td.number {
      padding-inline: 1em 0.75em;
      text-align: end;
      width: 4em;
    }
    .bar {
      display: block;
      height: 0.7em;
      background: var(--_mlp);
      forced-color-adjust: none;
    }
    @container (max-width: 40em) {
      .answer {
        min-height: 4.5em;
      }
    }
    .readout {
      min-height: 3em;
      max-width: 66ch;
      font-variant-numeric: tabular-nums;
    }
    .token {
      font-family: var(--_mono);
      font-weight: 700;
      white-space: pre;
    }
    @media (forced-colors: active) {
      .bar.bar {
        background: CanvasText;
      }
    }
  `,
];
