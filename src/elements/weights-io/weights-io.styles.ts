import {css} from 'lit';

export const styles = css`
  .sides {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 22em), 1fr));
    gap: 1.5em 2.5em;
  }
  h3 {
    margin: 0 0 0.5em;
    font-size: 1em;
  }
  ul {
    display: grid;
    gap: 0.75em;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 1em;
    align-items: center;
    font-size: 0.875em;
  }
  li b {
    font-size: 1.07em;
  }
  li p {
    margin: 0;
    color: var(--_muted);
  }
  .drop {
    display: grid;
    gap: 0.75em;
    padding: 1.25em;
    border: 1px dashed var(--_range);
    border-radius: 6px;
    font-size: 0.875em;
  }
  .drop p {
    margin: 0;
  }
  .drop.over {
    border-style: solid;
    background: var(--_hover);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  .note {
    color: var(--_muted);
  }
  .sideways {
    max-height: 24em;
    overflow: auto;
  }
  table {
    border-collapse: collapse;
    font-size: 0.8125em;
    direction: ltr;
  }
  caption {
    padding-bottom: 0.5em;
    color: var(--_muted);
    text-align: start;
  }
  th,
  td {
    padding: 0.15em 1em 0.15em 0;
    font-weight: 400;
    text-align: start;
    white-space: nowrap;
  }
  td.number {
    text-align: end;
  }
  td:has(.bar) {
    width: 10em;
    min-width: 6em;
  }
  .bar {
    display: block;
    height: 0.75em;
    min-width: 1px;
    background: var(--_residual);
    forced-color-adjust: none;
  }
`;
