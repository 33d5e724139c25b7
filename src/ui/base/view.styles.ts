import {css} from 'lit';
import {waitingStyles} from './waiting.styles.js';

/** For elements that extend `ViewElement`: the text field, notes, and what stands in place of a drawing. */
export const viewStyles = [
  waitingStyles,
  css`
    .text-input {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5em 0.75em;
      align-items: center;
      margin-bottom: 0.5em;
      font-size: 0.875em;
    }
    .text-input label {
      flex: 1 1 14em;
      min-width: 0;
      gap: 0.75em;
    }
    .text-input input {
      flex: 1;
      min-width: 0;
      font-family: var(--_mono);
    }
    .note {
      margin: 0.25em 0;
      font-size: 0.875em;
      color: var(--_muted);
    }
  `,
];
