/** What every element of the library looks like before it adds anything of its own. */
import {css} from 'lit';
import {tokens} from './tokens.js';

export const hostStyles = [
  tokens,
  css`
    :host {
      display: block;
      position: relative;
      color: var(--_text);
      line-height: 1.5;
      container-type: inline-size;
      text-align: start;
    }
    :host([hidden]) {
      display: none;
    }
    *,
    *::before,
    *::after {
      box-sizing: border-box;
    }
    .lead {
      margin: 0 0 0.75em;
      max-width: 66ch;
      text-wrap: pretty;
    }
    .controls {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5em 1em;
      align-items: center;
      margin-block: 0.75em;
      font-size: 0.875em;
    }
    .readout {
      margin: 0.5em 0 0;
      min-height: 1.5em;
      font-size: 0.9375em;
      color: var(--_text);
    }
    .footer {
      display: flex;
      flex-wrap: wrap;
      gap: 0.25em 1em;
      align-items: baseline;
      margin-top: 0.75em;
      padding-top: 0.5em;
      border-top: 1px solid var(--_hairline);
      color: var(--_muted);
      font-size: 0.8125em;
    }
    /* one line, however long: what computed the numbers is known late, and differs between machines */
    .footer .facts {
      flex: 1 1 0;
      min-width: min(100%, 18em);
      min-height: 1lh;
      overflow: hidden;
      font-variant-numeric: tabular-nums;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .footer [role='status']:empty {
      margin-inline-start: -1em; /* no gap before nothing */
    }
    .error {
      margin: 0.75em 0;
      padding-inline-start: 0.75em;
      border-inline-start: 3px solid var(--_error);
      color: var(--_text);
    }
    /* Each text is laid out in its own direction: the interface is English, also on a right-to-left page. */
    p,
    li,
    dt,
    dd,
    td,
    th,
    caption,
    figcaption,
    legend,
    label,
    button,
    option,
    select,
    input,
    textarea,
    .facts {
      unicode-bidi: plaintext;
    }
    /* Numbers and code keep their order on a right-to-left page: “.78” must not read “78.”. */
    .number,
    .token,
    .mono,
    output,
    code,
    pre {
      direction: ltr;
      unicode-bidi: isolate;
    }
    .mono,
    code,
    pre {
      font-family: var(--_mono);
      font-size: 0.9em;
      font-variant-numeric: tabular-nums;
    }
    .code {
      margin: 0.75em 0 0;
      font-size: 0.8125em;
    }
    .code figcaption {
      color: var(--_muted);
    }
    .code .piece {
      display: flex;
      align-items: baseline;
      gap: 0.5em;
      max-width: 36em;
      margin-block-start: 0.25em;
    }
    .code select {
      flex: 1;
      min-width: 0;
      font: inherit;
    }
    .code pre {
      margin: 0.5em 0 0;
      max-height: 24em;
      overflow: auto;
      padding: 0.75em 1em;
      background: var(--_hover);
      border-radius: 6px;
      tab-size: 2;
    }
    /* set by the directive sideways: the edge behind which there is more fades */
    [data-hides] {
      --_left: 0px;
      --_right: 0px;
      mask-image: linear-gradient(to right, transparent, #000 var(--_left) calc(100% - var(--_right)), transparent);
    }
    [data-hides=''] {
      mask-image: none;
    }
    [data-hides~='left'] {
      --_left: 2.5em;
    }
    [data-hides~='right'] {
      --_right: 2.5em;
    }
    .visually-hidden:not(:focus-within) {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    :focus-visible {
      outline: 2px solid var(--_focus);
      outline-offset: 2px;
      border-radius: 2px;
    }
    @media print {
      :host {
        color-scheme: light !important;
      }
      .controls,
      .text-input,
      .footer button,
      .footer [role='status'],
      [part='actions'],
      [part='controls'],
      label:has(> select, > input[type='range']),
      select,
      input[type='range'] {
        display: none !important;
      }
      .waiting {
        min-height: 0 !important;
        visibility: hidden;
      }
      .waiting::after {
        content: 'This figure is drawn when it is first seen: scroll to it before printing.';
        visibility: visible;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      *,
      *::before,
      *::after {
        transition: none !important;
        animation: none !important;
        scroll-behavior: auto !important;
      }
    }
  `,
];
