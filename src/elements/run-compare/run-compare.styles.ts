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
  @container (max-width: 34em) {
    .readout {
      min-height: 9em;
    }
    .controls {
      min-height: 5.5em;
    }
  }
`;
