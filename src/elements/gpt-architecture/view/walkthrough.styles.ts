import {css} from 'lit';

export const walkthroughStyles = css`
  .begin {
    white-space: nowrap;
  }
  .walkthrough {
    padding: 0.5em 0;
    background: var(--_background);
  }
  .walkthrough .steps {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    align-items: center;
    font-size: 0.875em;
  }
  .walkthrough [aria-disabled='true'] {
    opacity: 0.45;
    cursor: default;
  }
  .walkthrough .note {
    margin: 0;
  }
  .window {
    height: max(15rem, 46svh);
    overflow-y: auto;
    border-block: 1px solid var(--_hairline);
  }
  .strip {
    display: flex;
    gap: 2px;
    overflow-x: auto;
    margin-top: 0.5em;
  }
  .strip button {
    flex: 1 0 auto;
    padding-inline: 0.5em;
    border-radius: 0;
    font-size: 0.75em;
    white-space: nowrap;
  }
  .strip .past {
    border-bottom: 3px solid var(--_residual);
  }
  .strip [aria-current] {
    border-bottom: 3px solid var(--_text);
    font-weight: 600;
  }
  .sentence {
    margin: 0.5em 0 0;
    min-height: 6em;
  }
  .sentence p {
    margin: 0;
    max-width: 80ch;
  }
  .sentence .fact {
    padding-inline-start: 0.75em;
    border-inline-start: 3px solid var(--_residual);
  }
  .sentence .fact:empty {
    display: none;
  }
  /* buttons of one width, whatever they say: nothing moves below a pointer that presses one again and again */
  .walkthrough .play {
    min-width: 5em;
  }
  .walkthrough select {
    width: 17em;
    max-width: 100%;
  }
  .walkthrough .number {
    min-width: 4em;
  }
  @container (min-width: 960px) {
    .walkthrough {
      padding: 0;
    }
    /* beside the text: one row less above the map */
    .walkthrough .steps {
      flex-wrap: nowrap;
      padding-inline-start: 1em;
      white-space: nowrap;
    }
    /* the list gives way, not the line: a second one would push the map down; the sentence has the stage's whole name */
    .walkthrough label {
      min-width: 5em;
    }
    .sentence {
      clear: both;
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 2em;
      min-height: 2.8em;
      font-size: 0.9375em;
      line-height: 1.4;
    }
    /* in place of the lead: nothing moves when the walk begins */
    :host(:not([without-walkthrough])) .lead {
      min-height: 3em;
    }
    .lead:has(~ .walkthrough.open) {
      visibility: hidden;
    }
    .lead ~ .walkthrough .sentence {
      position: absolute;
      inset: 0 0 auto;
      margin: 0;
    }
  }
  @container (max-width: 639px) {
    .walkthrough.open {
      position: sticky;
      top: 0;
      z-index: 1;
      padding: 0.25em 0;
      border-bottom: 1px solid var(--_hairline);
    }
    .walkthrough .steps {
      flex-wrap: nowrap;
      justify-content: space-between;
      gap: 0.25em;
    }
    .walkthrough .note {
      display: none;
    }
    .walkthrough .steps button {
      padding-inline: 0.6em;
    }
    .walkthrough .play,
    .walkthrough .number {
      min-width: 0;
    }
    /* the strip leads to the parts */
    .walkthrough label {
      display: none;
    }
    .strip,
    .sentence {
      margin-top: 0.25em;
    }
    .sentence {
      display: grid;
      gap: 0.25em;
      font-size: 0.875em;
      line-height: 1.4;
    }
  }
`;
