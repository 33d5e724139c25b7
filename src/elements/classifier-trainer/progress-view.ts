/** How far the training is, and the frames of its charts. */
import {html, nothing, type TemplateResult} from 'lit';
import {count, decimals, percent} from '../../ui/base/format.js';
import type {Memo} from '../../ui/base/memo.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import type {BodyProps} from './body-props.js';
import {drawCurves, type Metric} from './curves.js';

const METRICS: readonly Metric[] = ['accuracy', 'loss'];
const CHART_HEIGHT = 200;

export function renderProgress({messages, model, recorded, steps, file}: BodyProps): TemplateResult {
  const facts = model?.facts?.classification;
  if (!model || !facts) {
    const {train, validation, test, name, given} = messages;
    return html`<p class="facts" role="status">
      ${
        recorded
          ? html`<strong>A recorded run of ${recorded.steps} steps.</strong> Train, and your own run takes its place.`
          : nothing
      }
      ${model?.loading?.message ?? `${train.length} messages to train on, ${validation.length} to watch, ${test.length} for the test.${given ? ` From ${name}.` : ' Half are spam.'}`}
    </p>`;
  }
  if (file && model.step === 0)
    return html`<p class="facts" role="status">
      Loaded from <b>${file}</b>: a finished classifier of ${count(facts.parameters)} parameters.
    </p>`;
  const share = facts.trainable / facts.parameters;
  return html`<p class="facts">
    <progress max=${steps} .value=${model.step} aria-label="Training"></progress>
    Step ${model.step} of ${steps}.
    <span role="status"
      >${count(facts.trainable)} of ${count(facts.parameters)} parameters (${percent(share)}) are
      trained.${facts.cut ? ` ${facts.cut} messages are longer than the context and lose their end.` : ''}</span
    >
  </p>`;
}

/** A canvas for each metric, which `paintCharts` fills. */
export function renderCharts({evals, chartWidth}: BodyProps): TemplateResult | typeof nothing {
  const last = evals.at(-1);
  if (!last) return nothing;
  return html`<div class="charts">
    ${METRICS.map(
      (metric) =>
        html`<canvas
          data-metric=${metric}
          role="img"
          aria-label="${metric} at step ${last.step}: training ${decimals(last.train[metric]!, 3)}, validation ${decimals(last.validation[metric]!, 3)}"
          .style="width: ${Math.max(0, chartWidth)}px; height: ${CHART_HEIGHT}px"
        ></canvas>`,
    )}
  </div>`;
}

/**
 * Paints the canvases that `renderCharts` made.
 * @param painted What they were painted from last: they are painted again when that changed.
 */
export function paintCharts(
  root: ParentNode,
  {evals, steps, messages, chartWidth, theme}: BodyProps,
  painted: Memo,
): void {
  const canvases = [...root.querySelectorAll<HTMLCanvasElement>('canvas[data-metric]')];
  if (canvases.length === 0 || chartWidth <= 0) return;
  if (!painted.changed(canvases[0], evals.length, evals.at(-1)?.step, steps, theme, chartWidth)) return;
  const curves = {evals, steps, classes: messages.classes.length};
  for (const canvas of canvases)
    drawCurves(
      new CanvasSurface(canvas, chartWidth, CHART_HEIGHT),
      canvas.dataset.metric as Metric,
      curves,
      theme,
    );
}
