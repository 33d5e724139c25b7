import {css} from 'lit';

export const styles = css`
  .text-input {
    display: flex;
    gap: 0.75em;
    align-items: center;
    margin-bottom: 0.75em;
    font-size: 0.875em;
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
    min-height: min(600px, 100cqi); /* about what the picture will take */
    color: var(--_muted);
    text-align: center;
    text-wrap: balance;
  }
  .waiting[role='alert'] {
    min-height: 9em;
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
  .rows .label.lit {
    background: var(--_query);
    color: var(--_background);
  }
  .columns .label.lit {
    background: var(--_key);
    color: var(--_background);
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
    min-height: 4.5em;
    margin: 0;
    max-width: 60ch;
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
  .readout .notable {
    display: block;
    color: var(--_muted);
  }
  .note {
    margin: 0.25em 0;
    font-size: 0.875em;
    color: var(--_muted);
  }
  progress {
    width: 12em;
    accent-color: var(--_accent);
  }
`;
