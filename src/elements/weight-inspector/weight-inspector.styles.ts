import {css} from 'lit';
import {drawingStyles} from '../../ui/views/drawing.js';

export const styles = [
  drawingStyles,
  css`
    .waiting {
      --_room: 42em;
    }
    .controls select {
      max-width: min(30em, 70vw);
      font-family: var(--_mono);
    }
    .about {
      min-height: 3em;
      margin: 0.25em 0 0.5em;
      max-width: 120ch;
    }
    @container (max-width: 70em) {
      .about {
        min-height: 4.5em;
      }
    }
    @container (max-width: 50em) {
      .about {
        min-height: 7.5em;
      }
    }
    @container (max-width: 30em) {
      .about {
        min-height: 13.5em; /* while it trains, sentences come and go */
      }
    }
    .about code,
    .shape {
      font-family: var(--_mono);
      font-weight: 600;
    }
    .shape {
      color: var(--_muted);
    }
    .readout {
      min-height: 1.5em;
      font-variant-numeric: tabular-nums;
    }
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(16em, 100%), 1fr));
      gap: 0.75em 2em;
      margin: 0.5em 0 0;
    }
    dt {
      font-weight: 600;
    }
    dd {
      margin: 0;
      color: var(--_muted);
      font-size: 0.875em;
    }
    dd b {
      display: block;
      color: var(--_text);
      font-size: 1.25em;
      text-align: start;
    }
  `,
];
