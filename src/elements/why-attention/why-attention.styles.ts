import {css} from 'lit';

export const styles = css`
  .waiting:not([role='alert']) {
    place-content: start center;
    min-height: 20em;
    padding-top: 6em;
  }
  .tale {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    gap: 1.125em 2px; /* room for arcs */
    padding-block: 2em 0.25em;
    font-family: var(--_mono);
    font-size: 0.9375em;
    line-height: 1.5;
  }
  .token {
    min-height: 0;
    padding: 0 0.1875em;
    border: 0;
    border-radius: 3px;
    background: none;
    font: inherit;
    white-space: pre;
  }
  .tale .looks {
    background: var(--_hover);
    text-decoration: underline dotted 2px var(--_query);
    text-underline-offset: 0.25em;
  }
  .tale .looks[aria-pressed='true'] {
    outline: 2px dashed var(--_query);
    font-weight: 700;
  }
  .tale .looks:focus-visible {
    outline: 3px solid var(--_focus);
    outline-offset: 2px;
  }
  .tale .query {
    box-shadow: inset 0 -3px var(--_query);
    color: inherit;
  }
  .tale .mention {
    outline: 1px solid var(--_key);
  }
  .tale .mention.main {
    outline: 2px solid var(--_key);
    font-weight: 700;
  }
  .arcs {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: visible;
    pointer-events: none;
  }
  .arcs path {
    fill: none;
    stroke: var(--_key);
    stroke-width: 1;
    stroke-dasharray: 3 3;
  }
  .arcs path.main {
    stroke-width: 2;
    stroke-dasharray: none;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1.25em;
    margin: 0.75em 0 0;
    padding: 0;
    color: var(--_muted);
    font-size: 0.8125em;
    list-style: none;
  }
  .sample {
    display: inline-block;
    margin-inline-end: 0.375em;
    padding: 0 0.375em;
    border-radius: 3px;
    font-family: var(--_mono);
    line-height: 1.4;
  }
  .sample.word {
    background: var(--_hover);
    text-decoration: underline dotted 2px var(--_query);
    text-underline-offset: 0.25em;
  }
  .sample.from {
    box-shadow: inset 0 -3px var(--_query);
  }
  .sample.to {
    outline: 2px solid var(--_key);
  }
  .disc {
    display: inline-block;
    width: 0.625em;
    height: 0.625em;
    margin-inline-end: 0.375em;
    border: 1.5px solid var(--_attention);
    border-radius: 50%;
    background: var(--_attention);
  }
  .disc.here {
    border-color: var(--_key);
    background: var(--_key);
  }
  .disc.open {
    border-color: var(--_muted);
    background: none;
  }
  .stroke {
    display: inline-block;
    width: 1.25em;
    margin-inline-end: 0.375em;
    border-top: 2px solid var(--_text);
    vertical-align: middle;
  }
  .looked {
    min-height: 12em;
  }
  .concluded {
    min-height: 10.5em;
  }
  @container (min-width: 30em) {
    .looked {
      min-height: 8em;
    }
    .concluded {
      min-height: 6.5em;
    }
  }
  .explain .mono {
    white-space: nowrap;
  }
  .readout b {
    white-space: nowrap;
  }
  .look {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75em 3em;
    align-items: start;
  }
  @container (min-width: 44em) {
    .looked,
    .concluded {
      min-height: 4.5em;
    }
  }
  @container (min-width: 60em) {
    .look {
      grid-template-columns: minmax(0, 1fr) 26em;
    }
    .tale {
      font-size: 1.125em;
    }
  }
  .fold {
    margin-top: 0.75em;
    padding-top: 0.625em;
    border-top: 1px solid var(--_hairline);
  }
  .fold summary {
    width: fit-content;
    padding-block: 0.25em;
    cursor: pointer;
    font-weight: 500;
  }
  @media (pointer: coarse) {
    .fold summary {
      padding-block: 0.625em;
    }
  }
  .heads {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }
  .heads caption,
  .heads th {
    font-weight: 400;
    text-align: start;
  }
  .heads caption {
    padding-bottom: 0.375em;
    min-height: 3em;
  }
  .heads tbody th {
    width: 9.5em;
    white-space: nowrap;
  }
  .heads td {
    position: relative;
    white-space: nowrap;
  }
  .heads .bar {
    display: inline-block;
    width: calc((100% - 6.5em) * var(--_share));
    min-width: 1px;
    height: 0.75em;
    margin-inline-end: 0.375em;
    background: var(--_attention);
    vertical-align: -0.0625em;
  }
  .heads .best th {
    font-weight: 700;
  }
  .heads .even {
    color: var(--_muted);
  }
  .heads .even .bar {
    border: 1.5px solid var(--_muted);
    background: none;
  }
  .chart {
    display: block;
    width: 100%;
    height: 200px;
    cursor: pointer;
  }
  @container (min-width: 44em) {
    .chart {
      height: 240px;
    }
  }
  .controls input[type='range'] {
    width: 14em;
    max-width: 100%;
  }
  .controls label:has([type='range']) {
    flex: 1 1 16em;
    max-width: 24em;
  }
  .numbers {
    margin-top: 1em;
    font-size: 0.875em;
  }
  .scroll {
    overflow-x: auto;
    margin-top: 0.5em;
  }
  .survey table,
  .numbers table {
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  .survey table {
    font-size: 0.875em;
  }
  .survey tbody th {
    min-width: 9em;
    white-space: normal;
  }
  .survey > p {
    margin: 0;
    font-size: 0.875em;
  }
  .survey .of {
    color: var(--_muted);
  }
  .survey th,
  .survey td,
  .numbers th,
  .numbers td {
    padding: 0.125em 0.75em 0.125em 0;
    font-weight: 400;
    text-align: start;
    white-space: nowrap;
  }
  .survey thead th,
  .numbers thead th {
    color: var(--_muted);
  }
  .numbers tbody th,
  .numbers td:nth-child(2) {
    font-family: var(--_mono);
  }
  @media (forced-colors: active) {
    .heads .bar {
      background: CanvasText;
    }
    .tale .looks {
      border: 1px solid ButtonText;
    }
    .tale .query,
    .sample.from {
      border-bottom: 3px solid Highlight;
    }
    .arcs path {
      stroke: CanvasText;
    }
    .disc,
    .disc.open {
      forced-color-adjust: none;
    }
  }
`;
