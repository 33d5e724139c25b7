import {css} from 'lit';
import {tokenChoiceStyles} from '../../ui/views/choose-token.js';
import {drawingStyles} from '../../ui/views/drawing.js';

export const styles = [
  drawingStyles,
  tokenChoiceStyles,
  css`
    .waiting {
      --_room: 48em;
    }
    .answer {
      min-height: 3em;
      margin: 0 0 0.5em;
      max-width: none;
    }
    .drawing[data-name='contrast'] {
      cursor: pointer;
    }
    .caption {
      margin: 0.75em 0 0.35em;
      max-width: 66ch;
      font-size: 0.875em;
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
  `,
];
