import {css} from 'lit';

export const styles = css`
  .inside {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    gap: 1em 2.5em;
    align-items: start;
  }
  .sizes {
    display: grid;
    gap: 2px;
    font-size: 0.875em;
    direction: ltr;
  }
  .sizes button {
    display: grid;
    gap: 0.375em;
    padding: 0.4em 0.6em 0.6em;
    border-color: transparent;
    border-radius: 3px;
    text-align: start;
    white-space: normal;
  }
  .sizes button[aria-pressed='true'] {
    border-color: var(--_text);
  }
  .sizes .said {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1em;
    align-items: baseline;
  }
  .sizes .said > :last-child {
    color: var(--_muted);
  }
  .name {
    font-weight: 600;
  }
  .size-map {
    display: grid;
    grid-template-columns: var(--table) minmax(0, 1fr);
    gap: 1px;
    opacity: 0.85;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }
  .table,
  .projection {
    background: var(--_residual);
  }
  /* one slice a layer: query, key, value and projection a twelfth each, the MLP the rest */
  .layers {
    background:
      linear-gradient(to left, var(--_background) 1px, transparent 1px) 0 0 / calc(100% / var(--layers)) 100%,
      linear-gradient(
        var(--_query) 8.333%,
        var(--_key) 0 16.667%,
        var(--_value) 0 25%,
        var(--_residual) 0 33.333%,
        var(--_mlp) 0
      );
  }
  .legend {
    margin: 0.5em 0 0;
    padding-inline-start: 0.6em;
  }
  .key-box {
    display: inline-block;
    width: 0.75em;
    height: 0.75em;
    margin-inline: 0.75em 0.25em;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }
  .key-box.query {
    background: var(--_query);
  }
  .key-box.key {
    background: var(--_key);
  }
  .key-box.value {
    background: var(--_value);
  }
  .key-box.mlp {
    background: var(--_mlp);
  }
  .tensor {
    margin: 0;
    max-width: 30em;
    font-size: 0.875em;
    direction: ltr;
  }
  .tensor p {
    margin: 0.75em 0 0.25em;
  }
  .tensor .mono {
    font-size: 0.9286em;
  }
  .tensor :is(.whole, .matrix) {
    display: block;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }
  .tensor .whole {
    aspect-ratio: 3;
    background: linear-gradient(
      to right,
      var(--_query) 33.333%,
      var(--_key) 0 66.667%,
      var(--_value) 0
    );
  }
  .tensor .arrow {
    display: block;
    text-align: center;
  }
  .tensor .parts {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 0.75em;
  }
  .tensor .matrix {
    aspect-ratio: 1;
    margin-bottom: 0.25em;
    background:
      linear-gradient(to left, var(--_background) 1px, transparent 1px) 0 0 / calc(100% / var(--heads)) 100%,
      currentcolor;
  }
  @container (max-width: 48em) {
    .inside {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  .note,
  .kept {
    max-width: 66ch;
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
    width: 20em;
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
