import {css} from 'lit';
import {drawingStyles} from '../../ui/views/drawing.js';

export const styles = [
  drawingStyles,
  css`
    .waiting {
      --_room: 48em;
    }
    .chips,
    .depth {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
    }
    .choices {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5em 1.5em;
      align-items: center;
    }
    .choices label {
      font-size: 0.875em;
    }
    .chip {
      padding-inline: 0.5em;
      border-color: transparent;
      border-bottom: 2px solid transparent;
      border-radius: 3px;
      background: var(--_hover);
      font-family: var(--_mono);
      white-space: pre;
    }
    .chip[aria-pressed='true'] {
      border-bottom-color: var(--_text);
      font-weight: 700;
    }
    .caption {
      margin: 0.75em 0 0.35em;
      max-width: 66ch;
      font-size: 0.875em;
    }
    .before-color,
    .after-color {
      border-bottom: 3px solid var(--_residual);
      font-weight: 600;
    }
    .after-color {
      border-color: var(--_norm);
    }
    .depth {
      flex-wrap: nowrap;
      overflow-x: auto;
      max-width: 62em;
      margin-bottom: 0.5em;
      direction: ltr;
    }
    .depth button {
      flex: 1 0 6.5em;
      display: grid;
      justify-items: center;
      align-content: start;
      gap: 0.2em;
      padding: 0.4em 0.3em;
      font-size: 0.8125em;
      white-space: normal;
    }
    .depth button[aria-pressed='true'] {
      border-color: var(--_text);
      background: var(--_hover);
    }
    .depth .place {
      max-width: 8em;
      line-height: 1.25;
      text-wrap: balance;
    }
    .depth [aria-pressed='true'] .place {
      font-weight: 700;
    }
    .growth {
      min-height: 3em;
      margin: 0;
      max-width: 76ch;
      font-size: 0.9375em;
    }
    .sizes {
      position: relative;
      display: flex;
      gap: 6px;
      align-items: end;
    }
    .one {
      position: absolute;
      inset-inline: -0.8em;
      height: 0;
      border-top: 1px dotted var(--_text);
      line-height: 1;
      text-align: start;
    }
    .size {
      display: flex;
      flex-direction: column;
      align-items: center;
      height: 6.5em;
      width: 3em;
    }
    .size .number {
      order: -1;
      margin-bottom: auto;
      color: var(--_muted);
      font-size: 0.95em;
    }
    .column {
      width: 1.5em;
      background: var(--_residual);
      forced-color-adjust: none;
      flex: none;
      min-height: 2px;
    }
    .after .column {
      background: var(--_norm);
    }
    .readout {
      min-height: 4.5em;
      max-width: 66ch;
      font-variant-numeric: tabular-nums;
    }
    .token {
      font-family: var(--_mono);
      font-weight: 700;
      white-space: pre;
    }
    @media (forced-colors: active) {
      .column.column {
        background: CanvasText;
      }
      .after .column.column {
        border: 2px solid CanvasText;
        background: Canvas;
      }
      .depth button[aria-pressed='true'] {
        background: Highlight;
      }
      .depth [aria-pressed='true'] :is(.number, .place) {
        color: HighlightText;
      }
    }
  `,
];
