import {html, nothing, type TemplateResult} from 'lit';
import type {RunControl} from './run-control.js';

export interface ActionsView {
  control: RunControl;
  withStep: boolean;
  withStop: boolean;
  withReset: boolean;
  /** Asks before much is forgotten. */
  reset(): void;
}

/** The buttons that drive a run. They are never `disabled`, which would take the focus from the one that was pressed. */
export function renderActions({control, withStep, withStop, withReset, reset}: ActionsView): TemplateResult {
  const {model, pending} = control;
  const {label, act} = primary(control);
  const training = model?.status === 'training';
  const isBusy = training || model?.status === 'loading';
  const canStop = training || model?.status === 'paused';
  const isTrained = model?.facts?.pretrained !== undefined;
  const {canReturn} = control;
  const canReset = model?.step || isTrained || canReturn;
  return html`<div class="actions" part="actions">
    <button class="primary" aria-disabled=${pending !== undefined || !model} @click=${act}>${label}</button>
    ${
      withStep
        ? html`<button class="step" aria-disabled=${isBusy} @click=${isBusy ? nothing : control.step}>One step</button>`
        : nothing
    }
    ${
      withStop
        ? html`<button class="stop" aria-disabled=${!canStop} @click=${canStop ? control.stop : nothing}>Stop</button>`
        : nothing
    }
    ${
      withReset
        ? html`<button class="reset" aria-disabled=${!canReset} @click=${canReset ? reset : nothing}>${isTrained ? 'Start untrained' : canReturn ? 'Back to trained' : 'Reset'}</button>`
        : nothing
    }
  </div>`;
}

/** The one button that goes on: what it says and does now. */
function primary({model, settings, earlier, train, pause, resume, trainOn, restore}: RunControl): {
  label: string;
  act: () => void;
} {
  const finished = (model?.step ?? 0) >= settings.steps;
  if (model?.status === 'training') return {label: 'Pause', act: pause};
  if (finished || model?.status === 'done') return {label: 'Train further', act: trainOn};
  if (model?.status === 'paused') return {label: 'Resume', act: resume};
  if (model?.step) return {label: 'Train further', act: train};
  if (model?.facts?.pretrained && !earlier) return {label: 'Train further', act: train};
  return earlier ? {label: 'Continue', act: restore} : {label: 'Train', act: train};
}
