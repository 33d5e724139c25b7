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
    view: 'order',
    name: 'Word order',
    lead: 'Two texts, the same words in a different order. Can the model tell them apart?',
  },
  {
    view: 'sum',
    name: 'Token + position',
    lead: 'How does a model know where a token stands? It adds a vector for the position.',
  },
  {
    view: 'positions',
    name: 'Position vectors',
    lead: 'What does the vector of a position look like, learned or made of sine waves?',
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
        <textarea
          rows="1"
          spellcheck="false"
          autocomplete="off"
          .value=${value ?? ''}
          @input=${(event: InputEvent) => change((event.target as HTMLTextAreaElement).value)}
        ></textarea></label>`,
    )}
  </div>`;
}
