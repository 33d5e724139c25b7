import {css} from 'lit';

export const styles = css`
  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75em 1.25em;
    align-items: center;
    margin-block: 0.75em;
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
    gap: 1em;
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
  progress {
    inline-size: 12em;
  }
`;
