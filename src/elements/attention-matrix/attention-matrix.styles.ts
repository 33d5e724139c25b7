import {css} from 'lit';

export const styles = css`
  .text-input {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 0.75em;
    align-items: center;
    margin-bottom: 0.75em;
    font-size: 0.875em;
  }
  .text-input label {
    display: flex;
    flex: 1 1 14em;
    gap: 0.75em;
    align-items: center;
    min-width: 0;
  }
  .text-input input {
    flex: 1;
    min-width: 0;
    font-family: var(--_mono);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 1px;
    margin: 0 0 0.75em;
    font-family: var(--_mono);
    font-size: 0.9375em;
    line-height: 1.3;
    cursor: default;
  }
  .chip {
    padding: 0.25em 0.3em;
    border-bottom: 2px solid transparent;
    white-space: pre;
  }
  .chip.query {
    border-color: var(--_query);
    font-weight: 700;
  }
  .chip.key {
    border-color: var(--_key);
    font-weight: 700;
  }
  .written {
    text-decoration: underline dotted 2px;
    text-underline-offset: 0.2em;
  }
  .reserved {
    display: grid;
  }
  .reserved > * {
    grid-area: 1 / 1;
    min-width: 0;
  }
  .shape,
  .heads.kept {
    visibility: hidden;
  }
  .main {
    display: grid;
    grid-template: 'stage' 'readout' 'heads' / minmax(0, 1fr);
    gap: 1em 40px;
  }
  .main.beside {
    grid-template: 'stage heads' auto 'stage readout' 1fr / var(--stage) minmax(0, 1fr);
  }
  .stage {
    grid-area: stage;
    min-width: 0;
  }
  .frame {
    position: relative;
    overflow: auto;
    min-height: 18em;
    max-height: min(85vh, 760px);
  }
  .waiting {
    display: grid;
    place-content: center;
    gap: 0.75em;
    justify-items: center;
    min-height: 9em;
    color: var(--_muted);
    text-align: center;
    text-wrap: balance;
  }
  .reserved .waiting {
    place-content: start center;
    padding-top: 6em;
  }
  .waiting[role='alert'] {
    color: var(--_text);
  }
  .plot {
    display: grid;
    grid-template: auto auto / auto auto;
    justify-content: start;
    width: max-content;
    line-height: 1;
  }
  .plot:focus-visible {
    outline-offset: -2px;
  }
  .axis {
    font-size: 0.75rem;
  }
  .corner,
  .columns,
  .rows {
    position: sticky;
    background: var(--_background);
    z-index: 1;
  }
  .corner {
    inset-block-start: 0;
    inset-inline-start: 0;
    z-index: 2;
  }
  .columns {
    inset-block-start: 0;
    color: var(--_key);
    padding-bottom: 5px;
  }
  .columns .axis {
    display: block;
    padding-block: 2px 6px;
    white-space: nowrap;
  }
  .rows {
    inset-inline-start: 0;
    display: flex;
    color: var(--_query);
    padding-inline-end: 6px;
  }
  .rows .axis {
    writing-mode: vertical-rl;
    rotate: 180deg;
    padding-inline-end: 0;
    padding-block-start: 0;
    width: 20px;
    text-align: end;
    white-space: nowrap;
  }
  .labels {
    display: flex;
    font-family: var(--_mono);
    cursor: default;
  }
  .rows .labels {
    flex-direction: column;
    flex: 1;
  }
  .label {
    flex: none;
    display: flex;
    align-items: center;
    justify-content: center;
    white-space: pre;
    overflow: hidden;
    border-radius: 2px;
  }
  .rows .label {
    justify-content: end;
    padding-inline: 3px;
  }
  .columns .upright {
    writing-mode: horizontal-tb;
  }
  .columns .turned {
    writing-mode: vertical-rl;
    rotate: 180deg;
    justify-content: start;
    padding-block: 3px;
  }
  .rows .label.highlighted {
    background: var(--_query);
    color: var(--_background);
  }
  .columns .label.highlighted {
    background: var(--_key);
    color: var(--_background);
  }
  .surface {
    position: relative;
  }
  .mark {
    position: absolute;
    inset: 0 auto auto 0;
    outline: 2px solid;
    outline-offset: -2px;
    pointer-events: none;
  }
  .mark.query {
    color: var(--_query);
  }
  .mark.key {
    color: var(--_key);
  }
  .mark.both {
    color: var(--_text);
  }
  .hidden-row {
    position: absolute;
    inset-inline: 0;
    display: grid;
    place-content: center;
    background: var(--_hover);
    border-block: 1px solid var(--_muted);
    font-weight: 700;
    line-height: 1;
  }
  .overlay {
    position: absolute;
    inset: 0 auto auto 0;
    pointer-events: none;
  }
  .lens {
    inset: 0 0 auto auto;
    outline: 1px solid var(--_muted);
  }
  .labels.thinned {
    position: relative;
    display: block;
  }
  .thinned .label {
    position: absolute;
  }
  .rows .thinned .label {
    inset-inline-end: 0;
    max-width: 100%;
  }
  .label.highlighted {
    z-index: 1;
  }
  .link-columns {
    display: grid;
    padding: 4px;
    grid-template: auto auto / auto auto auto;
  }
  .link-axes {
    grid-column: 1 / -1;
    display: flex;
    justify-content: space-between;
    padding-bottom: 6px;
    color: var(--_query);
  }
  .link-axes :last-child {
    color: var(--_key);
  }
  .link-columns .rows,
  .link-columns .columns {
    position: static;
    padding: 0;
    background: none; /* else they would cover what shows the focus */
  }
  .link-columns .columns .labels {
    flex-direction: column;
  }
  .link-columns .columns .label {
    justify-content: start;
    padding-inline: 3px;
  }
  .link-lines {
    position: relative;
  }
  .link-lines .cells {
    cursor: default;
  }
  .cells.faint {
    opacity: 0.15;
  }
  .cells {
    display: block;
    cursor: crosshair;
    touch-action: pan-x pan-y;
  }
  .legend {
    margin-top: 0.5em;
    min-height: 46px;
  }
  .legend svg {
    display: block;
    max-width: 100%;
    height: auto;
  }
  .heads {
    grid-area: heads;
    min-width: 0;
    overflow-x: auto;
  }
  .heads table {
    border-spacing: 6px;
    margin-inline: -6px;
    font-size: 0.75rem;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .heads caption {
    padding: 0 6px 4px;
    text-align: start;
    white-space: nowrap;
  }
  .heads th {
    font-weight: 400;
    padding: 0;
    white-space: nowrap;
  }
  .heads th[scope='row'] {
    text-align: start;
    padding-inline-end: 4px;
  }
  .heads td {
    padding: 0;
  }
  .thumb {
    display: block;
    padding: 0;
    border: 0;
    border-radius: 0;
    min-height: 0;
    line-height: 0;
    outline: 1px solid var(--_hairline);
    outline-offset: 1px;
  }
  .habit {
    display: block;
    min-height: calc(1.4em + 3px);
    padding-top: 3px;
    font-size: 0.6875rem;
    line-height: 1.4;
    white-space: nowrap;
  }
  .thumb:hover:not(:disabled) {
    outline-color: var(--_muted);
  }
  .thumb[aria-pressed='true'] {
    outline: 2px solid var(--_text);
  }
  .thumb:focus-visible {
    outline: 3px solid var(--_focus);
  }
  .readout {
    grid-area: readout;
    max-width: 60ch;
  }
  .readout p {
    margin: 0;
  }
  .reading {
    min-height: 6em; /* the longest, on a telephone: nothing below it moves */
  }
  .scores-room {
    min-height: 4.875em; /* three lines */
  }
  .scores {
    display: flex;
    flex-wrap: wrap;
    gap: 0.125em 1em;
    margin: 0;
    padding-top: 0.5em;
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .scores > div {
    display: flex;
    gap: 0.35em;
  }
  .scores .named {
    color: var(--_text);
    font-weight: 600;
  }
  .scores dd {
    margin: 0;
    font-family: var(--_mono);
    font-variant-numeric: tabular-nums;
  }
  .readout .token {
    font-family: var(--_mono);
    font-size: 0.9em;
    font-weight: 700;
    white-space: pre;
    padding-inline: 0.15em;
    border-bottom: 2px solid;
  }
  .readout sub {
    color: var(--_muted);
    font-size: 0.7em;
    line-height: 1;
  }
  .token.query {
    color: var(--_query);
  }
  .token.key {
    color: var(--_key);
  }
  .row-facts,
  .readout .notable {
    color: var(--_muted);
  }
  .readout .notable {
    min-height: 6em; /* as the longest habit takes */
  }
  .note {
    margin: 0.25em 0;
    font-size: 0.875em;
    color: var(--_muted);
  }
  /* Where its facts will take two lines. */
  @container (max-width: 640px) {
    .footer {
      min-height: 3.125rem;
      align-content: start;
    }
  }
  /* Where its facts will take three lines, and the sentence on the head twice as many. */
  @container (max-width: 480px) {
    .footer {
      min-height: 4.375rem;
      align-content: start;
    }
    .reading {
      min-height: 7.5em;
    }
    .readout .notable {
      min-height: 9em;
    }
  }
  progress {
    width: 12em;
    accent-color: var(--_accent);
  }
`;
