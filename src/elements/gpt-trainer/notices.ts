import {html, nothing, type TemplateResult} from 'lit';
import {corpusName} from '../../data/corpus.js';
import {countParameters, DEFAULT_PRESET, PRESETS} from '../../state/index.js';
import {renderProblem} from '../../ui/base/waiting.js';
import {whole} from '../../ui/base/whole.js';
import {plannedConfig} from './model-form.js';
import {isLarger, type Remedy, remedyFor} from './remedy.js';
import type {RunControl} from './run-control.js';
import {when} from './words.js';

export interface NoticesView {
  control: RunControl;
  /** Why no model was found. */
  unfound?: string;
  /** Looks for the model again, where that can help. */
  retry?: () => void;
  /** Whether the reader is being asked about a reset, and what they may answer. */
  resetAsked: boolean;
  answer(forget: boolean): void;
  takesCorpus: boolean;
  /** Whether a larger model may be offered. */
  suggests: boolean;
  help(remedy: Remedy): void;
}

/** What the reader should know or decide now: each a sentence with a button that does it. */
export function renderNotices(view: NoticesView): TemplateResult {
  const {control, unfound, retry} = view;
  const {statusMessage, error} = control.model ?? {};
  const shown = control.problem ?? error;
  return html`
    ${unfound ? renderProblem(unfound, retry) : nothing} ${renderError(view)}
    ${statusMessage && statusMessage !== shown?.message ? html`<p class="notice" role="status">${statusMessage}</p>` : nothing}
    ${renderReset(view)} ${renderLastChoice(control)} ${renderEarlier(control)} ${view.suggests ? renderSuggestion(control) : nothing}
  `;
}

function renderError({control, takesCorpus, help}: NoticesView): TemplateResult | typeof nothing {
  const {model, before} = control;
  const error = control.problem ?? model?.error;
  if (!error || !model) return nothing;
  const remedy = remedyFor(error, model, before, takesCorpus);
  return html`<div class="error notice" role="alert">
    <span>${error.message}</span> <button class="remedy" @click=${() => help(remedy)}>${remedy.label}</button>
  </div>`;
}

function renderReset({control, resetAsked, answer}: NoticesView): TemplateResult | typeof nothing {
  if (!resetAsked) return nothing;
  return html`<div class="notice question" role="group" aria-label="Reset the model?">
    <span
      >Forget what <span class="number">${whole(control.model?.step ?? 0)}</span> steps have taught it? They stay saved, in
      case you want them back.</span
    >
    <button class="forget" @click=${() => answer(true)}>Forget</button>
    <button class="keep" @click=${() => answer(false)}>Keep</button>
  </div>`;
}

function renderEarlier({earlier, model, train}: RunControl): TemplateResult | typeof nothing {
  if (!earlier) return nothing;
  return html`<div class="notice">
    <span>This model has already learned for <span class="number">${whole(earlier.step)}</span> ${earlier.step === 1 ? 'step' : 'steps'} here, ${when(earlier.time)}. ${model?.facts?.pretrained ? 'Continue with that run in the place of the trained model?' : 'Continue from there?'}</span>
    <button class="afresh" @click=${train}>${model?.facts?.pretrained ? 'Fine-tune the trained model' : 'Start afresh'}</button>
  </div>`;
}

function renderLastChoice(control: RunControl): TemplateResult | typeof nothing {
  const {lastChoice, model} = control;
  if (!lastChoice || model?.step) return nothing;
  const {preset = DEFAULT_PRESET, corpus} = lastChoice;
  const text = corpus.kind === 'text' && !corpus.name ? 'a text of your own' : corpusName(corpus);
  return html`<div class="notice">
    <span>The last time you made a model of your own here: ${PRESETS[preset].label}, on ${text}.</span>
    <button class="own" @click=${() => control.restartWith(lastChoice)}>Back to it</button>
  </div>`;
}

/** A larger model, where this device is quick enough to train it while somebody watches. */
function renderSuggestion(control: RunControl): TemplateResult | typeof nothing {
  const {model} = control;
  const suggested = model?.backend?.suggestedPreset;
  if (!model?.facts || !suggested || model.spec.config || model.spec.pretrained) return nothing;
  const settled = model.status === 'idle' || model.status === 'done';
  if (!settled || !isLarger(suggested, model.spec.preset ?? DEFAULT_PRESET)) return nothing;
  const spec = {...model.spec, preset: suggested};
  const times = Math.round(countParameters(plannedConfig(spec, model)) / model.facts.parameters);
  const {label} = PRESETS[suggested];
  return html`<div class="notice">
    <span>This device is quick enough for ${label}, ${times} times as large.${model.step ? ' It starts afresh.' : ''}</span>
    <button class="suggestion" @click=${() => control.restartWith(spec)}>Switch to ${label}</button>
  </div>`;
}
