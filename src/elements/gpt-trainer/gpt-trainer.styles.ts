import {css} from 'lit';
import {corpusSourceStyles} from '../../ui/model/corpus-source.styles.js';
import {barStyles} from './bar.styles.js';

export const styles = [
  corpusSourceStyles,
  css`
  p {
    margin: 0;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  .actions button {
    min-width: 5.5em;
  }
  .actions .primary {
    min-width: 8em;
  }
  .actions .primary[aria-disabled='true'] {
    cursor: progress;
  }

  .progress {
    margin-block: 1.25em 1.5em;
  }
  progress {
    display: block;
    appearance: none;
    width: 100%;
    height: 3px;
    border: 0;
    background: var(--_hairline);
    color: var(--_accent);
  }
  progress::-webkit-progress-bar {
    background: var(--_hairline);
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
    transition: inline-size 0.2s linear;
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }
  .words {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.5em;
    justify-content: space-between;
    margin-top: 0.5em;
    color: var(--_muted);
    font-size: 0.875em;
  }
  .words .count {
    margin-inline-start: auto;
  }
  .words .count .number:first-child {
    color: var(--_text);
  }

  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 0.75em;
    align-items: center;
    margin-block: 1em 1.5em;
    font-size: 0.9375em;
  }
  .notice button {
    max-width: 100%;
    white-space: normal;
  }
  .notice > span {
    flex: 1 1 18em;
    text-wrap: pretty;
  }

  canvas.curve {
    display: block;
    width: 100%;
    height: 320px;
    margin-block: 0 1.25em;
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    gap: 1em 1.5em;
    margin: 0 0 1.5em;
  }
  .figures dt {
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .figures dd {
    margin: 0;
  }
  .figures .value {
    display: block;
    font-family: var(--_mono);
    font-size: 1.625em;
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
    line-height: 1.3;
  }
  .figures .unit {
    color: var(--_muted);
    font-size: 0.8125em;
  }
  @container (max-width: 559.9px) {
    canvas.curve {
      height: 260px;
    }
  }
  @container (max-width: 34em) {
    .figures {
      grid-template-columns: repeat(2, 1fr);
    }
  }

  /* the two losses: a filled dot and a ring, wherever they stand */
  .mark {
    display: inline-block;
    width: 0.625em;
    height: 0.625em;
    border: 2px solid var(--_train);
    border-radius: 50%;
    background: var(--_train);
  }
  .mark.validation {
    border-color: var(--_validation);
    background: var(--_background);
  }
  dt .mark {
    margin-inline-end: 0.5em;
    font-size: 1em;
  }

  .way {
    margin-bottom: 1.75em;
  }
  .scale {
    position: relative;
    height: 0.75em;
    margin-inline: 0.375em;
  }
  .scale::before,
  .scale .gone {
    content: '';
    position: absolute;
    inset-block-start: calc(50% - 0.5px);
    inset-inline: 0;
    height: 1px;
    background: var(--_hairline);
  }
  .scale .gone {
    inset-inline-end: auto;
    height: 2px;
    inset-block-start: calc(50% - 1px);
    background: var(--_validation);
    transition: width 0.3s;
  }
  .scale .mark {
    position: absolute;
    inset-block-start: 0;
    width: 0.75em;
    height: 0.75em;
    margin-inline-start: -0.375em;
    transition: inset-inline-start 0.3s;
  }
  .ends {
    display: flex;
    justify-content: space-between;
    gap: 1em;
    color: var(--_muted);
    font-size: 0.8125em;
  }
  /* three lines, as of a recorded run */
  .way .unit {
    min-height: 1lh;
    margin: 0.5em 0 0;
    color: var(--_muted);
    font-size: 0.8125em;
  }
  .way .readout {
    min-height: 4.5em;
    max-width: 66ch;
    text-wrap: pretty;
  }

  ::slotted([slot='chart']) {
    margin-block: 0 1.75em;
  }

  .sample {
    margin-bottom: 1.5em;
  }
  .moment {
    color: var(--_muted);
    font-size: 0.875em;
  }
  blockquote {
    margin: 0.375em 0 0.5em;
    padding: 0;
    height: 4lh;
    overflow: auto;
    max-width: 66ch;
    font-size: 1.125em;
    line-height: 1.5;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .cut::after {
    content: '\u00a0…'; /* a sample ends after so many tokens, in the middle of a sentence */
    color: var(--_muted);
  }
  blockquote .prompt {
    color: var(--_muted);
  }
  @container (max-width: 34em) {
    blockquote {
      height: 6lh;
    }
  }
  .scrubber {
    display: flex;
    gap: 1em;
    align-items: center;
    font-size: 0.875em;
  }
  .scrubber input {
    flex: 1;
  }

  .panels {
    border-top: 1px solid var(--_hairline);
  }
  details {
    border-bottom: 1px solid var(--_hairline);
  }
  .panels details:last-child {
    border-bottom: 0;
  }
  summary {
    display: grid;
    grid-template-columns: 1em 5em 1fr;
    gap: 0.5em;
    align-items: baseline;
    padding-block: 0.625em;
    cursor: pointer;
    font-size: 0.9375em;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary::before {
    content: '';
    justify-self: center;
    width: 0.4em;
    height: 0.4em;
    border: solid var(--_muted);
    border-width: 0 1.5px 1.5px 0;
    rotate: -45deg;
    translate: 0 -0.15em;
  }
  details[open] > summary::before {
    rotate: 45deg;
  }
  summary:hover .name {
    text-decoration: underline;
    text-decoration-color: var(--_hairline);
    text-underline-offset: 0.2em;
  }
  summary .fact {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  summary .fact::before {
    content: '\\200b'; /* an empty line, too, has the height and the baseline of one */
  }
  .panel {
    padding: 0.25em 0 1.25em 1.5em;
    font-size: 0.9375em;
  }
  @container (max-width: 34em) {
    .panel {
      padding-inline-start: 0;
    }
    summary {
      grid-template-columns: 1em 4.5em 1fr;
    }
  }

  .settings {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(17em, 100%), 1fr));
    gap: 1.25em 2em;
  }
  .setting {
    display: flex;
    flex-direction: column;
    gap: 0.25em;
  }
  .setting label {
    font-weight: 600;
  }
  .setting select,
  .setting input {
    width: 100%;
  }
  .slider {
    display: flex;
    gap: 0.75em;
    align-items: center;
    min-height: 2.25em;
  }
  .slider output {
    min-width: 7ch;
    text-align: end;
    font-family: var(--_mono);
    font-variant-numeric: tabular-nums;
  }
  .said {
    margin-top: 1.25em;
    min-height: 1.5em;
  }

  .excerpt {
    height: auto;
    max-height: 6lh;
    margin-top: 0;
    color: var(--_muted);
    font-size: 1em;
  }

  table {
    border-collapse: collapse;
    margin-top: 0.75em;
    font-size: 0.9375em;
  }
  th,
  td {
    padding: 0.25em 1.5em 0.25em 0;
    text-align: start;
    font-weight: normal;
    vertical-align: baseline;
  }
  thead th {
    color: var(--_muted);
    font-size: 0.875em;
  }

  :host([compact]) .progress {
    margin-block: 0.75em;
  }
  /* where the longest sentence takes two lines, what is below stays where it is */
  /* room for the longest sentences, so that nothing moves when the model arrives */
  @container (max-width: 46em) {
    .way .unit {
      min-height: 2lh;
    }
  }
  @container (max-width: 26em) {
    .words {
      min-height: 2lh;
    }
    .way .unit {
      min-height: 3lh;
    }
    .way .readout {
      min-height: 9em;
    }
    summary .fact {
      min-height: 2lh;
    }
  }
  :host([compact]) blockquote {
    height: 4lh;
    font-size: 1em;
  }
  @media (forced-colors: active) {
    .mark,
    .scale::before,
    .scale .gone {
      forced-color-adjust: none;
      border-color: CanvasText;
      background: CanvasText;
    }
    .mark.validation {
      background: Canvas;
    }
  }
`,
  barStyles,
];
