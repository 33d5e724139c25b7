import {css} from 'lit';

export const styles = css`
  p {
    margin: 0;
  }
  .place {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    align-items: center;
    margin-bottom: 0.75em;
    font-size: 0.875em;
  }
  .place .play {
    min-width: 5em;
  }
  .place input {
    flex: 1 1 8em;
    min-width: 0;
  }
  .place output {
    min-width: 22ch;
    text-align: end;
  }

  .passage {
    overflow: hidden auto;
    height: 10.25em;
    padding: 0.25em;
    font-family: var(--_mono);
    font-size: 0.9375em;
    line-height: 1.9;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    cursor: grab;
    touch-action: pan-y;
    user-select: none;
  }
  .passage:active {
    cursor: grabbing;
  }
  .passage.empty {
    display: grid;
    place-items: center;
    color: var(--_muted);
    cursor: default;
  }
  .t {
    padding-block: 0.2em;
    color: var(--_muted);
  }
  .t.input {
    border-block: 2px solid var(--_query);
    background: color-mix(in oklab, var(--_query) 14%, var(--_background));
    color: var(--_text);
  }
  .t.first {
    border-inline-start: 2px solid var(--_query);
    border-start-start-radius: 4px;
    border-end-start-radius: 4px;
  }
  .t.last {
    border-inline-end: 2px solid var(--_query);
    border-start-end-radius: 4px;
    border-end-end-radius: 4px;
  }
  .t.next {
    border: 2px dashed var(--_key);
    border-radius: 4px;
    background: color-mix(in oklab, var(--_key) 14%, var(--_background));
    color: var(--_text);
  }
  .t.then {
    text-decoration: underline dotted var(--_text) 2px;
    text-underline-offset: 0.45em;
  }
  .t.highlighted {
    outline: 2px solid var(--_text);
    outline-offset: -1px;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1.25em;
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .legend i {
    display: inline-block;
    width: 1.5em;
    height: 1em;
    padding: 0;
    vertical-align: text-bottom;
  }
  .legend i.then {
    border-bottom: 2px dotted var(--_text);
  }
  .exercises {
    display: grid;
    grid-template-columns: fit-content(62%) minmax(0, 1fr);
    gap: 1em 2em;
    align-items: start;
    margin-top: 1em;
  }
  .exercises.empty {
    min-height: 17.5em;
  }
  .aligned {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    direction: ltr;
    font-size: 0.875em;
  }
  th,
  td {
    min-width: 2.75em;
    padding: 0.25em 0.375em;
    border-inline: 1px solid var(--_hairline);
    font-weight: normal;
    text-align: center;
  }
  th[scope='row'] {
    position: sticky;
    inset-inline-start: 0;
    z-index: 1;
    padding-inline-end: 0.75em;
    border-inline: 0;
    background: var(--_background);
    text-align: start;
  }
  thead th {
    color: var(--_muted);
    font-size: 0.875em;
  }
  td .token {
    display: block;
    font-family: var(--_mono);
    white-space: pre;
  }
  td .id {
    color: var(--_muted);
    font-size: max(12px, 0.8em);
    font-variant-numeric: tabular-nums;
  }
  tr.input td {
    border-block: 2px solid var(--_query);
    background: color-mix(in oklab, var(--_query) 10%, var(--_background));
  }
  tr.target td {
    border-block: 2px dashed var(--_key);
    background: color-mix(in oklab, var(--_key) 10%, var(--_background));
  }
  tr.input th {
    color: var(--_query);
  }
  tr.target th {
    color: var(--_key);
  }
  td.highlighted {
    box-shadow: inset 0 0 0 2px var(--_text);
  }

  .tasks {
    direction: ltr;
    overflow: auto;
    height: 15.5em;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: 0.875em;
  }
  .tasks li {
    display: flex;
    gap: 0.5em;
    align-items: baseline;
    min-height: 1.9em;
    padding-inline: 0.375em;
  }
  .tasks li.highlighted {
    background: var(--_hover);
    box-shadow: inset 3px 0 0 var(--_query);
  }
  .tasks code {
    font-size: 1em;
    white-space: pre;
  }
  .tasks .context {
    overflow: hidden;
    direction: rtl; /* cuts off the beginning of a long text */
    text-overflow: ellipsis;
  }
  .tasks bdi {
    direction: ltr;
  }
  .tasks .arrow {
    color: var(--_muted);
  }
  .tasks .target {
    flex: none;
    padding-inline: 0.25em;
    border: 1px dashed var(--_key);
    border-radius: 3px;
  }
  .controls {
    margin-top: 1.25em;
  }
  .controls output {
    min-width: 3ch;
  }
  #seed {
    width: 6em;
  }
  .readout {
    min-height: 3em;
  }
  .totals {
    min-height: 3em;
    color: var(--_muted);
    font-size: 0.875em;
    text-wrap: pretty;
  }
  @container (max-width: 44em) {
    .exercises {
      grid-template-columns: minmax(0, 1fr);
    }
    .exercises.empty {
      min-height: 27.5em;
    }
  }
  @container (max-width: 34em) {
    .totals {
      min-height: 6em;
    }
    .place output {
      min-width: 100%;
      text-align: start;
    }
  }
  @media (forced-colors: active) {
    .t.input,
    tr.input td {
      border-color: Highlight;
    }
    .t.highlighted,
    td.highlighted,
    .tasks li.highlighted {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
