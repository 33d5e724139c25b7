/** The pickers of layer, head and quantity. */
import {html, nothing, type TemplateResult} from 'lit';
import type {AttentionData} from './attention-data.js';
import {hasScores, type Quantity} from './attention-drawing.js';
import type {HeadChoice} from './attention-words.js';

export interface ControlOptions {
  data: AttentionData;
  chosen: HeadChoice;
  show: Quantity;
  chooseHead: (choice: HeadChoice) => void;
  chooseQuantity: (show: Quantity) => void;
}

const picked = (event: Event): string => (event.target as HTMLSelectElement).value;

export function renderControls({
  data,
  chosen,
  show,
  chooseHead,
  chooseQuantity,
}: ControlOptions): TemplateResult {
  const picker = (name: 'layer' | 'head', count: number) => html`<select
    class=${name}
    .value=${`${chosen[name]}`}
    @change=${(event: Event) => chooseHead({...chosen, [name]: Number(picked(event))})}
  >
    ${Array.from(
      {length: count},
      (_, i) => html`<option value=${i} ?selected=${i === chosen[name]}>${i + 1} of ${count}</option>`,
    )}
  </select>`;
  return html`<div class="controls">
    <label>Layer ${picker('layer', data.weights.length)}</label>
    <label>Head ${picker('head', data.heads)}</label>
    ${
      hasScores(data)
        ? html`<label
            >Show
            <select class="show" .value=${show} @change=${(event: Event) => chooseQuantity(picked(event) as Quantity)}>
              <option value="weights" ?selected=${show !== 'scores'}>weights, after softmax</option>
              <option value="scores" ?selected=${show === 'scores'}>scores, before softmax</option>
            </select></label
          >`
        : nothing
    }
  </div>`;
}
