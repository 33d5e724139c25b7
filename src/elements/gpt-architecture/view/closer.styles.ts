import {css} from 'lit';

/** Loaded with what they style. */
export const closerStyles = css`
  .patching label {
    flex: 0 1 34em;
  }
  .patching input {
    flex: 1;
    min-width: 0;
    font-family: var(--_mono);
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
  .sizes thead th {
    vertical-align: bottom;
  }
  .sizes thead th:not(:first-child) {
    padding-inline: 1em 0;
    text-align: end;
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
  .detail .caption {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 0.5em;
    align-items: center;
    margin: 0 0 0.5em;
    font-size: 0.875em;
  }
  .choosing {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 1.5em;
    margin-bottom: 0.5em;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em;
    font-size: 0.8125em;
  }
  .choices button {
    flex: none;
    padding-inline: 0.7em;
    white-space: nowrap;
  }
  .choices [aria-pressed='true'] {
    border-color: var(--_text);
    box-shadow: inset 0 -3px var(--_text);
    font-weight: 600;
  }
  .cells,
  .terms {
    direction: ltr;
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
  @container (max-width: 639px) {
    .choices {
      flex-wrap: nowrap;
      max-width: 100%;
      overflow-x: auto;
    }
    /* the path stays above what is scrolled to */
    .detail {
      scroll-margin-top: 4.5em;
    }
    .terms li {
      grid-template-columns: 5.5em 10.5em 1fr 3.5em;
    }
  }
`;
