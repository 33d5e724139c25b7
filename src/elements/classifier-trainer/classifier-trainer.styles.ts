import {css} from 'lit';

export const styles = css`
  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75em 1.25em;
    align-items: center;
    margin-block: 0.75em;
  }
  /* looks like a button; the field lies over it */
  .load {
    position: relative;
    padding: 0.4em 0.75em;
    border: 1px solid var(--_range);
    border-radius: 6px;
  }
  .load input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: pointer;
  }
  .load:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  table {
    border-collapse: collapse;
    font-size: 0.9em;
  }
  .frame {
    overflow-x: auto;
  }
  caption {
    text-align: start;
    padding-block-end: 0.4em;
    color: var(--_muted);
  }
  th,
  td {
    padding: 0.35em 1em 0.35em 0;
    text-align: start;
    font-weight: 400;
    border-block-end: 1px solid var(--_hairline);
  }
  .kinds {
    width: 100%;
  }
  .kinds .message {
    font-family: var(--_mono);
    font-size: 0.9em;
  }
  .kinds .total > * {
    font-weight: 600;
  }
  .kinds .number {
    white-space: nowrap;
  }
  .verdict.wrong {
    text-decoration: underline wavy;
    text-underline-offset: 0.25em;
  }
  .charts {
    display: flex;
    flex-wrap: wrap;
    gap: 16px; /* as the element counts with */
    min-height: 200px;
  }
  .charts canvas {
    display: block;
    max-width: 100%;
  }
  .report {
    display: flex;
    flex-wrap: wrap;
    gap: 1em 2.5em;
    align-items: start;
  }
  .scores {
    max-width: min(30em, 100%);
  }
  .by-class {
    margin-block-start: 1em;
  }
  .threshold {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 1em;
    margin-block-start: 1em;
  }
  .confusion .right {
    font-weight: 600;
  }
  .roc {
    margin: 0;
    max-width: 16em;
  }
  .roc svg {
    width: 11em;
    display: block;
  }
  .roc figcaption {
    font-size: 0.85em;
    color: var(--_muted);
  }
  .roc .frame,
  .roc .chance {
    fill: none;
    stroke: var(--_hairline);
  }
  .roc .chance {
    stroke-dasharray: 4 4;
  }
  .roc .curve {
    fill: none;
    stroke: var(--_attention);
    stroke-width: 2.5;
  }
  .roc .now {
    fill: var(--_attention);
  }
  .errors {
    flex-basis: 100%;
  }
  .try input {
    flex: 1 1 20em;
    min-width: 0;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
    font-family: var(--_mono);
    font-size: 0.9em;
    direction: ltr;
  }
  .chips span {
    padding: 0.2em 0.3em;
    border-radius: 4px;
    white-space: pre;
  }
  .swap {
    display: grid;
    grid-template-columns: 9em minmax(0, 1fr) 15.5em;
    gap: 0.4em 0.9em;
    align-items: center;
    margin: 0.75em 0 1.25em;
    font-size: 0.9375em;
  }
  .swap .what,
  .swap .result {
    color: var(--_muted);
  }
  .swap :is(.what, .result).new {
    color: var(--_text);
  }
  .swap .what.new {
    font-weight: 600;
  }
  .swap .result.new {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1em 0.6em;
    align-items: center;
  }
  .swap .result.new .number:first-child {
    min-inline-size: 2.6em;
  }
  .swap .last {
    outline: 2px solid var(--_text);
    outline-offset: -1px;
  }
  .strip {
    inline-size: 100%;
    block-size: 1.5em;
    outline: 1px solid var(--_hairline);
  }
  .old.block {
    display: grid;
    place-items: center;
    min-block-size: 3.25em;
    outline: 1px dashed var(--_range);
    background: repeating-linear-gradient(-45deg, var(--_masked) 0 1px, transparent 1px 8px);
    color: var(--_muted);
  }
  .old.block > span {
    padding: 0.1em 0.6em;
    background: var(--_background);
  }
  .swap .meter {
    flex: 1 1 3em;
    min-inline-size: 0;
    max-inline-size: 6em;
    block-size: 0.7em;
  }
  .swap figcaption {
    grid-column: 1 / -1;
    max-inline-size: 66ch;
    color: var(--_muted);
  }
  @container (max-width: 44em) {
    .swap {
      grid-template-columns: minmax(0, 1fr);
      gap: 0.15em;
    }
    .swap .result {
      margin-block-end: 0.4em;
    }
  }
  .pair {
    margin: 0.75em 0 1em;
    display: grid;
    gap: 1em;
  }
  .pair .message {
    display: grid;
    gap: 0.5em;
    padding-inline-start: 0.75em;
    border-inline-start: 2px solid var(--_hairline);
  }
  .pair .chips,
  .pair .plain {
    font-size: 1.15em;
  }
  .pair .plain {
    margin: 0;
    font-family: var(--_mono);
    padding-block: 0.2em;
  }
  .pair .answers,
  .pair .answer {
    display: flex;
    gap: 0.25em 0.6em;
    align-items: center;
  }
  .pair .answers {
    flex-wrap: wrap;
    font-size: 0.9em;
  }
  .pair .answers > :first-child {
    flex: 0 0 6em;
  }
  .pair .answer {
    flex: 0 1 26em;
    flex-wrap: wrap;
    min-inline-size: 0;
  }
  .pair svg {
    flex: 1 1 3em;
    min-inline-size: 0;
    max-inline-size: 9em;
    block-size: 0.7em;
  }
  :is(.pair, .swap) .room {
    fill: var(--_hairline);
  }
  :is(.pair, .swap) .share {
    fill: var(--_attention);
  }
  .pair .half {
    stroke: var(--_text);
    stroke-width: 1;
    vector-effect: non-scaling-stroke;
  }
  .pair .name {
    flex: 0 0 6.5em;
    white-space: nowrap;
    color: var(--_muted);
  }
  .pair .answer .number,
  .pair .answer .verdict {
    white-space: nowrap;
  }
  .pair figcaption {
    max-inline-size: 66ch;
  }
  .pair .colors {
    margin: 0;
    color: var(--_muted);
    font-size: 0.9em;
  }
  progress {
    inline-size: 12em;
  }
`;
