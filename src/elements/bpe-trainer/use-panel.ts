/** What can be done with a tokenizer: given to the page’s model, taken back, saved. */
import {html, nothing, type TemplateResult} from 'lit';
import type {LiveModel} from '../../state/index.js';
import type {BpeSpec} from '../../tokenizers/bpe/spec.js';
import type {Adoption} from './adoption.js';
import type {Moment} from './moment.js';
import {adoptedSentence, whole} from './words.js';

export interface UseView {
  /** What is on show, once something was trained. */
  moment: Moment | undefined;
  model: LiveModel | undefined;
  adoption: Adoption;
  use: (moment: Moment) => void;
  confirm: (spec: BpeSpec) => void;
  save: (moment: Moment) => void;
}

export function renderUse({moment, model, adoption, use, confirm, save}: UseView): TemplateResult {
  const isIn = adoption.isIn(model);
  const size = moment?.tokenizer.vocabSize ?? 0;
  const isSame = isIn && adoption.used?.merges.length === moment?.at;
  return html`<div class="use" part="use">
    <div class="controls">
      <button
        class="primary"
        ?disabled=${!moment || !model || adoption.busy || isSame}
        @click=${() => moment && use(moment)}
      >
        ${isSame ? 'The model uses these tokens' : `Use these ${whole(size)} tokens in the model`}
      </button>
      ${isIn ? html`<button ?disabled=${adoption.busy} @click=${adoption.undo}>Undo</button>` : nothing}
      <button ?disabled=${!moment} @click=${() => moment && save(moment)}>Save tokenizer.json</button>
    </div>
    ${
      adoption.asked && model
        ? html`<div class="question" role="alert">
            With other tokens the model starts anew${model.step ? html`: its ${whole(model.step)} steps of training are for the old ones` : ', untrained'}. “Undo”
            brings it back.
            <button class="primary" @click=${() => confirm(adoption.asked!)}>Start anew with these tokens</button>
            <button @click=${adoption.keep}>Keep the model as it is</button>
          </div>`
        : nothing
    }
    <p class="adopted" role="status">
      ${adoption.problem || (isIn && model ? adoptedSentence(model) : nothing)}
    </p>
  </div>`;
}
