import {css} from 'lit';

export const styles = css`
  .result {
    margin: 0.25em 0 0;
    font-size: 1.375em;
    font-variant-numeric: tabular-nums;
  }
  .roles {
    display: flex;
    gap: 3px;
  }
  .roles button {
    border-radius: 3px;
    border-width: 2px;
  }
  .roles button[aria-pressed='true'] {
    border-color: currentcolor;
    font-weight: 700;
  }
  .explain {
    min-height: 3em;
  }
  .width .number {
    min-width: 3ch;
  }
  .width input {
    width: 14em;
  }
  .choices {
    min-height: 2.75em;
  }
  .sides {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(15em, 1fr));
    gap: 1em 2em;
  }
  .sides figure {
    margin: 0;
  }
  .sides figcaption,
  .sides p {
    font-size: 0.875em;
  }
  .sides p {
    margin: 0.5em 0 0;
  }
  .bars {
    display: flex;
    gap: 4px;
    align-items: end;
    height: calc(var(--_height) - 6em);
    margin-top: 0.5em;
    border-bottom: 1px solid var(--_hairline);
  }
  .bars span {
    flex: 1;
    background: var(--_attention);
  }
  @container (max-width: 44em) {
    .explain {
      min-height: 6em;
    }
    .bars {
      height: calc(var(--_height) / 2 - 7em);
    }
    .scale-note {
      min-height: 3em;
    }
    .readout {
      min-height: 6em;
    }
  }
  @media (forced-colors: active) {
    .bars span {
      background: CanvasText;
    }
  }
`;
