import {css} from 'lit';
import {drawingStyles} from '../../ui/views/drawing.js';

export const styles = [
  drawingStyles,
  css`
    output {
      min-width: 2ch;
    }
    .charts {
      display: flex;
      flex-wrap: wrap;
      gap: 12px 32px;
    }
    .sweep,
    .stacks {
      display: block;
      max-width: 100%;
      direction: ltr;
    }
    summary {
      width: fit-content;
      cursor: pointer;
    }
    details p {
      max-width: 76ch;
      color: var(--_muted);
    }
    .readout {
      min-height: 3em;
      max-width: 76ch;
      font-variant-numeric: tabular-nums;
    }
  `,
];
