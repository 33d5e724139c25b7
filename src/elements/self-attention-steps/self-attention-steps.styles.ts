import {css} from 'lit';

export const styles = css`
  .text-input {
    display: flex;
    gap: 0.75em;
    align-items: center;
    margin-bottom: 0.5em;
    font-size: 0.875em;
  }
  .text-input input {
    flex: 1;
    min-width: 0;
    font-family: var(--_mono);
  }
  .chips,
  .steps {
    display: flex;
    flex-wrap: wrap;
    gap: 3px;
    align-items: center;
  }
  .chips {
    margin-inline-end: auto;
  }
  .asks {
    margin-inline-end: 0.5em;
  }
  .chip {
    padding-inline: 0.5em;
    border-color: transparent;
    border-radius: 3px;
    background: var(--_hover);
    font-family: var(--_mono);
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
    min-height: 3em;
    max-width: 66ch;
    text-wrap: pretty;
  }
  .query {
    color: var(--_query);
  }
  .tables {
    display: flex;
    flex-wrap: wrap;
    gap: 1.25em 1.75em;
    align-items: start;
    min-height: 17em;
  }
  .readout {
    min-height: 3em;
    font-variant-numeric: tabular-nums;
  }
  .note,
  .waiting {
    margin: 0.25em 0;
    font-size: 0.875em;
    color: var(--_muted);
  }
`;
