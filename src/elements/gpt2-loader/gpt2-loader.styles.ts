import {css} from 'lit';

export const styles = css`
  .choice {
    display: grid;
    grid-template: 'sizes panel' auto / minmax(0, 7fr) minmax(0, 5fr);
    gap: 1em 2.5em;
    align-items: center;
  }
  .panel {
    grid-area: panel;
  }
  h3 {
    margin: 0;
    font-size: 1.125em;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .sizes {
    grid-area: sizes;
    display: grid;
    font-size: 0.875em;
    direction: ltr;
  }
  .size {
    display: grid;
    grid-template-columns: 13em minmax(0, 1fr);
    gap: 1em;
    align-items: center;
    padding: 0.25em 0.75em;
    border: 1px solid transparent;
    border-radius: 6px;
    line-height: 1.35;
    text-align: start;
    white-space: normal;
  }
  button.size[aria-pressed='true'] {
    border-color: var(--_accent);
    box-shadow: inset 3px 0 var(--_accent);
  }
  .size:disabled {
    opacity: 1;
  }
  .said {
    display: grid;
  }
  .state {
    color: var(--_muted);
  }
  .name {
    font-weight: 600;
  }
  .checks {
    display: grid;
    gap: 0.375em;
    margin: 0.5em 0 1em;
    padding: 0;
    list-style: none;
    line-height: 1.4;
  }
  .checks li {
    display: grid;
    grid-template-columns: 1.5em minmax(0, 1fr);
  }
  .sign {
    font-weight: 700;
  }
  .fits .sign {
    color: var(--_value);
  }
  .unfit .sign {
    color: var(--_error);
  }
  .controls {
    display: grid;
    gap: 0.5em;
    justify-items: start;
    margin: 0;
  }
  .controls .primary {
    min-height: 2.75em;
    padding-inline: 1.25em;
    white-space: normal;
  }
  summary {
    cursor: pointer;
    font-size: 0.875em;
  }
  .file {
    margin-top: 1.5em;
  }
  .room {
    display: block;
  }
  .size-map {
    display: grid;
    grid-template-columns: var(--table) minmax(0, 1fr);
    gap: min(1px, 10%);
    min-width: 3px;
    min-height: 2px;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }
  .table {
    background: var(--_residual);
  }
  :host {
    --_projection: color-mix(in oklab, var(--_value) 50%, var(--_background));
  }
  /* one slice a layer: query, key, value and projection a twelfth each, the MLP the rest */
  .layers {
    background:
      linear-gradient(to left, var(--_background) min(1px, 25%), transparent 0) 0 0 / calc(100% / var(--layers)) 100%,
      linear-gradient(
        var(--_query) 8.333%,
        var(--_key) 0 16.667%,
        var(--_value) 0 25%,
        var(--_projection) 0 33.333%,
        var(--_mlp) 0
      );
  }
  .tensors {
    --_unit: 1.75em;
    margin: 0;
    font-size: 0.875em;
    direction: ltr;
  }
  .heads-of,
  .tensor {
    display: grid;
    grid-template-columns: calc(4 * var(--_unit)) minmax(0, 8.5em) 1.5em minmax(0, 1fr);
    gap: 0 0.75em;
    align-items: center;
  }
  .heads-of {
    font-weight: 600;
  }
  .heads-of span {
    grid-column: span 2;
  }
  .heads-of span + span {
    grid-column: 4;
  }
  .tensor {
    padding-block: 0.3em;
    border-top: 1px solid var(--_hairline);
  }
  .tensor .mono {
    font-size: 0.9286em;
  }
  .tensor .arrow {
    color: var(--_muted);
    text-align: center;
  }
  .matrix {
    display: block;
    width: calc(var(--columns, 1) * var(--_unit));
    height: calc(var(--rows, 1) * var(--_unit));
    background: currentcolor;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1em;
    margin: 0.25em 0 0.5em;
  }
  .legend > span {
    display: flex;
    gap: 0.4em;
    align-items: center;
  }
  .legend .matrix {
    width: 0.875em;
    height: 0.875em;
    background: currentcolor;
  }
  .matrix.residual {
    background: var(--_residual);
  }
  .matrix.projection {
    background: var(--_projection);
  }
  .matrix.mlp {
    background: var(--_mlp);
  }
  .matrix.qkv {
    background: linear-gradient(
      to right,
      var(--_query) 33.333%,
      var(--_key) 0 66.667%,
      var(--_value) 0
    );
  }
  .matrix.cut {
    mask-image: linear-gradient(#000 60%, transparent);
  }
  .split {
    display: flex;
    gap: 0.5em;
    margin-bottom: 0.25em;
  }
  .split .heads {
    width: calc(2 * var(--_unit));
    height: calc(2 * var(--_unit));
    background:
      linear-gradient(to left, var(--_background) min(1px, 40%), transparent 0) 0 0 / calc(100% / var(--heads)) 100%,
      currentcolor;
  }
  .tensors .note {
    margin: 0.5em 0 0;
    font-size: 1em;
  }
  @container (max-width: 52em) {
    .choice {
      grid-template: 'panel' auto 'sizes' auto / minmax(0, 1fr);
    }
  }
  @container (max-width: 30em) {
    .tensors {
      --_unit: 1.1em;
    }
    .heads-of,
    .tensor {
      grid-template-columns: calc(4 * var(--_unit)) minmax(0, 8em) 1em minmax(0, 1fr);
      gap: 0 0.4em;
    }
    .tensor .mono {
      overflow-wrap: anywhere;
      font-size: 0.8571em;
    }
    .size {
      grid-template-columns: minmax(0, 1fr);
      gap: 0.25em;
    }
    .said {
      display: flex;
      flex-wrap: wrap;
      gap: 0 0.75em;
    }
  }
  .note,
  .kept {
    max-width: 66ch;
    margin: 0;
    color: var(--_muted);
    font-size: 0.875em;
  }
  .kept {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 1em;
    align-items: center;
    margin: 0.25em 0;
  }
  .controls label {
    flex-wrap: wrap;
    max-width: 100%;
  }
  .controls input {
    width: 15.5em;
    max-width: 100%;
    min-width: 0;
    font-family: var(--_mono);
  }
  .query {
    color: var(--_query);
  }
  .key {
    color: var(--_key);
  }
  .value {
    color: var(--_value);
  }
  .sideways {
    max-height: 20em;
    overflow: auto;
  }
  table {
    border-collapse: collapse;
    font-family: var(--_mono);
    font-size: 0.75em;
    direction: ltr;
  }
  th,
  td {
    padding: 0.1em 1.5em 0.1em 0;
    font-weight: 400;
    text-align: start;
    white-space: nowrap;
  }
  thead th {
    color: var(--_muted);
  }
`;
