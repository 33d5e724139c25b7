/** The experiment as the reader sees it: two curves, and what each model writes. */
import {html, nothing, type TemplateResult} from 'lit';
import {number} from '../../ui/base/format.js';
import type {PairedRun} from '../../ui/model/paired-runs.js';
import {renderSamples} from '../../ui/views/samples.js';
import type {LineChart} from '../../viz/lines.js';
import type {Theme} from '../../viz/theme.js';
import type {LeakExperiment} from './leak.js';

/** How far the losses must part, in nats, before the leak counts as found. */
const GAP = 0.3;
/** Losses are averaged over this many steps: a single batch is too noisy. */
const MEAN = 10;

/** Returns the mean of the last steps; undefined before the first. */
export function lossOf({steps}: Pick<PairedRun, 'steps'>): number | undefined {
  const last = steps.slice(-MEAN);
  return last.length ? last.reduce((sum, {loss}) => sum + loss, 0) / last.length : undefined;
}

const NAMES = ['masked', 'unmasked'];

export function leakChart(sides: readonly PairedRun[], steps: number, theme: Theme): LineChart {
  const highest = Math.max(4, ...sides.flatMap((side) => side.steps.map(({loss}) => loss)));
  return {
    x: {domain: [0, steps], label: 'steps', format: String},
    y: {domain: [0, highest], label: 'training loss, nats', format: String},
    series: sides
      .map((side, i) => ({
        xs: side.steps.map(({step}) => step),
        ys: side.steps.map(({loss}) => loss),
        stroke: i === 0 ? theme.train : theme.validation,
        dash: i === 0 ? undefined : [6, 4],
        lineWidth: 2,
        label: [NAMES[i]!, number(lossOf(side) ?? Number.NaN)] as const,
      }))
      .filter(({xs}) => xs.length > 0),
    references: [],
    pins: [],
  };
}

export interface LeakViewOptions {
  experiment: LeakExperiment;
  /** On show: the reader's own run, or the recorded one before there is any. */
  sides: readonly PairedRun[];
  prompt: string;
  steps: number;
  start: () => void;
  stop: () => void;
}

export function renderLeak({experiment, sides, prompt, steps, start, stop}: LeakViewOptions): TemplateResult {
  const {running, error, begun} = experiment;
  const at = Math.min(...sides.map((side) => side.steps.length));
  return html`
    <p class="explain">
      <b>What leaks without it.</b> Two tiny GPTs learn from the same tales. The one without the mask sees the character
      that it has to predict, and learns to copy it.
    </p>
    <canvas class="curves" role="img" aria-label=${curvesInWords(sides)}></canvas>
    <p class="readout" role="status">${whatOneSees(sides)}</p>
    <div class="controls">
      ${
        running
          ? html`<button @click=${stop}>Stop</button>
              <progress max=${steps} .value=${at} aria-label="Training steps of both models"></progress>
              <span class="number">step ${at} of ${steps}</span>`
          : html`<button class="primary" @click=${start}>${begun ? 'Train both again' : 'Train both'}</button>
              <span>${begun ? '' : `A recorded run. Train both, ${steps} steps each, to see it happen here.`}</span>`
      }
    </div>
    ${error ? html`<p class="error" role="alert">${error}</p>` : nothing}
    <details class="written" ?open=${begun}>
      <summary>What each of them writes</summary>
      ${renderSamples(
        sides.map(({text}, i) => ({
          title: html`<b>${i === 0 ? 'With the mask' : 'Without it'}</b>, the model continues “${prompt.trim()}” with:`,
          text,
        })),
        running,
      )}
    </details>
  `;
}

function curvesInWords(sides: readonly PairedRun[]): string {
  const parts = sides.flatMap((side, i) =>
    side.steps.length ? `${NAMES[i]} ${number(lossOf(side)!)} after ${side.steps.length} steps` : [],
  );
  return parts.length
    ? `Training losses: ${parts.join('; ')}.`
    : 'Training losses: nothing has been trained yet.';
}

/** The first step from which on the unmasked model is clearly better; undefined before that. */
function leakFound([masked, open]: readonly PairedRun[]): number | undefined {
  const mean = ({steps}: PairedRun, end: number): number =>
    steps.slice(end - MEAN, end).reduce((sum, {loss}) => sum + loss, 0) / MEAN;
  const both = Math.min(masked!.steps.length, open!.steps.length);
  for (let end = MEAN; end <= both; end++)
    if (mean(masked!, end) - mean(open!, end) > GAP) return masked!.steps[end - 1]!.step;
  return undefined;
}

function whatOneSees(sides: readonly PairedRun[]): TemplateResult | string {
  const [first, second] = sides.map(lossOf);
  if (first === undefined || second === undefined) return '';
  const found = leakFound(sides);
  const done = sides.every(({text}) => text !== undefined);
  if (!done)
    return found === undefined
      ? 'Both losses fall alike: the models learn which characters are common, and which follow which.'
      : html`At step ${found} the unmasked model broke away. It is learning to copy the next character.`;
  return found === undefined
    ? html`The losses are ${number(first)} with the mask and ${number(second)} without: too few steps for the leak to be found.`
    : html`From step ${found} on, the unmasked model copies the next character: its loss falls to <b>${number(second)}</b>; with the
        mask it is <b>${number(first)}</b>. It looks better and is useless: when it writes, there is no next character to
        copy.`;
}
