import {css} from 'lit';

export const styles = css`
  p {
    margin: 0;
  }
  .hint,
  .ask,
  .loading {
    color: var(--_muted);
    font-size: 0.875em;
  }
  .controls select {
    max-width: 100%;
  }

  /* The field lies exactly on the colored text. */
  .box {
    position: relative;
    margin-top: 0.25em;
    font-family: var(--_mono);
    font-size: 1em;
    line-height: 1.75;
  }
  .mirror,
  .box textarea {
    margin: 0;
    padding: 0.5em 0.75em;
    border: 1px solid var(--_hairline);
    border-radius: 6px;
    font: inherit;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    unicode-bidi: plaintext;
  }
  .mirror {
    min-height: 5lh;
    border-color: transparent;
    color: transparent;
  }
  .mirror span {
    border-radius: 3px;
    background: var(--_chip);
  }
  .mirror .highlighted {
    box-shadow: inset 0 -2px var(--_text);
  }
  .box textarea {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: hidden;
    resize: none;
    background: none;
  }
  .long blockquote {
    margin: 0.25em 0 0.5em;
    max-height: 9em;
    overflow: auto;
    padding: 0.5em 0.75em;
    border: 1px solid var(--_hairline);
    border-radius: 6px;
    color: var(--_muted);
    font-family: var(--_mono);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .long .hint {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    align-items: center;
  }

  .tokens {
    display: flex;
    flex-direction: column;
    gap: 0.75em;
    align-items: start;
    min-height: 9.5em;
    max-height: 24em;
    margin-top: 1em;
    overflow: auto;
    padding: 2px; /* for the focus ring */
  }

  /* wide enough for a sentence in one line, and its tokens in two */
  @container (min-width: 56em) {
    .mirror {
      min-height: calc(2lh + 1em);
    }
    .tokens {
      min-height: 6.5em;
    }
  }

  .summary {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 2em;
    align-items: end;
    justify-content: space-between;
    margin-top: 0.75em;
    padding-top: 0.75em;
    border-top: 1px solid var(--_hairline);
  }
  dl {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 2em;
    margin: 0;
  }
  dl div {
    display: flex;
    flex-direction: column-reverse;
    min-width: 4.5em;
  }
  dt {
    color: var(--_muted);
    font-size: 0.8125em;
  }
  dd {
    margin: 0;
    font-size: 1.125em;
  }
  .readout {
    min-height: 3em;
  }

  .merges {
    margin-top: 0.75em;
    padding-top: 0.75em;
    border-top: 1px solid var(--_hairline);
    min-height: 24em;
  }
  .title {
    margin: 0;
    font-weight: bold;
    overflow-wrap: anywhere;
  }
  .stepper {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    align-items: center;
    margin-block: 0.5em;
    font-size: 0.875em;
  }
  .stepper output {
    font-family: var(--_mono);
    font-size: 0.9em;
  }
  .step-words {
    min-height: 3em;
    font-size: 0.9375em;
  }
  .merging {
    display: flex;
    flex-wrap: wrap;
    gap: 1.5em 2.5em;
    align-items: start;
  }
  .tree-frame {
    max-width: 100%;
    min-height: 14em;
    overflow: auto hidden;
  }
  .tree {
    display: grid;
    direction: ltr;
    grid-template-columns: repeat(var(--_bytes), minmax(1.75em, 3.5em));
    grid-auto-rows: minmax(2.25em, auto);
    gap: 3px;
    font-family: var(--_mono);
    font-size: 0.875em;
    text-align: center;
  }
  .node {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    border-radius: 3px;
    background: var(--_hover);
    color: var(--_muted);
    line-height: 1.2;
  }
  .node .partial,
  .steps .partial,
  .step-words .partial {
    font-style: italic;
    text-decoration: underline dotted;
  }
  .node.top {
    background: var(--_token-1);
    color: var(--_text);
  }
  .node.next {
    box-shadow: inset 0 0 0 2px var(--_key);
  }
  .node.newest {
    box-shadow: inset 0 0 0 2px var(--_text);
    font-weight: 700;
  }
  .node.future {
    background: none;
    border: 1px dashed var(--_hairline);
  }
  .node.future > * {
    visibility: hidden;
  }
  .rank {
    font-size: max(12px, 0.75em);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  .steps {
    flex: 1 1 18em;
    margin: 0;
    padding-inline-start: 2em;
    columns: 17em;
    column-gap: 3em;
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }
  .steps li {
    color: var(--_muted);
  }
  .steps li.done {
    color: var(--_text);
  }
  .steps button {
    display: flex;
    gap: 0.375em;
    align-items: baseline;
    width: 100%;
    min-height: 1.75em;
    padding: 0.125em 0.375em;
    border: 0;
    text-align: start;
    white-space: normal;
  }
  @media (pointer: coarse) {
    .steps button {
      min-height: 44px;
    }
  }
  .steps [aria-current] {
    background: var(--_hover);
    font-weight: 700;
  }
  .steps .rank {
    margin-inline-start: auto;
    padding-inline-start: 1.5em;
    font-family: var(--_mono);
  }
  @media (forced-colors: active) {
    .mirror {
      visibility: hidden;
    }
    .node {
      border: 1px solid CanvasText;
    }
    .node.newest,
    .node.next {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .steps [aria-current] {
      outline: 1px solid Highlight;
    }
  }
`;
