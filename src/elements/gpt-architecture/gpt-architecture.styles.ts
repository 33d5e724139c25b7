import {css} from 'lit';

export const styles = css`
  .scene,
  .map {
    position: relative;
  }
  .map {
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
  /* below the map, so that it covers nothing: beside the words about the part */
  @container (min-width: 640px) {
    .overview {
      top: 100%;
      right: 0;
      bottom: auto;
      margin-top: 0.5em;
    }
    .scene:has(.overview) ~ .told > :is(.readout, .path) {
      padding-inline-end: 13em;
    }
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
  .own {
    display: flex;
    flex-wrap: wrap;
    flex: 0 0 26em;
    gap: 0.5em;
    align-items: center;
    min-height: 2.75em;
  }
  .own.given {
    flex-basis: auto;
    order: 1;
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
  .swatch.norm {
    width: 4px;
    height: 1em;
    vertical-align: -0.15em;
    color: var(--_norm);
    border-color: var(--_norm);
  }
  .swatch.future {
    border-color: var(--_muted);
    background: repeating-linear-gradient(135deg, var(--_muted) 0 1px, transparent 1px 3px);
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
  .path.idle {
    visibility: hidden; /* keeps its place */
  }
  .path [aria-current='true'] {
    color: var(--_text);
    font-weight: 600;
  }
  .text-input label {
    flex: 0 1 44em;
  }
  :host([compact]) .text-input label {
    flex: 1 1 12em;
    max-width: 44em;
  }
  .detail {
    min-height: 14em;
    margin-block: 0.5em;
  }
  .hint {
    flex: 0 1 auto;
    max-width: 60ch;
    color: var(--_muted);
  }
  /* the walkthrough’s buttons beside the text: one row less above the map */
  @container (min-width: 960px) {
    :host(:not([compact], [without-walkthrough])) .text-input,
    :host([compact][stage]:not([stage=''], [without-walkthrough])) .text-input {
      float: inline-start;
      width: calc(100% - 40em);
    }
    .key,
    .map,
    .waiting {
      clear: both;
    }
  }
  .later {
    display: none;
  }
  @container (max-width: 639px) {
    /* the text has a line of its own, in letters that show all of a usual one; its name is for screen readers */
    :host([compact]) .text-input label {
      flex-basis: 100%;
      gap: 0;
      max-width: none;
      font-size: 0;
    }
    :host([compact]) .text-input input {
      padding: 0.5rem;
      font-size: clamp(12px, 3.7cqi, 14px);
      text-overflow: ellipsis;
    }
    :host([compact]) .begin {
      display: block;
      width: 100%;
      margin-top: 0.5em;
    }
    :host([compact]) .later {
      display: inline;
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
    .own {
      flex-basis: 100%;
    }
  }
`;
