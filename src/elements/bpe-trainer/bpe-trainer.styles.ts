import {css} from 'lit';

export const styles = css`
  h3 {
    margin: 0 0 0.5em;
    font-size: 0.875em;
    font-weight: 600;
  }
  .player button {
    min-width: 4.5em;
  }
  .player .jump {
    flex: 1 1 16em;
  }
  .player .jump input {
    flex: 1;
    width: auto;
    min-width: 6em;
  }
  .player .jump output {
    min-width: 18ch;
  }
  .readout {
    min-height: 4.5em;
    margin: 0.25em 0;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  .busy {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1em;
    align-items: center;
    color: var(--_muted);
  }
  .busy progress {
    width: 9em;
  }
  .readout .error {
    margin: 0;
  }
  .views {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25em 2em;
    margin-top: 0.5em;
  }
  @container (min-width: 640px) {
    .views {
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    }
    .readout {
      min-height: 3em;
    }
  }

  .pairs {
    display: grid;
    align-content: start;
    min-height: calc(var(--_rows) * 1.75em);
    font-size: 0.875em;
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(6.5em, 1fr) minmax(3em, 2fr) 6ch;
    gap: 0.75em;
    align-items: center;
    height: 1.75em;
    padding-inline: 0.25em;
    border-radius: 3px;
  }
  .pair:hover,
  .pair[aria-selected='true'] {
    background: var(--_hover);
  }
  .pair .parts {
    display: flex;
    direction: ltr;
    gap: 2px;
    overflow: hidden;
    font-family: var(--_mono);
    font-size: 0.9375em;
    white-space: pre;
  }
  .pair .part {
    padding-inline: 0.25em;
    border: 1px solid var(--_hairline);
    border-radius: 3px;
  }
  .pair.next .part {
    border-color: var(--_text);
  }
  .pair .track {
    height: 0.625em;
  }
  .pair .fill {
    display: block;
    height: 100%;
    background: var(--_residual);
  }
  .pair.next .fill {
    background: var(--_text);
  }
  .pair .count {
    font-family: var(--_mono);
    font-size: 0.9375em;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .pair.next .count {
    font-weight: 700;
  }
  .none {
    margin: 0;
    color: var(--_muted);
    font-family: inherit;
  }

  .text {
    height: 20em;
    margin: 0;
    overflow: auto;
    font-family: var(--_mono);
    font-size: 0.875em;
    line-height: 1.7;
    overflow-wrap: anywhere;
  }
  .text .token {
    margin-inline-end: 1px;
    padding-block: 0.125em;
    border-radius: 2px;
    background: var(--_chip);
    white-space: pre;
    cursor: default;
  }
  /* the pair that is merged next, or pointed at: one frame around its two parts */
  .text .left {
    margin-inline-end: 0;
    border-radius: 2px 0 0 2px;
    box-shadow:
      inset 0 2px var(--_text),
      inset 0 -2px var(--_text),
      inset 2px 0 var(--_text);
  }
  .text .right {
    border-radius: 0 2px 2px 0;
    box-shadow:
      inset 0 2px var(--_text),
      inset 0 -2px var(--_text),
      inset -2px 0 var(--_text);
  }
  .text .highlighted {
    box-shadow: inset 0 -2px var(--_text);
    font-weight: 700;
  }
  .text .new {
    animation: arrive 400ms ease-out;
  }
  @keyframes arrive {
    from {
      background: color-mix(in oklab, var(--_text) 30%, var(--_chip));
    }
  }
  .partial {
    font-style: italic;
  }

  .sum {
    min-height: 1.5em;
    margin: -0.25em 0 0.5em;
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .vocabulary {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em;
    align-content: start;
    height: 11em;
    margin: 0;
    padding: 0;
    overflow: auto;
    list-style: none;
    font-family: var(--_mono);
    font-size: 0.875em;
  }
  .vocabulary li {
    display: flex;
    gap: 0.5em;
    align-items: baseline;
    padding: 0.0625em 0.375em;
    border-radius: 3px;
  }
  .vocabulary li:not(.none) {
    background: var(--_chip);
  }
  .vocabulary .highlighted {
    box-shadow: inset 0 -2px var(--_text);
  }
  .vocabulary .token {
    white-space: pre;
  }
  .vocabulary .id {
    color: var(--_muted);
    font-size: 0.8125em;
  }

  .chart {
    cursor: crosshair;
    touch-action: pan-y;
  }
  .chart canvas {
    display: block;
    width: 100%;
    height: 100%;
  }
  .target {
    width: 6.5em;
  }
  .hint {
    color: var(--_muted);
  }
  .question {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 0.75em;
    align-items: center;
    margin-block: 0.5em;
    padding-inline-start: 0.75em;
    border-inline-start: 3px solid var(--_text);
    font-size: 0.875em;
  }
  .adopted {
    min-height: 1.5em;
    margin: 0;
    font-size: 0.875em;
  }
  @media (forced-colors: active) {
    .pair .fill {
      background: CanvasText;
    }
    .pair.next .fill {
      background: Highlight;
    }
    .text .token,
    .vocabulary li {
      border: 1px solid GrayText;
    }
    .text .left,
    .text .right,
    .text .highlighted,
    .vocabulary .highlighted {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;
