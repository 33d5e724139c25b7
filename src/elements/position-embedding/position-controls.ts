/** Which view is on show, and the texts that it is asked about. */
import {html, nothing, type TemplateResult} from 'lit';
import type {PositionView} from './position-watch.js';

export interface ViewChoice {
  view: PositionView;
  name: string;
  /** The sentence above the drawing. */
  lead: string;
}

export const VIEWS: readonly ViewChoice[] = [
  {
    view: 'sum',
    name: 'The sum',
    lead: 'A token’s row says what it is, not where it stands. So each position has a row of its own, and the two are added: what enters the first block says both.',
  },
  {
    view: 'positions',
    name: 'The positions',
    lead: 'One row of numbers for each position. GPT learns them like everything else; the first transformer took waves of different lengths instead.',
  },
  {
    view: 'order',
    name: 'Why order matters',
    lead: 'The same words in another order say something else. What does the model make of two such texts, with its positions and without?',
  },
];

export function renderViews(
  views: readonly ViewChoice[],
  shown: PositionView,
  choose: (view: PositionView) => void,
): TemplateResult | typeof nothing {
  if (views.length < 2) return nothing;
  return html`<fieldset aria-label="What to show">
    ${views.map(
      ({view, name}) => html`<label
        ><input
          type="radio"
          name="view"
          value=${view}
          .checked=${view === shown}
          @change=${() => choose(view)}
        />${name}</label
      >`,
    )}
  </fieldset>`;
}

export interface TextField {
  name: string;
  value: string | undefined;
  change: (text: string) => void;
}

export function renderFields(fields: readonly TextField[]): TemplateResult {
  return html`<div class="texts">
    ${fields.map(
      ({name, value, change}) => html`<label
        >${name}
        <input
          spellcheck="false"
          autocomplete="off"
          .value=${value ?? ''}
          @input=${(event: InputEvent) => change((event.target as HTMLInputElement).value)}
      /></label>`,
    )}
  </div>`;
}
