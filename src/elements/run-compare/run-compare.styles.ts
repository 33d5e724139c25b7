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
  .samples {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(15em, 1fr));
    gap: 1em 2em;
    margin-top: 0.5em;
  }
  .samples figure {
    margin: 0;
    font-size: 0.875em;
  }
  .sample {
    margin: 0.25em 0 0;
    min-height: 6em;
    font-family: var(--_mono);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
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
