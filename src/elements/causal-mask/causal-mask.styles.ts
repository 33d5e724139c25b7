import {css} from 'lit';

export const styles = css`
  .leak {
    margin-top: 1em;
  }
  .explain {
    margin-block: 0 0.5em;
  }
  .key {
    margin-block: 0 0.25em;
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .key span {
    margin-inline-end: 0.75em;
    white-space: nowrap;
  }
  .key i {
    display: inline-block;
    width: 0.875em;
    height: 0.875em;
    border-radius: 2px;
    vertical-align: -0.0625em;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }
  .key .positive {
    background: var(--_positive);
  }
  .key .negative {
    background: var(--_negative);
  }
  .key .share {
    background: var(--_attention);
  }
  .key .masked {
    border: 1px solid var(--_hairline);
    background: repeating-linear-gradient(135deg, var(--_masked) 0 1px, transparent 1px 4px);
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
    .with-leak .number-table tbody td {
      height: 3.6em; /* as high as wide */
    }
  }
  @container (min-width: 84em) {
    .with-leak .number-table {
      font-size: 1em;
    }
  }
`;
