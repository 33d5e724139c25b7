import {css} from 'lit';

export const styles = css`
  .sizes {
    display: grid;
    gap: 2px;
    max-width: 58em;
    font-size: 0.875em;
    direction: ltr;
  }
  .sizes button {
    display: grid;
    grid-template-columns: 8em 8em minmax(0, 1fr) 22em;
    gap: 0.25em 1em;
    align-items: center;
    padding: 0.4em 0.6em;
    border-color: transparent;
    border-radius: 3px;
    text-align: start;
    white-space: normal;
  }
  .sizes button[aria-pressed='true'] {
    border-color: var(--_text);
  }
  .sizes button[aria-pressed='true'] .name {
    font-weight: 700;
  }
  @container (max-width: 40em) {
    .sizes button {
      grid-template-columns: 1fr auto;
    }
    .sizes .bar,
    .sizes .bar + span {
      grid-column: 1 / -1;
    }
  }
  .bar {
    display: block;
    height: 0.75em;
    min-width: 2px;
    background: var(--_residual);
    forced-color-adjust: none;
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
