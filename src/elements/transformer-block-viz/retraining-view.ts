/** The experiment as the reader sees it: two curves, and what they mean. Loaded when the reader starts it. */
import {html, nothing, type TemplateResult} from 'lit';
import {number} from '../../ui/base/format.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {drawLines, type LineChart} from '../../viz/lines.js';
import type {Theme} from '../../viz/theme.js';
import {RETRAIN_STEPS, type RetrainedSide, type Retraining} from './retraining.js';

export {obstacleTo, RETRAIN_STEPS, Retraining} from './retraining.js';

const CHART_HEIGHT = 220;

export function renderRetraining(run: Retraining, phrase: string, steps = RETRAIN_STEPS): TemplateResult {
  const {intact, changed, problem} = run;
  return html`
    ${problem ? html`<p class="error" role="alert">${problem}</p>` : nothing}
    <canvas class="curves" role="img" aria-label=${inWords(run, phrase)} .style="height: ${CHART_HEIGHT}px"></canvas>
    <p class="learned" role="status">${run.isDone ? conclusion(intact, changed, phrase) : progressOf(run, steps)}</p>
  `;
}

const progressOf = ({step, isRunning}: Retraining, steps: number): string =>
  isRunning
    ? `Step ${step} of ${steps}. Both models are trained on the same batches, by the reference.`
    : `Stopped after ${step} of ${steps} steps, too early to say.`;

const lastOf = ({steps}: RetrainedSide): number | undefined => steps.at(-1)?.loss;

const inWords = ({intact, changed}: Retraining, phrase: string): string =>
  lastOf(intact) === undefined || lastOf(changed) === undefined
    ? 'Training losses: no step is done yet.'
    : `Training losses after ${changed.steps.length} steps: ${number(lastOf(intact)!)} intact, ${number(lastOf(changed)!)} ${phrase}.`;

/** How much of the gap a retrained model has closed, in nats on the held-out text. */
function conclusion(intact: RetrainedSide, changed: RetrainedSide, phrase: string): TemplateResult {
  const [before, after] = [changed.before! - intact.before!, changed.after! - intact.after!];
  const losses = html`On held-out text its loss went from ${number(changed.before!)} to <b>${number(changed.after!)}</b>; the
    intact model’s is ${number(intact.after!)}.`;
  if (before < 0.05) return html`The model ${phrase} lost almost nothing to begin with. ${losses}`;
  const closed = Math.max(0, Math.min(1, 1 - after / before));
  return html`${losses} Retraining closed ${Math.round(100 * closed)} % of the gap:
    ${closed > 0.66 ? 'the rest of the model learns to do without it.' : 'the rest of the model cannot make up for it this quickly.'}`;
}

export function paintRetraining(
  root: ParentNode,
  run: Retraining,
  name: string,
  theme: Theme,
  steps = RETRAIN_STEPS,
): void {
  const canvas = root.querySelector<HTMLCanvasElement>('.curves');
  const width = canvas?.clientWidth;
  if (canvas && width)
    drawLines(new CanvasSurface(canvas, width, CHART_HEIGHT), chartOf(run, name, steps, theme), theme);
}

/** The intact model solid, the changed one dashed: colors would borrow a meaning. */
function chartOf({intact, changed}: Retraining, name: string, steps: number, theme: Theme): LineChart {
  const series = [
    {side: intact, label: 'intact', stroke: theme.muted, dash: undefined},
    {side: changed, label: name, stroke: theme.text, dash: [6, 4]},
  ].filter(({side}) => side.steps.length > 0);
  const losses = series.flatMap(({side}) => side.steps.map(({loss}) => loss));
  return {
    x: {domain: [1, steps], label: 'further steps', format: String},
    y: {domain: [0, Math.max(2, ...losses) * 1.05], label: 'training loss, nats', format: String},
    series: series.map(({side, label, stroke, dash}) => ({
      xs: side.steps.map(({step}) => step),
      ys: side.steps.map(({loss}) => loss),
      stroke,
      dash,
      lineWidth: 2,
      label: [label, number(lastOf(side)!)] as const,
    })),
    references: [],
    pins: [],
  };
}
