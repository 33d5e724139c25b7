import {css} from 'lit';

export const styles = css`
  .map {
    margin: 0;
    direction: ltr;
  }
  .areas {
    display: flex;
    gap: 3px;
    height: 17em;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }
  .column {
    display: flex;
    flex: 1 1 0;
    flex-direction: column;
    gap: 1px;
    min-width: 0;
  }
  .column .title {
    overflow: hidden;
    flex: none;
    height: 1.5em;
    color: var(--_muted);
    font-size: 0.8125em;
    white-space: nowrap;
  }
  .tensor {
    container-type: size;
    overflow: hidden;
    flex: 1 1 0;
    min-height: 1px;
    background: color-mix(in oklab, var(--_part) 26%, var(--_background));
    border-inline-start: 3px solid var(--_part);
  }
  .tensor.highlighted {
    background: color-mix(in oklab, var(--_part) 42%, var(--_background));
  }
  .residual {
    --_part: var(--_residual);
  }
  .query {
    --_part: var(--_query);
  }
  .value {
    --_part: var(--_value);
  }
  .mlp {
    --_part: var(--_mlp);
  }
  .norm {
    --_part: var(--_norm);
  }
  .label {
    display: block;
    padding: 0.125em 0.5em;
    font: 0.8125em/1.3 var(--_mono);
  }
  .label small {
    font-size: 0.9231em;
    white-space: nowrap;
  }
  @container (max-width: 3.5em) or (max-height: 1.125em) {
    .label {
      display: none;
    }
  }
  .pointed {
    min-height: 1lh;
    margin: 0.5em 0 1.25em;
    font-size: 0.875em;
  }
  .strip {
    display: flex;
    gap: 3px;
    margin-block: 0.25em;
    min-width: 2px;
    color: var(--_muted);
    white-space: nowrap;
    direction: ltr;
    transition: width 0.3s;
  }
  .strip .copy {
    overflow: hidden;
    flex: 1;
    min-width: 0;
    text-overflow: ellipsis;
  }
  .bands {
    display: flex;
    height: 1.25em;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }
  .bands span {
    flex: 1 1 0;
    min-width: 0;
    background: color-mix(in oklab, var(--_part) 55%, var(--_background));
  }
  .bands .highlighted {
    background: var(--_part);
  }
  @media (prefers-reduced-motion: reduce) {
    .strip {
      transition: none;
    }
  }
  .way {
    display: grid;
    grid-template:
      'model out save' auto
      'load . save' 1fr / minmax(0, 5fr) auto minmax(0, 7fr);
    gap: 0 1em;
    align-items: start;
  }
  .way.alone {
    grid-template: 'model' auto 'load' auto / minmax(0, 1fr);
  }
  .model {
    grid-area: model;
  }
  .save {
    grid-area: save;
  }
  .load {
    grid-area: load;
  }
  .arrow::before {
    content: '→';
    color: var(--_muted);
    font-size: 1.5em;
  }
  .out {
    grid-area: out;
    align-self: center;
  }
  .heads {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  }
  h3 {
    margin: 0 0 0.5em;
    font-size: 1em;
  }
  ul {
    display: grid;
    gap: 0.75em;
    margin: 0 0 0.75em;
    padding: 0;
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 2.25em minmax(0, 1fr);
    align-items: center;
    padding-top: 0.75em;
    border-top: 1px solid var(--_hairline);
    font-size: 0.875em;
  }
  .title {
    display: flex;
    gap: 0.75em;
    align-items: center;
  }
  .title button {
    margin-inline-start: auto;
  }
  .title .number {
    color: var(--_muted);
  }
  li code {
    display: block;
    overflow-wrap: anywhere;
    font-family: var(--_mono);
    font-size: 0.9286em;
  }
  li b {
    font-size: 1.07em;
  }
  li .number {
    white-space: nowrap;
  }
  li .arrow {
    text-align: center;
  }
  .package {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3em;
    margin-block: 0.4em 0.3em;
    font-size: 0.8571em;
  }
  .package > * {
    padding: 0.1em 0.5em;
    border: 1px solid var(--_range);
    border-radius: 3px;
  }
  .package b {
    border-color: currentcolor;
    font-weight: 600;
  }
  .package .numbers {
    flex: 1 0 100%;
    box-sizing: border-box;
    min-width: 0;
  }
  .package.one {
    gap: 0 0.75em;
    padding: 0.1em 0.5em;
    border: 1px solid var(--_range);
    border-radius: 3px;
  }
  .package.one > * {
    padding: 0.1em 0;
    border: 0;
  }
  li p {
    margin: 0;
    color: var(--_muted);
  }
  @container (max-width: 52em) {
    .way {
      grid-template: 'model' auto 'out' auto 'save' auto 'load' auto / minmax(0, 1fr);
    }
    .load {
      margin-top: 1.5em;
    }
    .out {
      justify-self: center;
    }
    .out::before {
      content: '↓';
    }
  }
  @container (max-width: 36em) {
    .wide {
      display: none;
    }
  }
  @container (max-width: 30em) {
    .heads span + span {
      display: none;
    }
    .saved {
      min-height: 3lh;
    }
    li {
      grid-template-columns: minmax(0, 1fr);
    }
    li .arrow::before {
      content: '↓';
    }
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
  .saved {
    min-height: 2lh;
    margin: 0 0 0.5em;
    font-size: 0.875em;
  }
  .sideways {
    overflow-x: auto;
  }
  .all {
    margin-top: 0.75em;
    font-size: 0.875em;
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
