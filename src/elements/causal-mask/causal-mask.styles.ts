import {css} from 'lit';

/** The element's width in px from which the experiment stands in columns: the curves, what they say, and what both models write. */
export const WIDE = 960;
/** The share of that width which the curves take. */
export const CURVES_SHARE = 0.36;

export const styles = css`
  .leak {
    margin-bottom: 1em;
  }
  .leak .explain {
    margin-block: 0.5em;
  }
  .leak .readout {
    min-height: 9em; /* the longest sentence of a run */
  }
  .leak .controls {
    min-height: 4.5em;
    align-content: start;
  }
  .curves {
    display: block;
    width: 100%;
    height: 200px;
  }
  @container (min-width: 60em) {
    .readout {
      min-height: 1.5em;
    }
    .leak {
      display: grid;
      grid-template:
        'explain explain explain' auto
        'curves readout samples' auto
        'curves controls samples' 1fr / 36% minmax(0, 1.1fr) minmax(0, 1fr);
      column-gap: 2em;
    }
    .leak .explain {
      grid-area: explain;
      max-width: none;
    }
    .curves {
      grid-area: curves;
    }
    .leak .readout {
      grid-area: readout;
      margin-top: 0;
    }
    .leak .controls {
      grid-area: controls;
      margin-block: 0.5em 0;
    }
    .samples {
      grid-area: samples;
      margin-top: 0;
    }
    .samples .sample {
      min-height: 4.5em;
    }
    .leak .error {
      grid-column: 1 / -1;
    }
  }
  @container (min-width: 72em) {
    .leak .readout {
      min-height: 7.5em;
    }
  }
`;
