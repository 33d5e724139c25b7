import {css} from 'lit';
import {legendStyles} from '../../ui/views/legend.js';
import {headStyles} from './heads/heads.styles.js';
import {plotStyles} from './view/plot.styles.js';

export const styles = [
  legendStyles,
  plotStyles,
  headStyles,
  css`
    .chips {
      display: flex;
      flex-wrap: wrap;
      gap: 1px;
      margin: 0 0 0.75em;
      font-family: var(--_mono);
      font-size: 0.9375em;
      line-height: 1.3;
      cursor: default;
    }
    .waiting {
      --_room: 9em;
    }
    .chip {
      forced-color-adjust: none; /* its color is its weight */
      padding: 0.25em 0.3em;
      border-bottom: 2px solid transparent;
      white-space: pre;
    }
    .chip.query {
      border-color: var(--_query);
      font-weight: 700;
    }
    .chip.key {
      border-color: var(--_key);
      font-weight: 700;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5em;
    }
    .written {
      text-decoration: underline dotted 2px;
      text-underline-offset: 0.2em;
    }
    .reserved {
      display: grid;
    }
    .reserved > * {
      grid-area: 1 / 1;
      min-width: 0;
    }
    .shape,
    .heads.hidden {
      visibility: hidden;
    }
    .main {
      display: grid;
      grid-template: 'stage' 'readout' 'heads' / minmax(0, 1fr);
      gap: 1em 40px;
    }
    .main.beside {
      grid-template: 'stage readout' auto 'stage heads' 1fr / var(--stage) minmax(0, 1fr);
    }
    .stage {
      grid-area: stage;
      min-width: 0;
    }
    .reserved .waiting {
      place-content: start center;
      padding-top: 6em;
    }
    .heads {
      grid-area: heads;
      min-width: 0;
      overflow-x: auto;
    }
    .readout {
      grid-area: readout;
      max-width: 66ch;
    }
    .readout p {
      margin: 0;
    }
    .reading {
      min-height: 6em; /* the longest sentence on a phone, so that nothing below moves */
    }
    .readout .token {
      font-family: var(--_mono);
      font-size: 0.9em;
      font-weight: 700;
      white-space: pre;
      padding-inline: 0.15em;
      border-bottom: 2px solid;
    }
    .readout sub {
      color: var(--_muted);
      font-size: 0.7em;
      line-height: 1;
    }
    .token.query {
      color: var(--_query);
    }
    .token.key {
      color: var(--_key);
    }
    .row-facts,
    .readout .notable {
      color: var(--_muted);
    }
    .readout .notable {
      min-height: 6em; /* the longest sentence on a pattern */
    }
    @container (min-width: 68em) {
      .beside :is(.reading, .notable.notable) {
        min-height: 4.5em;
      }
    }
    /* Room for two lines of facts. */
    @container (max-width: 640px) {
      .footer {
        min-height: 3.125rem;
        align-content: start;
      }
    }
    /* Room for three lines of facts, and for longer sentences. */
    @container (max-width: 480px) {
      .footer {
        min-height: 4.375rem;
        align-content: start;
      }
      .reading {
        min-height: 7.5em;
      }
      .readout .notable {
        min-height: 9em;
      }
    }
  `,
];
