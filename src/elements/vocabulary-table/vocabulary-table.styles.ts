import {css} from 'lit';

export const styles = css`
  p {
    margin: 0;
  }
  .controls input[type='search'] {
    width: 16em;
    max-width: 100%;
  }
  .controls label {
    flex-wrap: wrap;
  }
  .cloud {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    align-items: center;
    height: 9em;
    margin-top: 0.75em;
    overflow: hidden;
    direction: ltr;
  }
  .cloud small {
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .cloud span {
    font-family: var(--_mono);
    background: var(--_hover);
    padding: 0.0625em 0.25em;
    border-radius: 3px;
    line-height: 1.35;
    white-space: pre;
  }
  .table {
    margin-top: 0.75em;
    font-size: 0.875em;
  }
  .stage {
    position: relative;
  }
  /* over the empty table, so that nothing moves when its rows come */
  .over {
    position: absolute;
    inset: 4.5em 0.5em auto;
  }
  .over:empty {
    display: none;
  }
  .body {
    height: 16em;
    overflow-y: auto;
    border-block: 1px solid var(--_hairline);
  }
  .space {
    position: relative;
  }
  .row {
    display: grid;
    grid-template-columns: 5.5em minmax(6em, 1fr) minmax(4em, 1.25fr) minmax(6em, 2.5fr);
    gap: 1em;
    align-items: center;
    height: 32px;
    padding-inline: 0.5em;
  }
  .body .row {
    position: absolute;
    inset: 0 0 auto;
    border-bottom: 1px solid var(--_hairline);
    font-family: var(--_mono);
    font-variant-numeric: tabular-nums;
  }
  .body:focus-visible .current,
  .row:hover {
    background: var(--_hover);
  }
  .body:focus-visible .current {
    box-shadow: inset 3px 0 var(--_text);
  }
  .row > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .id {
    text-align: end;
  }
  .token code {
    padding: 0.125em 0.25em;
    border-radius: 3px;
    background: var(--_token-1);
    font-size: 1em;
    white-space: pre;
  }
  .bytes {
    display: inline-block;
    direction: ltr;
    margin-inline-start: 1em;
    color: var(--_muted);
    font-size: 0.875em;
  }
  .frequency {
    display: grid;
    grid-template-columns: 5em 1fr;
    gap: 0.75em;
    align-items: center;
    text-align: end;
  }
  .head .id {
    text-align: end;
  }
  .head .frequency button {
    justify-self: end;
  }
  .bar {
    height: 0.5em;
    min-width: 0;
    background: color-mix(in oklab, var(--_residual) 70%, var(--_background));
  }
  .head button {
    min-height: 2em;
    padding: 0;
    border: 0;
    color: var(--_muted);
  }
  .head [aria-sort='ascending'] button,
  .head [aria-sort='descending'] button {
    color: var(--_text);
    font-weight: 600;
  }
  .loading {
    color: var(--_muted);
  }
  .readout {
    margin-top: 0.5em;
    min-height: 3em;
  }
  @media (pointer: coarse) {
    .head.row {
      height: 44px;
    }
    .head button {
      min-height: 44px;
    }
  }
  @container (max-width: 36em) {
    .row {
      grid-template-columns: 4em minmax(0, 1fr) 2.5em 5em;
      gap: 0.75em;
    }
    .bytes,
    .bar {
      display: none;
    }
    .frequency {
      grid-template-columns: 1fr;
    }
  }
  @media (forced-colors: active) {
    .bar {
      background: CanvasText;
    }
    .body:focus-visible .current {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
