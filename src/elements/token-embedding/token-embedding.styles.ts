import {css} from 'lit';

export const styles = css`
  /* product and words */
  .waiting {
    --_room: 43.5em;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
    margin-bottom: 1em;
    min-height: 3.2em;
  }
  .chip {
    display: grid;
    justify-items: center;
    gap: 0.1em;
    padding: 0.2em 0.4em;
    min-height: 0;
    min-width: 1.75em;
    border: 0;
    border-bottom: 2px solid transparent;
    border-radius: 2px;
    background: var(--_hover);
    font: 0.9375em / 1.3 var(--_mono);
    white-space: pre;
  }
  .chip small {
    color: var(--_muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .chip[aria-pressed='true'] {
    border-color: var(--_text);
    font-weight: 700;
  }
  .result {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 0.5em;
    align-items: center;
    margin: 0 0 1em;
    font-size: 1.125em;
  }
  .result .numbers {
    display: flex;
    gap: 1px;
    direction: ltr;
    font-family: var(--_mono);
    font-size: 0.8125em;
    font-variant-numeric: tabular-nums;
  }
  .numbers span {
    min-width: 3.75em;
    padding: 0.375em 0;
    text-align: center;
  }
  .result .more {
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .chip.highlighted {
    background: var(--_hairline);
  }
  .readout {
    min-height: 4.5em;
    max-width: 66ch;
  }
  .token {
    font-family: var(--_mono);
    font-size: 0.9em;
    font-weight: 700;
    white-space: pre;
  }
  .note {
    max-width: 66ch;
  }
  @container (max-width: 34em) {
    .readout {
      min-height: 7.5em;
    }
  }
  @media (pointer: coarse) {
    .chip {
      min-width: 44px;
    }
  }
`;
