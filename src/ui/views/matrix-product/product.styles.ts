import {css} from 'lit';

/** The look of a {@link ProductView}. */
export const productStyles = css`
  .product {
    direction: ltr; /* a matrix keeps its order on a right-to-left page */
    max-width: 100%;
    line-height: 1.2;
  }
  .board {
    position: relative;
  }
  .board > * {
    position: absolute;
    box-sizing: border-box;
  }
  .product-block {
    cursor: crosshair;
    touch-action: pan-x pan-y;
    border-radius: 1px;
  }
  .product-block:focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 3px;
  }
  .product .query {
    color: var(--_query);
  }
  .product .key {
    color: var(--_key);
  }
  .product .value {
    color: var(--_value);
  }
  .product .attention {
    color: var(--_attention);
  }
  .word {
    display: flex;
    align-items: center;
    font: 12px var(--_mono);
    white-space: pre;
    pointer-events: none;
  }
  .word:is(.title, .later) {
    font-family: inherit;
    font-size: 13px;
  }
  .word:is(.title, .highlighted) {
    font-weight: 700;
  }
  .word:is(.shape, .band, .later) {
    color: var(--_muted);
  }
  .word.middle {
    justify-content: center;
  }
  .word.end {
    justify-content: flex-end;
  }
  .word.label.end {
    overflow: hidden;
  }
  .word.turned {
    transform: rotate(-45deg);
    transform-origin: 0 100%;
  }
  .word.upright {
    writing-mode: vertical-rl;
  }
  .word.later {
    text-align: center;
    text-shadow: 0 0 6px var(--_background), 0 0 3px var(--_background), 0 0 3px var(--_background);
  }
  .word sub {
    align-self: flex-end;
    line-height: 1;
  }
  .product-row {
    display: contents;
  }
  .product .number {
    position: absolute;
    overflow: hidden;
    font: 12px var(--_mono);
    font-variant-numeric: tabular-nums;
    text-align: center;
    forced-color-adjust: none;
    print-color-adjust: exact;
  }
  .arithmetic {
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .arithmetic p {
    margin: 0;
    line-height: 17px;
  }
  .board + .arithmetic {
    min-height: 56px;
    margin-top: 8px;
  }
  .arithmetic .terms {
    font: 12px/17px var(--_mono);
    white-space: nowrap;
  }
`;
