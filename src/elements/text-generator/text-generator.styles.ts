import {css} from 'lit';

export const styles = css`
  p {
    margin: 0;
  }
  .ask {
    display: flex;
    flex-direction: column;
    gap: 0.25em;
    align-items: stretch;
  }
  .ask span {
    color: var(--_muted);
    font-size: 0.875em;
  }
  textarea {
    display: block;
    field-sizing: content;
    font-family: var(--_mono);
    font-size: 0.9375em;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    align-items: center;
    margin-bottom: 0.75em;
  }
  .actions button {
    min-width: 5em;
  }
  .actions button:not(.primary):disabled {
    visibility: hidden;
  }
  .actions .primary {
    min-width: 7.5em;
  }

  .sampling {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(13em, 100%), 1fr));
    gap: 0.75em 2em;
    margin-block: 1.25em;
    font-size: 0.9375em;
  }
  .slider {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: baseline;
  }
  .slider input {
    grid-column: 1 / -1;
    grid-row: 2;
    width: 100%;
  }
  .slider output {
    font-family: var(--_mono);
    font-size: 0.9em;
    font-variant-numeric: tabular-nums;
  }
  .numbers {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75em 1.5em;
    align-items: center;
    font-size: 0.9375em;
  }
  .numbers input {
    width: 6.5em;
  }
  .numbers .seed {
    display: inline-flex;
    gap: 0.5em;
    align-items: center;
  }

  .writing {
    margin-top: 1em;
    display: grid;
    grid-template-columns: minmax(17em, 2fr) minmax(0, 3fr);
    gap: 1.5em 2.5em;
    align-items: start;
    padding-block: 1em;
    border-block: 1px solid var(--_hairline);
  }
  .writing.alone {
    grid-template-columns: minmax(0, 1fr);
  }
  @container (max-width: 38em) {
    .actions {
      gap: 0.375em;
      font-size: 0.875em;
    }
    .actions button.primary,
    .actions button {
      min-width: 0;
      padding-inline: 0.5em;
    }
    .writing {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  .text {
    min-height: 7lh;
    font-family: var(--_mono);
    font-size: 0.9375em;
    line-height: 1.9;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .writing.alone .text {
    min-height: 4lh;
  }
  .prompt {
    color: var(--_muted);
  }
  .next {
    display: inline-block;
    min-width: 5ch;
    margin-inline-start: 1ch;
    border: 1.5px dashed var(--_attention);
    border-radius: 4px;
    color: var(--_attention);
    line-height: 1.4;
    text-align: center;
  }
  .next::before {
    content: '?';
  }
  /* how sure the model was: the underline is as strong as the token's probability */
  .token {
    border-bottom: 2px solid color-mix(in oklab, var(--_attention) var(--p), transparent);
    cursor: pointer;
    border-radius: 2px 2px 0 0;
  }
  .token:hover {
    background: var(--_hover);
  }
  .token[aria-selected='true'] {
    background: var(--_token-4);
  }
  .token:focus-visible {
    outline-offset: 1px;
  }
  .caret {
    display: inline-block;
    width: 0.5ch;
    height: 1.1em;
    margin-inline-start: 1px;
    background: var(--_text);
    vertical-align: text-bottom;
  }

  .bars {
    display: grid;
    gap: 0.125em;
    font-size: 0.875em;
  }
  .bars .title {
    margin-bottom: 0.375em;
    min-height: 1.5em;
    color: var(--_muted);
    text-wrap: pretty;
  }
  .bars .title b {
    color: var(--_text);
    font-weight: normal;
    font-family: var(--_mono);
  }
  .bars .list {
    display: grid;
    grid-template-columns: minmax(2.5ch, auto) 1fr auto;
    grid-auto-rows: 1.75em;
    gap: 0 0.75em;
    min-height: 14em;
    align-content: start;
  }
  .bar {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
    align-items: center;
    width: 100%;
    min-height: 0;
    padding: 0 0.375em;
    border: 0;
    border-radius: 4px;
    text-align: start;
    opacity: 1;
  }
  .bar:disabled {
    cursor: default;
    opacity: 1;
  }
  .bar .name {
    overflow: hidden;
    max-width: 9ch;
    font-family: var(--_mono);
    text-overflow: ellipsis;
    white-space: pre;
  }
  /* as long as a probability of 1 */
  .bar .track {
    height: 0.75em;
    background: var(--_hover);
  }
  .bar .fill {
    display: block;
    min-width: 1px;
    height: 100%;
    background: color-mix(in oklab, var(--_attention) 65%, var(--_background));
    transition: width 0.15s;
  }
  .bar.drawn .fill {
    background: var(--_attention);
  }
  .bar.drawn .name {
    font-weight: 700;
    text-decoration: underline;
    text-decoration-color: var(--_attention);
    text-decoration-thickness: 2px;
    text-underline-offset: 0.25em;
  }
  .bar .probability {
    min-width: 5ch;
    font-family: var(--_mono);
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .bars .rest {
    min-height: 1.5em;
    padding-inline: 0.375em;
    color: var(--_muted);
    text-align: end;
  }
  @media (pointer: coarse) {
    .bars .list {
      grid-auto-rows: 44px;
    }
  }
  .readout {
    min-height: 3em;
  }
  .numbers {
    margin-bottom: 1.25em;
  }
  @media (forced-colors: active) {
    .token,
    .bar .fill {
      forced-color-adjust: none;
    }
    .token {
      border-color: color-mix(in oklab, CanvasText var(--p), Canvas);
    }
    .token[aria-selected='true'] {
      background: Highlight;
      color: HighlightText;
    }
    .bar .fill {
      background: GrayText;
    }
    .bar.drawn .fill {
      background: Highlight;
    }
  }
`;
