/** The experiment as the reader sees it: two curves, and what each model writes. */
import {html, nothing, type TemplateResult} from 'lit';
import {number} from '../../ui/base/format.js';
import type {LineChart} from '../../viz/lines.js';
import type {Theme} from '../../viz/theme.js';
import type {LeakExperiment, LeakSide} from './leak.js';

/** Mean of the last steps: a single batch says more of its luck. */
export function lossOf({steps}: LeakSide): number | undefined {
  const last = steps.slice(-10);
  return last.length ? last.reduce((sum, {loss}) => sum + loss, 0) / last.length : undefined;
}

const nameOf = ({causal}: LeakSide): string => (causal ? 'masked' : 'unmasked');

export function leakChart(sides: readonly LeakSide[], steps: number, theme: Theme): LineChart {
  const highest = Math.max(1, ...sides.flatMap((side) => side.steps.map(({loss}) => loss)));
  return {
    x: {domain: [0, steps], label: 'steps', format: (value) => `${value}`},
    y: {domain: [0, highest], label: 'training loss, nats', format: (value) => `${value}`},
    series: sides
      .filter((side) => side.steps.length > 0)
      .map((side) => ({
        xs: side.steps.map(({step}) => step),
        ys: side.steps.map(({loss}) => loss),
        stroke: side.causal ? theme.train : theme.validation,
        dash: side.causal ? undefined : [6, 4],
        lineWidth: 2,
        label: [nameOf(side), number(lossOf(side)!)] as const,
      })),
    references: [],
    pins: [],
  };
}

export interface LeakViewOptions {
  experiment: LeakExperiment;
  prompt: string;
  steps: number;
  start: () => void;
  stop: () => void;
}

export function renderLeak({experiment, prompt, steps, start, stop}: LeakViewOptions): TemplateResult {
  const {sides, running, error, done} = experiment;
  const at = sides.reduce((sum, side) => sum + side.steps.length, 0);
  return html`
    <p class="explain">
      <b>Is the mask worth it?</b> Two small GPTs read the same tales with the same seed; one is trained with the
      mask, the other may look at what it predicts.
    </p>
    <div class="controls">
      ${
        running
          ? html`<button @click=${stop}>Stop</button>
              <progress max=${2 * steps} .value=${at} aria-label="Training steps of both models"></progress>
              <span class="number">${at} of ${2 * steps} steps</span>`
          : html`<button class="primary" @click=${start}>${done ? 'Train both again' : 'Train both'}</button>
              <span>${done ? '' : `${steps} steps each: about half a minute.`}</span>`
      }
    </div>
    ${error ? html`<p class="error" role="alert">${error}</p>` : nothing}
    <canvas class="curves" role="img" aria-label=${curvesInWords(sides)}></canvas>
    <div class="samples">
      ${sides.map(
        (side) => html`<figure>
          <figcaption><b>${side.causal ? 'With the mask' : 'Without it'}</b> the model continues “${prompt}”:</figcaption>
          <p class="sample">${side.text === undefined ? (running && side.steps.length ? 'still training …' : '…') : side.text}</p>
        </figure>`,
      )}
    </div>
    <p class="readout" role="status">${done ? conclusion(sides) : ''}</p>
  `;
}

function curvesInWords(sides: readonly LeakSide[]): string {
  const parts = sides
    .filter(({steps}) => steps.length)
    .map((side) => `${nameOf(side)} ${number(lossOf(side)!)} after ${side.steps.length} steps`);
  return parts.length
    ? `Training losses: ${parts.join('; ')}.`
    : 'Training losses: nothing has been trained yet.';
}

function conclusion([masked, open]: readonly [LeakSide, LeakSide] | readonly LeakSide[]): TemplateResult {
  const [first, second] = [lossOf(masked!)!, lossOf(open!)!];
  return second < first
    ? html`Without the mask the loss falls to <b>${number(second)}</b>, with it to ${number(first)}. The better loss belongs to the worse
        writer: it has learned to read the answer off the next place, and when it generates there is no next place.`
    : html`Without the mask the loss is ${number(second)}, with it ${number(first)}. So short a training has not found the leak yet: train
        both again.`;
}
