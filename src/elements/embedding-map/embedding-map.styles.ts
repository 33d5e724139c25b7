import {css} from 'lit';

export const styles = [
  css`
  /* map, neighbors and text */
  .waiting {
    --_room: calc(42em + clamp(280px, 75cqi, 520px));
  }
  .main {
    display: grid;
    gap: 0.5em 2em;
  }
  .main.beside {
    grid-template-columns: minmax(0, 1fr) 17em;
  }
  .stage {
    position: relative;
    min-width: 0;
  }
  .stage canvas {
    display: block;
    touch-action: pan-x pan-y;
    cursor: pointer;
  }
  .stage.turns canvas {
    touch-action: pan-y;
    cursor: grab;
  }
  .stage.turns canvas.turning {
    cursor: grabbing;
  }
  .controls input[type='search'] {
    width: 9em;
    font-family: var(--_mono);
  }
  fieldset {
    display: inline-flex;
    gap: 0.75em;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .time {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1em;
    align-items: center;
    margin-top: 0.5em;
    font-size: 0.875em;
    min-height: 2.25em;
  }
  .time input {
    flex: 1;
    min-width: 8em;
    max-width: 30em;
  }
  .time output {
    font-variant-numeric: tabular-nums;
    min-width: 11em;
  }
  .classes {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1.25em;
    margin: 0.5em 0 0;
    padding: 0;
    list-style: none;
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .classes li {
    display: inline-flex;
    gap: 0.4em;
    align-items: center;
  }
  .panel {
    min-height: 18em;
    font-size: 0.875em;
  }
  table {
    border-collapse: collapse;
    min-width: min(100%, 20em);
  }
  caption {
    text-align: start;
    padding-bottom: 0.5em;
    text-wrap: pretty;
  }
  thead th {
    color: var(--_muted);
    font-weight: 400;
    font-size: 0.875em;
  }
  th,
  td {
    padding-block: 0.1em;
    padding-inline: 0 1em;
    text-align: start;
    white-space: nowrap;
    font-weight: 400;
  }
  tbody tr:hover {
    background: var(--_hover);
  }
  .token {
    font-family: var(--_mono);
    font-size: 0.95em;
    font-weight: 700;
    white-space: pre;
  }
  .bar {
    forced-color-adjust: none; /* a bar is nothing but its color */
    display: inline-block;
    height: 0.6em;
    margin-inline-start: 0.4em;
    background: var(--_residual);
  }
  .muted {
    color: var(--_muted);
  }
  .readout {
    min-height: 3em;
    max-width: 66ch;
  }
  .note {
    max-width: 66ch;
  }
  @media (forced-colors: active) {
    .bar {
      background: CanvasText;
    }
  }
  @container (min-width: 700px) {
    .waiting {
      --_room: calc(17em + clamp(280px, (100cqi - 19em) * 0.75, 520px));
    }
  }
`,
];
