/** What the reader can do with a tokenizer: give it to the page's model, undo that, save it. */
import {html, nothing, type TemplateResult} from 'lit';
import type {LiveModel} from '../../state/index.js';
import type {BpeSpec} from '../../tokenizers/bpe/spec.js';
import {whole} from '../../ui/base/whole.js';
import type {Adoption} from './adoption.js';
import type {Moment} from './moment.js';
import {adoptedSentence} from './words.js';

export interface UseView {
  /** What is on show, once a tokenizer is trained. */
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
            With other tokens the model starts from scratch${model.step ? html`: its ${whole(model.step)} steps of training are lost` : ''}. “Undo”
            restores it, if the browser can save it.
            <button class="primary" @click=${() => confirm(adoption.asked!)}>Reset the model and use these tokens</button>
            <button @click=${adoption.dismiss}>Keep the model</button>
          </div>`
        : nothing
    }
    <p class="adopted" role="status">
      ${adoption.problem || (isIn && model ? html`${adoptedSentence(model)} ${adoption.unsaved}` : nothing)}
    </p>
  </div>`;
}
