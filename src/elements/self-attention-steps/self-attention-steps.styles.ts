import {css} from 'lit';

/** What differs from the layer elements' styles. */
export const styles = css`
  .explain {
    min-height: 3em;
  }
  .waiting {
    min-height: 6em;
  }
  [part='edit'] label {
    font-variant-numeric: tabular-nums;
  }
  [part='edit'] input[type='number'] {
    width: 5.5em;
  }
  @container (max-width: 44em) {
    .explain {
      min-height: 4.5em;
    }
  }
  @container (max-width: 30em) {
    .explain {
      min-height: 6em;
    }
    .scale-note {
      min-height: 3em;
    }
    .readout {
      min-height: 4.5em;
    }
  }
`;
