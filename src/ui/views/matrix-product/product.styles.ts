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
  .product-title {
    font-size: 13px;
    white-space: nowrap;
    pointer-events: none;
  }
  .product-title .shape {
    display: block;
    color: var(--_muted);
    font: 12px var(--_mono);
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
  .product-label {
    display: flex;
    align-items: center;
    overflow: hidden;
    font: 12px var(--_mono);
    white-space: pre;
    pointer-events: none;
  }
  .product-label.left {
    justify-content: flex-end;
    padding-right: 6px;
  }
  .product-label.right {
    overflow: clip visible;
    padding-left: 6px;
  }
  .product-label.top {
    justify-content: center;
  }
  .product-label.turned {
    overflow: visible;
    height: 16px;
    transform: rotate(-45deg);
    transform-origin: 0 100%;
  }
  .product-label.highlighted {
    font-weight: 700;
  }
  .product-label.band {
    overflow: visible;
    justify-content: center;
    color: var(--_muted);
  }
  .product-label.upright {
    writing-mode: vertical-rl;
  }
  .product-title :is(sup, sub) {
    line-height: 0;
  }
  .product-block.later {
    cursor: default;
    display: grid;
    place-items: center;
    color: var(--_muted);
    font-size: 13px;
    text-align: center;
  }
  .product-label.bar-number {
    overflow: visible;
    justify-content: center;
    color: var(--_attention);
    font-weight: 700;
  }
  .product-between {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: flex-end;
    overflow: visible;
    font-size: 16px;
    line-height: 1;
    white-space: nowrap;
    pointer-events: none;
  }
  .product-between span {
    font-size: 12px;
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
  .product .number input {
    width: 100%;
    min-height: 0;
    height: 100%;
    padding: 0;
    border: 0;
    border-radius: 0;
    background: none;
    font: inherit;
    text-align: center;
  }
  .arithmetic {
    top: 0;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .arithmetic p {
    margin: 0 0 2px;
  }
  .board + .arithmetic {
    min-height: 64px;
    margin-top: 8px;
  }
  .arithmetic .terms {
    font: 12px var(--_mono);
  }
`;
