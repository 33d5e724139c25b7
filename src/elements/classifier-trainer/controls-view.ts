/** The buttons and choices of the element. */
import {html, nothing, type TemplateResult} from 'lit';
import {checkpointName, type LiveModel, type Tune} from '../../state/index.js';
import {renderOptions} from '../../ui/views/options.js';
import type {BodyProps} from './body-props.js';
import type {Start} from './classifier.js';

/** What the classifier can start from, by the name of the page's model. */
const startsOf = ({step = 0, spec}: Partial<LiveModel>): Record<Start, string> => ({
  pretrained: spec?.checkpoint
    ? checkpointName(spec.checkpoint)
    : step > 0
      ? 'the page’s trained model'
      : 'the page’s pretrained model',
  random: 'random weights',
});

const TUNES: Readonly<Record<Tune, string>> = {
  head: 'the new head',
  'last-block': 'last block, norm and head',
  blocks: 'all but the embeddings',
  all: 'everything',
  lora: 'LoRA adapters and head',
};

export function renderControls(props: BodyProps): TemplateResult {
  const {base, model, start, tune, change, on} = props;
  const busy = model?.status === 'training' || model?.status === 'loading';
  const value = (event: Event) => (event.target as HTMLSelectElement).value;
  return html`<div class="controls">
    ${renderButtons(props)}
    <label>Start from <select ?disabled=${busy} @change=${(event: Event) => change({start: value(event) as Start})}>${renderOptions(Object.entries(startsOf(base ?? {})), start)}</select></label>
    <label>Train <select ?disabled=${busy} @change=${(event: Event) => change({tune: value(event) as Tune})}>${renderOptions(Object.entries(TUNES), tune)}</select></label>
    ${busy ? nothing : html`<label class="load">Load a classifier <input type="file" accept=".zip" @change=${on.load} /></label>`}
  </div>`;
}

function renderButtons(props: BodyProps): TemplateResult {
  const {model, hasOwnData, isFinished, file, saved, on} = props;
  const status = model?.status;
  if (status === 'training') return html`<button class="primary" @click=${on.pause}>Pause</button>`;
  const undo =
    model && model.step > 0
      ? html`<button @click=${on.undo}>Undo the finetuning</button>`
      : file
        ? html`<button @click=${on.unload}>Undo the loading</button>`
        : nothing;
  if (status === 'paused' && !isFinished)
    return html`<button class="primary" @click=${on.resume}>Resume</button>${undo}${renderExport(props)}`;
  const restore = saved ? html`<button @click=${on.restore}>Continue from step ${saved}</button>` : nothing;
  return html`<button class="primary" ?disabled=${status === 'loading' || isFinished} @click=${on.train}>
      ${hasOwnData ? 'Train the classifier' : 'Train the spam filter'}</button
    >${restore}${undo}${renderExport(props)}`;
}

function renderExport({model, isUntrained, on}: BodyProps): TemplateResult | typeof nothing {
  if (!model || isUntrained) return nothing;
  return html`<button
    title="A .zip that GPT2ForSequenceClassification.from_pretrained loads, with a script"
    @click=${on.exportModel}
  >
    Export to Hugging Face
  </button>`;
}
