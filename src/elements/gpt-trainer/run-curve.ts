import type {LiveModel} from '../../state/index.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import type {RunChartSize} from '../../ui/views/loss/run-chart.js';
import type {Theme} from '../../viz/theme.js';
import {recordedRunOf} from './figures.js';

/** CSS pixels of width below which the curve is lower. */
const NARROW = 560;

const loadChart = () => import('../../ui/views/loss/run-chart.js');

const sizeFor = (width: number): RunChartSize => ({width, height: width < NARROW ? 260 : 320});

/** The curve of the run. What draws it is loaded on first use. */
export class RunCurve {
  readonly #painted = new Memo();

  /** @param width in CSS pixels */
  async paint(canvas: HTMLCanvasElement, model: LiveModel, theme: Theme, width: number): Promise<void> {
    const {paintRun} = await loadChart();
    const {steps, evals, samples} = recordedRunOf(model) ?? model.history;
    const drawn = [canvas, model.facts, steps, steps.length, evals.length, samples.length, theme, width];
    if (this.#painted.changed(...drawn, devicePixelRatio)) paintRun(canvas, model, theme, sizeFor(width));
  }

  async picture(model: LiveModel, theme: Theme, width: number): Promise<Picture> {
    const {runPicture} = await loadChart();
    return runPicture(model, theme, sizeFor(width));
  }
}
