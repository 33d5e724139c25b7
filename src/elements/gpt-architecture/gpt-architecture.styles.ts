import {css} from 'lit';

export const styles = css`
  .map {
    position: relative;
    direction: ltr;
    margin-top: 0.25em;
    overflow: hidden;
  }
  .tree {
    transform-origin: 0 0;
  }
  .overview {
    position: absolute;
    right: 0.5em;
    bottom: 0.5em;
    width: min(12em, 30%);
    background: var(--_background);
    border: 1px solid var(--_muted);
    pointer-events: none;
  }
  .overview .part {
    fill: none;
    stroke: var(--_muted);
    stroke-width: 1px;
    vector-effect: non-scaling-stroke;
  }
  .overview .seen {
    fill: var(--_text);
    fill-opacity: 0.15;
    stroke: var(--_text);
    stroke-width: 2px;
    vector-effect: non-scaling-stroke;
  }
  .zoom {
    display: inline-flex;
    gap: 0.25em;
  }
  .zoom button {
    min-width: 2.75em;
  }
  .map > canvas,
  .tree {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  .map > canvas {
    pointer-events: none;
  }
  [role='treeitem'] {
    position: absolute;
    cursor: pointer;
    border-radius: 3px;
  }
  [role='treeitem'][aria-selected='true'] {
    outline: 1px solid var(--_muted);
  }
  [role='treeitem']:focus-visible {
    outline: 2.5px solid var(--_focus);
    outline-offset: 2px;
  }
  @media (hover: hover) {
    [role='treeitem']:hover {
      outline: 1px dashed var(--_muted);
    }
  }
  .patching,
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 1em;
    align-items: center;
    min-height: 2.75em;
    margin-top: 0.25em;
    font-size: 0.875em;
  }
  .patching label {
    flex: 0 1 34em;
  }
  .patching input {
    flex: 1;
    min-width: 0;
    font-family: var(--_mono);
  }
  .readout {
    min-height: 3em;
  }
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1.25em;
    max-width: none;
    margin: 0;
    padding-top: 0.5em;
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .swatch {
    display: inline-block;
    width: 0.9em;
    height: 0.7em;
    margin-inline-end: 0.4em;
    border: 1px solid transparent;
    background: currentcolor;
    forced-color-adjust: none;
  }
  .share {
    color: var(--_attention);
    border-color: var(--_attention);
  }
  .swatch.positive {
    color: var(--_positive);
    border-color: var(--_positive);
  }
  .swatch.negative {
    color: var(--_negative);
    border-color: var(--_negative);
  }
  .stream {
    color: var(--_residual);
    border-color: var(--_residual);
  }
  .path {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 0.5em;
    align-items: center;
    margin-top: 0.5em;
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .path [aria-current='true'] {
    color: var(--_text);
    font-weight: 600;
  }
  .detail table {
    border-collapse: collapse;
    font-size: 0.875em;
    direction: ltr;
  }
  .detail caption {
    text-align: start;
    margin-bottom: 0.25em;
  }
  .detail th {
    font-weight: 400;
    text-align: start;
    padding: 0 1em 0 0;
  }
  .sizes td:nth-child(2) {
    width: 10em;
    max-width: 20vw;
  }
  .detail td.number {
    text-align: end;
    padding-inline-start: 1em;
  }
  .sizes .bar {
    background: var(--_residual);
    border-color: var(--_residual);
  }
  .detail tfoot > tr > * {
    border-top: 1px solid var(--_hairline);
    font-weight: 600;
  }
  .family {
    margin: 1.5em 0 0;
    max-width: 52em;
    overflow-x: auto;
    font-size: 0.875em;
  }
  .family svg {
    display: block;
    width: 100%;
    margin: 0.5em 0;
  }
  .family text {
    font-size: 13px;
    fill: var(--_text);
  }
  .family rect {
    stroke: var(--_background);
    stroke-width: 0.5px;
  }
  .family .embedding {
    fill: var(--_residual);
    fill-opacity: 0.5;
  }
  .family .block {
    fill: var(--_residual);
  }
  .diagrams {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 26em), 1fr));
    gap: 1.5em;
    margin-block: 1em;
  }
  .diagrams figure {
    min-width: 0;
    margin: 0;
  }
  .diagrams .frame {
    overflow-x: auto;
  }
  .diagrams figcaption {
    display: flex;
    gap: 0.5em;
    align-items: center;
    margin-bottom: 0.5em;
    font-size: 0.875em;
  }
  .diagrams b {
    flex: 1;
  }
  .diagrams svg {
    display: block;
    width: 100%;
    min-width: 36rem;
    height: auto;
    border: 1px solid var(--_hairline);
  }
  .text-input label {
    flex: 0 1 44em;
  }
  :host([compact]) .text-input label {
    flex: 1 1 12em;
    max-width: 44em;
  }
  .play {
    white-space: nowrap;
  }
  .hint {
    flex: 0 1 auto;
    max-width: 60ch;
    color: var(--_muted);
  }
  .walkthrough {
    padding: 0.5em 0;
    background: var(--_background);
  }
  .walkthrough .steps {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    align-items: center;
    font-size: 0.875em;
  }
  .walkthrough [aria-disabled='true'] {
    opacity: 0.45;
    cursor: default;
  }
  .walkthrough .note {
    margin: 0;
  }
  .window {
    height: 15rem;
    overflow-y: auto;
    border-block: 1px solid var(--_hairline);
  }
  .strip {
    display: flex;
    gap: 2px;
    overflow-x: auto;
    margin-top: 0.5em;
  }
  .strip button {
    flex: 1 0 auto;
    padding-inline: 0.5em;
    border-radius: 0;
    font-size: 0.75em;
    white-space: nowrap;
  }
  .strip .past {
    border-bottom: 3px solid var(--_residual);
  }
  .strip [aria-current] {
    border-bottom: 3px solid var(--_text);
    font-weight: 600;
  }
  .sentence {
    margin: 0.5em 0 0;
    min-height: 3em;
    max-width: 80ch;
  }
  .detail {
    min-height: 14em;
    margin-block: 0.5em;
  }
  .detail .caption {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 0.5em;
    align-items: center;
    margin: 0 0 0.5em;
    font-size: 0.875em;
  }
  .heads {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0.25em;
  }
  .heads [aria-pressed='true'] {
    border-color: var(--_attention);
    border-width: 2px;
  }
  .cells {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(3.6em, 1fr));
    gap: 1px;
    max-height: 15em;
    overflow: auto;
  }
  .cell {
    display: grid;
    padding: 0.1em 0.4em 0.25em;
    min-height: 2.75em;
    border: 2px solid transparent;
    border-radius: 2px;
    font-family: var(--_mono);
    font-size: 0.75em;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .cell .index {
    font-size: 0.85em;
  }
  .cell[aria-pressed='true'] {
    border-color: var(--_text);
  }
  .arithmetic {
    margin-top: 0.75em;
    font-size: 0.875em;
  }
  .arithmetic p {
    margin: 0;
  }
  .terms {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 24em), 1fr));
    gap: 0 1.5em;
    margin: 0.25em 0;
    padding: 0;
    list-style: none;
  }
  .terms li {
    display: grid;
    grid-template-columns: 6.5em 10.5em 1fr 4.5em;
    gap: 0.5em;
    align-items: center;
  }
  .terms .name {
    overflow-wrap: anywhere;
    font-family: var(--_mono);
    font-size: 0.9em;
  }
  .terms .number {
    text-align: end;
    white-space: nowrap;
  }
  .bar {
    display: block;
    width: calc(100% * var(--_share));
    min-width: 1px;
    height: 0.6em;
    background: var(--_positive);
    border: 1px solid var(--_positive);
  }
  .negative .bar {
    background: var(--_background);
    border: 1.5px solid var(--_negative);
  }
  .code-line {
    margin: 0.75em 0 0;
    overflow-x: auto;
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .attribution td:nth-child(2) {
    width: 16em;
    max-width: 40vw;
  }
  /* the walkthrough’s buttons beside the text: one row less above the map */
  @container (min-width: 960px) {
    :host(:not([compact], [without-walkthrough])) .text-input {
      float: inline-start;
      width: calc(100% - 40em);
    }
    .walkthrough {
      padding: 0;
    }
    .walkthrough .steps {
      padding-inline-start: 1em;
    }
    .sentence,
    .key,
    .waiting {
      clear: both;
    }
  }
  @container (max-width: 639px) {
    .walkthrough.open {
      position: sticky;
      top: 0;
      z-index: 1;
      border-bottom: 1px solid var(--_hairline);
    }
    .terms li {
      grid-template-columns: 5.5em 10.5em 1fr 3.5em;
    }
    /* what is said of a selected part stays in view beside it */
    .told.selected {
      position: sticky;
      bottom: 0;
      z-index: 1;
      padding-bottom: 0.25em;
      background: var(--_background);
      border-top: 1px solid var(--_hairline);
    }
    .told .readout {
      min-height: 1.5em;
    }
  }
`;
