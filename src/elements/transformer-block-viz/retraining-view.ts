/** The experiment as the reader sees it: two curves, and what they mean. Loaded when the reader starts it. */
import {html, nothing, type TemplateResult} from 'lit';
import {number} from '../../ui/base/format.js';
import type {PairedRun} from '../../ui/model/paired-runs.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {drawLines, type LineChart} from '../../viz/lines.js';
import type {Theme} from '../../viz/theme.js';
import type {HeldOut, Retrained, Retraining} from './retraining.js';

export {obstacleTo, Retraining} from './retraining.js';

const CHART_HEIGHT = 220;

/** “block 1 without its attention”: the curves stay while the reader looks at another block or change. */
const nameOf = ({layer, change}: Retrained): string => `block ${layer + 1} ${change.phrase}`;

export function renderRetraining(run: Retraining): TemplateResult | typeof nothing {
  const {about, error, heldOut} = run;
  if (!about) return nothing;
  return html`
    ${error ? html`<p class="error" role="alert">${error}</p>` : nothing}
    <canvas class="curves" role="img" aria-label=${inWords(run, about)} .style="height: ${CHART_HEIGHT}px"></canvas>
    <p class="learned" role="status"><b>Block ${about.layer + 1} ${about.change.phrase}:</b> ${heldOut ? conclusion(heldOut) : progressOf(run, about)}</p>
  `;
}

const progressOf = ({step, running}: Retraining, {steps}: Retrained): string =>
  running
    ? `step ${step} of ${steps}. The intact and the changed model are trained on the same batches, by the reference.`
    : `stopped after ${step} of ${steps} steps, too early to say.`;

const lastOf = ({steps}: PairedRun): number | undefined => steps.at(-1)?.loss;

function inWords({sides, step}: Retraining, about: Retrained): string {
  const [intact, changed] = sides.map(lastOf);
  return intact === undefined || changed === undefined
    ? 'Training losses: no step is done yet.'
    : `Training losses after ${step} steps: ${number(intact)} intact, ${number(changed)} with ${nameOf(about)}.`;
}

/** How much of the gap the changed model has closed, in nats on the held-out text. */
function conclusion([intact, changed]: readonly [HeldOut, HeldOut]): TemplateResult {
  const [before, after] = [changed.before - intact.before, changed.after - intact.after];
  const losses = html`on held-out text the loss went from ${number(changed.before)} to <b>${number(changed.after)}</b>; the
    intact model’s is ${number(intact.after)}.`;
  if (before < 0.05) return html`almost nothing was lost to begin with; ${losses}`;
  const closed = Math.max(0, Math.min(1, 1 - after / before));
  return html`${losses} Retraining closed ${Math.round(100 * closed)} % of the gap:
    ${closed > 0.66 ? 'the rest of the model learns to do without it.' : 'the rest of the model cannot make up for it this quickly.'}`;
}

export function paintRetraining(root: ParentNode, run: Retraining, theme: Theme): void {
  const canvas = root.querySelector<HTMLCanvasElement>('.curves');
  const width = canvas?.clientWidth;
  if (canvas && width && run.about)
    drawLines(new CanvasSurface(canvas, width, CHART_HEIGHT), chartOf(run, run.about, theme), theme);
}

/** The intact model solid, the changed one dashed: colors would borrow a meaning. */
function chartOf({sides}: Retraining, {change, steps}: Retrained, theme: Theme): LineChart {
  const looks = [
    {label: 'intact', stroke: theme.muted},
    {label: change.name, stroke: theme.text, dash: [6, 4]},
  ];
  const losses = sides.flatMap((side) => side.steps.map(({loss}) => loss));
  return {
    x: {domain: [1, steps], label: 'further steps', format: String},
    y: {domain: [0, Math.max(2, ...losses) * 1.05], label: 'training loss, nats', format: String},
    series: sides
      .map((side, i) => ({
        ...looks[i]!,
        xs: side.steps.map(({step}) => step),
        ys: side.steps.map(({loss}) => loss),
        lineWidth: 2,
        label: [looks[i]!.label, number(lastOf(side) ?? Number.NaN)] as const,
      }))
      .filter(({xs}) => xs.length > 0),
    references: [],
    pins: [],
  };
}
