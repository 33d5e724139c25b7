import {css} from 'lit';

export const styles = css`
  .leak {
    margin-top: 1em;
  }
  .explain {
    margin-block: 0 0.5em;
  }
  .leak .readout {
    min-height: 9em; /* the longest sentence of a run */
    margin-block: 0.5em;
  }
  .leak .controls {
    min-height: 4.5em;
    align-content: start;
    margin-block: 0.5em 0;
  }
  .curves {
    display: block;
    width: 100%;
    height: 180px;
  }
  .written summary {
    cursor: pointer;
    font-size: 0.875em;
  }
  .written .sample {
    min-height: 4.5em;
  }
  @container (min-width: 60em) {
    .readout {
      min-height: 1.5em;
    }
    .explain {
      max-width: none;
    }
    .leak {
      display: grid;
      grid-template:
        'explain explain explain' auto
        'curves readout written' auto
        'curves controls written' 1fr / 36% minmax(0, 1.1fr) minmax(0, 1fr);
      column-gap: 2em;
    }
    .leak .explain {
      grid-area: explain;
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
    }
    .written {
      grid-area: written;
    }
    .leak .error {
      grid-column: 1 / -1;
    }
  }
  @container (min-width: 72em) {
    .story.with-leak {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 21em;
      gap: 0 2em;
    }
    .story .leak {
      display: block;
      margin-top: 0;
    }
    .leak .readout {
      min-height: 7.5em;
    }
    .leak .controls {
      min-height: 0;
    }
    .with-leak .tables {
      gap: 0.75em 1em;
    }
  }
  @container (min-width: 84em) {
    .with-leak .number-table {
      font-size: 1em;
    }
  }
`;
