import {css} from 'lit';

export const barStyles = css`
  /* Stays at the lower end of the screen while its container is in view, and takes up its own room at the container's end. */
  :host([bar]) {
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
  }
  /* A hidden bar must not cover what lies below it. */
  :host([bar][data-hidden]) {
    position: static;
  }
  :host([bar]) :is(.lead, .footer) {
    display: none;
  }
  .bar {
    display: grid;
    /* what changes keeps its width: nothing beside it moves */
    grid-template-columns: auto 12.5em 13em minmax(0, 1fr) 2.75em;
    gap: 0.25em 1.25em;
    align-items: center;
    padding: 0.5em 1em;
    border-top: 1px solid var(--_hairline);
    background: var(--_background);
    font-size: 0.875em;
  }
  .bar > :is(.notice, .error) {
    grid-column: 1 / -1;
    margin-block: 0.25em;
  }
  .bar .actions {
    flex-wrap: nowrap;
  }
  .bar .actions button,
  .bar .actions .primary {
    min-width: 0;
  }
  .bar :is(.primary, .reset) {
    width: 8.5em;
    padding-inline: 0;
    white-space: nowrap;
  }
  .curve {
    display: flex;
    gap: 0.625em;
    align-items: center;
    white-space: nowrap;
  }
  .curve .number {
    display: inline-block;
    min-width: 4ch;
  }
  .sparkline {
    width: 7.5em;
    height: 1.75em;
    border-bottom: 1px solid var(--_hairline);
  }
  .sparkline polyline {
    fill: none;
    stroke: var(--_train);
    stroke-width: 1.5;
    vector-effect: non-scaling-stroke;
  }
  .so-far {
    line-height: 1.3;
  }
  .so-far .count {
    display: block;
    white-space: nowrap;
  }
  .so-far .state {
    display: block;
    overflow: hidden;
    color: var(--_muted);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .newest {
    overflow: hidden;
    color: var(--_muted);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .newest q {
    color: var(--_text);
    quotes: none;
  }
  .toggle {
    min-width: 2.75em;
  }
  .bar.collapsed {
    display: block;
    width: fit-content;
    margin-inline-start: auto;
    padding: 0.25em 1em;
    border-inline-start: 1px solid var(--_hairline);
    border-start-start-radius: 6px;
  }
  @container (max-width: 60em) {
    .bar {
      grid-template-columns: auto 12.5em minmax(0, 1fr) 2.75em;
    }
    .newest {
      grid-row: 2;
      grid-column: 1 / -1;
    }
    .bar:has(> :is(.notice, .error)) .newest {
      grid-row: auto;
    }
  }
  @container (max-width: 40em) {
    .bar:not(.collapsed) {
      grid-template-columns: 8.5em minmax(0, 1fr) 4.5em 2.75em;
      grid-auto-flow: dense;
      gap: 0.25em 0.75em;
      padding: 0.375em 0.75em;
    }
    .bar .actions {
      display: contents;
    }
    .curve {
      grid-column: 2 / 4;
    }
    .so-far {
      grid-column: 1 / 3;
      order: 1;
    }
    .bar .reset {
      grid-column: 3 / 5;
      order: 1;
      width: auto;
    }
    .newest {
      grid-row: auto;
      order: 2;
    }
    .newest.empty {
      display: none;
    }
    .sparkline {
      flex: 1;
      min-width: 2em;
    }
  }
  @media (pointer: coarse) {
    .bar .toggle {
      min-width: 2.75em;
      min-height: 2.75em;
    }
  }
  @media print {
    .bar {
      display: none;
    }
  }
`;
