import {html, nothing, type TemplateResult} from 'lit';
import type {LiveModel} from '../../state/index.js';
import {decimals, duration} from '../../ui/base/format.js';
import {whole} from '../../ui/base/whole.js';
import {recentLoss, recordedRunOf} from './figures.js';
import {timeLeft} from './words.js';

/** How far the run is: a bar, and in words. While a model loads, how far that is. */
export function renderProgress(
  model: LiveModel | undefined,
  steps: number,
  withLoss: boolean,
): TemplateResult {
  const step = model?.step ?? 0;
  const loss = withLoss ? recentLoss(model?.history.steps ?? []) : undefined;
  const recorded = recordedRunOf(model);
  const loading = model?.status === 'loading' ? (model.loading ?? {done: 0, total: 0}) : model?.loading;
  const bar = !loading
    ? html`<progress aria-label="Training" max=${steps} value=${step}></progress>`
    : loading.total
      ? html`<progress aria-label="Loading" max=${loading.total} value=${loading.done}></progress>`
      : html`<progress aria-label="Loading"></progress>`;
  return html`<div class="progress" part="progress">
    ${bar}
    <p class="words">
      <span class="state">${runState(model)}${model?.status === 'idle' && recorded ? ' Until you train, a recorded run is shown.' : nothing}</span>
      ${loss === undefined ? nothing : html`<span>loss <span class="number">${decimals(loss, 2)}</span></span>`}
      ${renderCount(model, steps, recorded ? 'your run: ' : '')}
    </p>
  </div>`;
}

/** Which step of how many; a model that comes trained begins at step 0 of further ones. */
export function renderCount(model: LiveModel | undefined, steps: number, before = ''): TemplateResult {
  const isFurther = model?.facts?.pretrained;
  return html`<span class="count">${before}${isFurther ? '' : 'step '}<span class="number">${whole(model?.step ?? 0)}</span> of <span class="number">${whole(steps)}</span>${isFurther ? ' further steps' : ''}</span>`;
}

/** What is going on, in a few words. */
export function runState(model: LiveModel | undefined): string {
  switch (model?.status) {
    case undefined:
    case 'closed':
      return 'Runs in this page; nothing is sent anywhere.';
    case 'loading':
      return `${model.loading?.message ?? 'Starting the engine'} …`;
    case 'training': {
      const last = model.history.steps.at(-1);
      return last && last.step === model.step
        ? timeLeft(last.secondsLeft)
        : `${model.loading?.message ?? 'Starting'} …`;
    }
    case 'paused':
      return 'Paused.';
    case 'done':
      return `Done${took(model)}.`;
    case 'error':
      return 'Interrupted.';
    case 'idle':
      return model.step ? 'Stopped.' : model.facts?.pretrained ? 'Trained in advance.' : 'Ready.';
  }
}

/** How long the whole run has trained, from the speed of its steps. */
function took({history}: LiveModel): string {
  let seconds = 0;
  let seen = 0;
  for (const {tokensSeen, tokensPerSecond} of history.steps) {
    seconds += (tokensSeen - seen) / tokensPerSecond;
    seen = tokensSeen;
  }
  return Number.isFinite(seconds) && seconds >= 1 ? ` in ${duration(seconds)} of training` : '';
}
