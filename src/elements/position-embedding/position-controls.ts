/** The choice of the view, and the fields for its texts. */
import {html, nothing, type TemplateResult} from 'lit';
import type {PositionView} from './position-data.js';

export interface ViewChoice {
  view: PositionView;
  name: string;
  /** The sentence above the drawing. */
  lead: string;
}

export const VIEWS: readonly ViewChoice[] = [
  {
    view: 'sum',
    name: 'Token + position',
    lead: 'How does the model know where each token is? It adds a vector for the position.',
  },
  {
    view: 'positions',
    name: 'Position vectors',
    lead: 'What does a model add for each position: learned vectors or sine waves?',
  },
  {
    view: 'order',
    name: 'Word order',
    lead: 'Can a model tell two word orders apart, with position vectors and without?',
  },
];

export function renderViews(
  views: readonly ViewChoice[],
  shown: PositionView,
  choose: (view: PositionView) => void,
): TemplateResult | typeof nothing {
  if (views.length < 2) return nothing;
  return html`<fieldset aria-label="View">
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
