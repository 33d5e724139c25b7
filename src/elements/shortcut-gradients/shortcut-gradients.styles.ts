import {css} from 'lit';
import {drawingStyles} from '../../ui/views/drawing.js';

export const styles = [
  drawingStyles,
  css`
    output {
      min-width: 2ch;
    }
    .readout {
      min-height: 3em;
      max-width: 66ch;
      font-variant-numeric: tabular-nums;
    }
  `,
];
