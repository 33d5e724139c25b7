import {css} from 'lit';

export const styles = css`
  .chart {
    position: relative;
    cursor: crosshair;
    touch-action: pan-y;
  }
  .chart canvas {
    display: block;
    width: 100%;
    height: 100%;
  }
  .chart .cursor {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    padding: 2em;
    color: var(--_muted);
    text-align: center;
    text-wrap: balance;
    pointer-events: none;
  }
  .empty span {
    padding: 0.125em 0.5em;
    background: var(--_background); /* no line of the grid through the words */
    box-decoration-break: clone;
  }
  .signs {
    margin: 0.25em 0 0.75em;
    min-height: 1.5em;
    color: var(--_muted);
    font-size: 0.75em;
  }
  .readout {
    min-height: 3em;
    font-variant-numeric: tabular-nums;
  }
  .readout .reading {
    display: block;
    min-height: 1.5em;
  }
  .readout .notable {
    display: block;
    color: var(--_muted);
  }
  @container (max-width: 34em) {
    /* three lines, as of a recorded run: what is below stays where it is */
    .signs {
      min-height: 4.5em;
    }
    .readout {
      min-height: 6em;
    }
    .readout .reading {
      min-height: 3em;
    }
  }
  .pins {
    display: grid;
    gap: 0.25em;
    margin: 0.5em 0 0;
    padding: 0;
    list-style: none;
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }
  .pins li {
    display: flex;
    gap: 0.75em;
    align-items: baseline;
  }
  .pins .index {
    font-family: var(--_mono);
    font-weight: 600;
  }
  .smoothing output {
    min-width: 3ch;
  }
`;
