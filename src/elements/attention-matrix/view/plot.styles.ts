import {css} from 'lit';

/** The large matrix or the links in their frame, and the legend. */
export const plotStyles = css`
  .frame {
    position: relative;
    overflow: auto;
    min-height: 18em;
    max-height: min(85vh, 760px);
  }
  .plot {
    display: grid;
    grid-template: auto auto / auto auto;
    justify-content: start;
    width: max-content;
    direction: ltr; /* the first token is on the left on every page */
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
    background: none; /* it would cover the focus ring */
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
  @media (forced-colors: active) {
    .label.highlighted {
      forced-color-adjust: none;
    }
    .rows .label.highlighted,
    .columns .label.highlighted {
      background: Highlight;
      color: HighlightText;
    }
  }
`;
