import {css} from 'lit';

export const styles = css`
  .presets {
    columns: 3 25em;
    column-gap: 1.5em;
    margin-bottom: 0.75em;
    font-size: 0.875em;
    direction: ltr;
  }
  .presets button {
    display: grid;
    grid-template-columns: 8em 7.5em minmax(0, 1fr);
    gap: 0.75em;
    align-items: center;
    width: 100%;
    min-height: 2em;
    margin-bottom: 2px;
    padding: 0.15em 0.5em;
    break-inside: avoid;
    border-color: transparent;
    border-radius: 3px;
    text-align: start;
  }
  .presets button[aria-pressed='true'] {
    border-color: var(--_text);
    font-weight: 700;
  }
  .bar {
    display: block;
    height: 0.75em;
    min-width: 2px;
    background: var(--_residual);
    forced-color-adjust: none;
  }
  form {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(11em, 1fr));
    gap: 0.75em 1.5em;
    align-items: end;
    max-width: 76em; /* five in a row at the most */
    margin: 1em 0 0;
    font-size: 0.875em;
  }
  label.field {
    display: grid;
    gap: 0.2em;
  }
  table + .field {
    max-width: 16em;
    margin-top: 0.5em;
    font-size: 0.875em;
  }
  label.check {
    display: flex;
    grid-column: span 2;
    align-self: center;
  }
  input[type='number'] {
    width: 100%;
    font-family: var(--_mono);
  }
  [aria-invalid='true'] {
    border-color: var(--_error);
    border-width: 2px;
  }
  .problem {
    min-height: 4em;
    max-width: 66ch;
  }
  .problem .error {
    margin-bottom: 0.35em;
  }
  .problem button {
    margin-inline-end: 0.5em;
    font-size: 0.875em;
  }
  .total {
    margin: 0;
    font-size: 1.0625em;
  }
  .total b {
    display: block;
    font: 600 1.75em/1.2 var(--_mono);
    font-variant-numeric: tabular-nums;
  }
  .sums {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(21em, 100%), 1fr));
    gap: 1.25em 3em;
    margin-block: 1.25em;
  }
  table {
    width: 100%;
    max-width: 34em;
    align-self: start;
    border-collapse: collapse;
    font-size: 0.875em;
    direction: ltr;
  }
  caption {
    padding-bottom: 0.35em;
    text-align: start;
    font-weight: 600;
  }
  th,
  td {
    padding: 0.15em 0;
    text-align: start;
    font-weight: 400;
    vertical-align: baseline;
  }
  td {
    padding-inline-start: 1em;
    text-align: end;
    white-space: nowrap;
  }
  tfoot th,
  tfoot td {
    border-top: 1px solid var(--_hairline);
    font-weight: 600;
  }
  .scale {
    display: block;
    max-width: 100%;
  }
  .query,
  .key,
  .value,
  .mlp {
    border-bottom: 3px solid;
  }
  .query {
    border-color: var(--_query);
  }
  .key {
    border-color: var(--_key);
  }
  .value {
    border-color: var(--_value);
  }
  .mlp {
    border-color: var(--_mlp);
  }
  .caption {
    margin: 0.5em 0;
    max-width: none;
    font-size: 0.875em;
  }
  .speed {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4em 0.75em;
    align-items: center;
    margin-block: 0.75em;
    font-size: 0.875em;
  }
  .speed [role='status'] {
    flex: 1 1 24em;
    min-block-size: 3em;
    max-width: 76ch;
    color: var(--_muted);
  }
  .time {
    font-family: var(--_mono);
    font-weight: 700;
  }
  .readout {
    min-height: 3em;
    max-width: 66ch;
  }
  @media (forced-colors: active) {
    .bar.bar {
      background: CanvasText;
    }
  }
`;
