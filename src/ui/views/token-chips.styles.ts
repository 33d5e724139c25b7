import {css} from 'lit';

export const chipStyles = css`
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375em 2px;
    align-items: start;
    font-family: var(--_mono);
    font-size: 0.9375em;
    line-height: 1.4;
  }
  .chip {
    display: inline-flex;
    flex-direction: column;
    align-items: center;
    max-width: 100%;
    border-radius: 3px;
    cursor: pointer;
  }
  .chip .token {
    align-self: stretch;
    min-width: 1.25ch;
    padding: 0.0625em 0.1875em;
    border-radius: 3px;
    background: var(--_chip);
    text-align: center;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .chip .id {
    padding-inline: 0.25em;
    color: var(--_muted);
    font-size: max(12px, 0.75em);
    font-variant-numeric: tabular-nums;
  }
  /* a token that is no whole character: its bytes, which are no text */
  .chip.partial .token {
    font-style: italic;
    text-decoration: underline dotted;
    text-underline-offset: 0.2em;
  }
  .chip.special .token {
    outline: 1px solid var(--_text);
    outline-offset: -1px;
    font-weight: 700;
  }
  .chip:hover .token,
  .chip[aria-selected='true'] .token {
    box-shadow: inset 0 -2px var(--_text);
  }
  .chip:hover .id,
  .chip[aria-selected='true'] .id {
    color: var(--_text);
    font-weight: 700;
  }
  .chips .break {
    flex-basis: 100%;
    height: 0;
  }
  @media (forced-colors: active) {
    .chip .token {
      border: 1px solid ButtonText;
    }
    .chip[aria-selected='true'] .token {
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;
