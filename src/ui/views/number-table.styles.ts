import {css} from 'lit';

/** For `renderNumberTable`. */
export const numberTableStyles = css`
  .number-table-frame {
    max-width: 100%;
    overflow-x: auto;
    direction: ltr;
    padding: 3px; /* room for the outline of the focus */
    margin: -3px;
  }
  .number-table {
    border-collapse: separate;
    border-spacing: 2px;
    font-size: 0.8125em;
    line-height: 1.2;
    font-variant-numeric: tabular-nums;
  }
  .number-table :is(thead, tbody, .shape) {
    font-family: var(--_mono);
  }
  .number-table caption {
    padding: 0 0 0.375em 0.125em;
    font-size: 1.0625em;
    text-align: start;
    white-space: nowrap;
  }
  .number-table .shape {
    color: var(--_muted);
  }
  .number-table th {
    padding: 0.25em 0.375em;
    border-radius: 2px;
    color: var(--_muted);
    font-weight: 400;
    text-align: center;
    white-space: pre;
  }
  .number-table th[scope='row'] {
    text-align: end;
  }
  .number-table th.query {
    color: var(--_query);
  }
  .number-table th.key {
    color: var(--_key);
  }
  .number-table th.value {
    color: var(--_value);
  }
  .number-table th.highlighted {
    font-weight: 700;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .number-table tbody td {
    min-width: 3.6em;
    height: 2.1em;
    padding: 0 0.375em;
    border-radius: 2px;
    outline: 1px solid color-mix(in srgb, var(--_text) 8%, transparent);
    outline-offset: -1px;
    text-align: center;
  }
  .number-table tbody td.framed {
    outline: 2.5px solid var(--_error);
    outline-offset: -2px;
    font-weight: 700;
  }
  .number-table td.along {
    outline: 2px solid var(--_muted);
    outline-offset: -2px;
  }
  .number-table td.here {
    outline: 2px solid var(--_text);
    outline-offset: -1px;
  }
  .number-table td.masked {
    position: relative;
    background: repeating-linear-gradient(135deg, var(--_masked) 0 1px, transparent 1px 5px);
  }
  .number-table td.dropped {
    background-image: linear-gradient(to top right, transparent 47%, currentColor 47% 53%, transparent 53%);
  }
  .number-table td:has(input) {
    padding: 0;
  }
  .number-table td input {
    width: 4.4em;
    min-height: 0;
    height: 2.1em;
    padding: 0 0 0 0.375em;
    border: 0;
    border-radius: 2px;
    font: inherit;
    text-align: center;
  }
  @media (forced-colors: active) {
    .number-table tbody td {
      forced-color-adjust: none;
    }
  }
`;
