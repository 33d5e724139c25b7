import {css} from 'lit';

export const styles = css`
  .controls {
    min-height: 3em;
  }
  .curves {
    display: block;
    width: 100%;
    height: 280px;
  }
  .signs {
    margin: 0.25em 0 0.5em;
    color: var(--_muted);
    font-size: 0.75em;
  }
  .readout {
    min-height: 4.5em;
  }
  .beside {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5em 2em;
  }
  .chart {
    min-width: 0;
  }
  .samples {
    align-content: start;
    margin-top: 0;
  }
  /* each text in the color of its curve */
  .samples figure {
    padding-inline-start: 0.75em;
    border-inline-start: 3px solid var(--_key);
  }
  .samples figure + figure {
    border-color: var(--_query);
  }
  @container (min-width: 52em) {
    .beside {
      grid-template-columns: minmax(0, 5fr) minmax(0, 3fr);
    }
    .samples {
      grid-template-columns: minmax(0, 1fr);
    }
    .sample {
      min-height: 8em;
    }
  }
  @container (max-width: 34em) {
    .readout {
      min-height: 9em;
    }
    .controls {
      min-height: 5.5em;
    }
  }
`;
