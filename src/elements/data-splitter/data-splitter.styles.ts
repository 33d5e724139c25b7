import {css} from 'lit';

export const styles = css`
  p {
    margin: 0;
  }
  h2 {
    margin: 0 0 0.5em;
    font: inherit;
  }
  h2 b {
    font-weight: 600;
  }
  /* nearly as high as what comes, so that the footer does not move through what is seen */
  .reading {
    min-height: 60rem;
  }
  .notice {
    margin-block-end: 0.75em;
  }
  [part='sources'] {
    margin-block: 1.25em;
    padding-block: 0.25em 1.25em;
    border-block: 1px solid var(--_hairline);
  }
  .missing {
    margin-block-start: 0.75em;
  }
  .frame {
    overflow-x: auto;
  }
  .preview {
    border-collapse: collapse;
    font-size: 0.875em;
    width: 100%;
  }
  .preview :is(th, td) {
    padding: 0.35em 1em 0.35em 0;
    border-block-end: 1px solid var(--_hairline);
    font-weight: 400;
    text-align: start;
    vertical-align: top;
    color: var(--_muted);
  }
  .preview :is(.class, .text) {
    color: var(--_text);
  }
  .preview thead b {
    padding: 0 0.4em;
    border: 1px solid var(--_hairline);
    border-radius: 4px;
    font-weight: 600;
  }
  .preview td {
    font-family: var(--_mono);
    font-size: 0.9em;
  }
  .preview thead th {
    white-space: nowrap;
  }
  .preview td.text {
    min-width: 14em;
  }

  .flow {
    display: grid;
    gap: 0.75em;
    margin: 1.25em 0;
    padding: 0;
    list-style: none;
  }
  .flow.wide {
    grid-template-columns: repeat(3, minmax(0, 1fr)) 198px; /* as the stages of the drawing */
    gap: 0;
    margin-block: 1em 0.5em;
  }
  .flow.wide p {
    flex-direction: column;
    margin-block-end: 0;
    padding-inline-end: 0.75em;
  }
  .bands {
    display: block;
    overflow: visible;
  }
  .bands :is(rect, path) {
    fill: var(--_fill);
  }
  .bands rect {
    stroke: var(--_range);
  }
  .bands .band {
    opacity: 0.6;
  }
  .bands text {
    fill: var(--_text);
    font-size: 0.8125rem;
    dominant-baseline: central;
  }
  .bands .gone {
    --_fill: url(#gone);
  }
  .bands line {
    stroke: var(--_masked);
  }
  .flow p {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1em 1.25em;
    margin-block-end: 0.25em;
    font-size: 0.9375em;
  }
  .flow b {
    font-weight: 600;
  }
  .count {
    color: var(--_muted);
    overflow-wrap: anywhere; /* names of classes are the reader's */
  }
  .swatch {
    display: inline-block;
    width: 0.8em;
    height: 0.8em;
    margin-inline-end: 0.4em;
    border: 1px solid var(--_range);
    vertical-align: baseline;
  }
  .bar {
    display: flex;
    height: 1.5em;
  }
  .bar > * {
    flex: 0 1 0;
    min-width: 0;
  }
  .bar > :not(.rest) {
    border: 1px solid var(--_range);
    border-inline-end-width: 0;
  }
  .bar > :not(.rest):last-child,
  .bar > :not(.rest):has(+ .rest) {
    border-inline-end-width: 1px;
  }
  :is(.swatch, .bar *) {
    background: var(--_fill);
  }
  .class-1 {
    --_fill: var(--_token-1);
  }
  .class-2 {
    --_fill: var(--_token-2);
  }
  .class-3 {
    --_fill: var(--_token-3);
  }
  .class-4 {
    --_fill: var(--_token-4);
  }
  .class-5 {
    --_fill: var(--_token-5);
  }
  .class-6 {
    --_fill: var(--_token-6);
  }
  .class-7 {
    --_fill: var(--_token-7);
  }
  .class-8 {
    --_fill: var(--_token-8);
  }
  .gone {
    background: repeating-linear-gradient(-45deg, var(--_masked) 0 2px, var(--_background) 2px 6px);
  }
  .bar .set {
    display: flex;
    border: 0;
    margin-inline-end: 3px;
  }
  .set > * {
    flex: 1 1 0;
    border: 1px solid var(--_range);
  }
  .findings {
    display: grid;
    gap: 0.5em;
    max-width: 66ch;
    text-wrap: pretty;
  }
  .code {
    margin-inline-end: 0.75em;
    font-family: var(--_mono);
    font-size: 0.9em;
  }
  .offer button {
    margin-block-start: 0.5em;
  }
  summary {
    cursor: pointer;
  }
  details ul {
    margin-block: 0.5em;
  }
`;
