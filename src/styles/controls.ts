/** Native buttons, inputs, selects and ranges, dressed quietly and alike. */
import {css} from 'lit';

export const controlStyles = css`
  button,
  select,
  input:not([type='range'], [type='checkbox'], [type='radio']),
  textarea {
    font: inherit;
    color: inherit;
    background: transparent;
    border: 1px solid var(--_hairline);
    border-radius: 6px;
    padding: 0.375em 0.75em;
    min-height: 2.25em;
  }
  select option {
    background: var(--_background);
    color: var(--_text);
  }
  textarea {
    width: 100%;
    line-height: inherit;
    resize: vertical;
  }
  button {
    cursor: pointer;
    white-space: nowrap;
  }
  button:hover:not(:disabled) {
    background: var(--_hover);
  }
  button.primary {
    background: var(--_accent);
    border-color: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  button.primary:hover:not(:disabled) {
    background: color-mix(in oklab, var(--_accent) 85%, var(--_background));
  }
  button.link {
    border: 0;
    padding: 0;
    min-height: 1.5em;
    color: inherit;
    text-decoration: underline;
    text-decoration-color: var(--_hairline);
    text-underline-offset: 0.2em;
  }
  button.link:hover:not(:disabled) {
    background: none;
    text-decoration-color: currentcolor;
  }
  :disabled,
  button[aria-disabled='true']:not(.primary) {
    cursor: not-allowed;
    opacity: 0.5;
  }
  label {
    display: inline-flex;
    gap: 0.5em;
    align-items: center;
  }
  label output,
  .number {
    font-family: var(--_mono);
    font-size: 0.9em;
    font-variant-numeric: tabular-nums;
  }
  input[type='range'] {
    appearance: none;
    width: 9em;
    min-height: 1.5em;
    margin: 0;
    background: transparent;
    cursor: pointer;
  }
  input[type='range']::-webkit-slider-runnable-track {
    height: 2px;
    background: var(--_range);
  }
  input[type='range']::-moz-range-track {
    height: 2px;
    background: var(--_range);
  }
  input[type='range']::-webkit-slider-thumb {
    appearance: none;
    width: 1em;
    height: 1em;
    margin-top: calc(1px - 0.5em);
    border: 0;
    border-radius: 50%;
    background: var(--_accent);
  }
  input[type='range']::-moz-range-thumb {
    width: 1em;
    height: 1em;
    border: 0;
    border-radius: 50%;
    background: var(--_accent);
  }
  input[type='checkbox'],
  input[type='radio'] {
    accent-color: var(--_accent);
    width: 1.1em;
    height: 1.1em;
  }
  @media (pointer: coarse) {
    button,
    button.link,
    select,
    input:not([hidden]),
    summary,
    label:has(> :is([type='checkbox'], [type='radio'])) {
      min-height: max(44px, 2.75em);
    }
    summary {
      align-content: center;
    }
  }
  @media (forced-colors: active) {
    input[type='range'] {
      appearance: auto;
    }
    button,
    button.primary {
      border: 1px solid ButtonText;
    }
    button[aria-pressed='true'],
    button[aria-selected='true'],
    button[aria-current]:not([aria-current='false']) {
      forced-color-adjust: none;
      background: Highlight;
      border-color: Highlight;
      color: HighlightText;
    }
  }
`;
