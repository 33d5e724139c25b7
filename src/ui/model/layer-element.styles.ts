import {css} from 'lit';

/** For the elements that extend `LayerElement`. */
export const layerStyles = [
  css`
  .chips,
  .steps {
    display: flex;
    flex-wrap: wrap;
    gap: 3px;
    align-items: center;
  }
  .chips .asks {
    margin-inline-end: 0.5em;
  }
  .chip {
    padding-inline: 0.5em;
    border-color: transparent;
    border-radius: 3px;
    background: var(--_hover);
    font-family: var(--_mono);
    white-space: pre;
  }
  .chip[aria-pressed='true'] {
    border: 2px solid var(--_query);
    font-weight: 700;
  }
  .steps button {
    border-radius: 3px;
  }
  .steps button[aria-pressed='true'] {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .explain {
    margin: 0.75em 0;
    max-width: 66ch;
    text-wrap: pretty;
  }
  .query {
    color: var(--_query);
  }
  .key {
    color: var(--_key);
  }
  .value {
    color: var(--_value);
  }
  .tables {
    display: flex;
    flex-wrap: wrap;
    gap: 1.25em 1.75em;
    align-items: start;
  }
  .readout {
    min-height: 3em;
    font-variant-numeric: tabular-nums;
  }
`,
];
