/** The losses of a model's run as a chart, with what it wrote on the way: the live run, or the recorded one before it. */
import type {LiveModel} from '../../../state/live-model.js';
import {CanvasSurface} from '../../../viz/canvas-surface.js';
import {drawLines, type LineChart} from '../../../viz/lines.js';
import {picture} from '../../../viz/picture.js';
import type {Theme} from '../../../viz/theme.js';
import type {Picture} from '../../base/gpt-element.js';
import {lossCurves} from './loss-curves.js';
import {lossChart} from './loss-picture.js';

const SMOOTHING = 0.8;

export interface RunChartSize {
  /** CSS pixels. */
  width: number;
  height: number;
}

function chartOf({facts, history, recordedRun, step}: LiveModel, theme: Theme): LineChart {
  const run = step ? history : (recordedRun ?? history);
  return lossChart(
    {
      curves: lossCurves(run, 'steps', SMOOTHING),
      xKind: 'steps',
      yKind: 'loss',
      floor: facts?.corpus.floor,
      vocabSize: facts?.config.vocabSize,
      xEnd: facts?.training.steps ?? 0,
      pins: [],
      samples: run.samples,
    },
    theme,
  );
}

export function paintRun(
  canvas: HTMLCanvasElement,
  model: LiveModel,
  theme: Theme,
  {width, height}: RunChartSize,
): void {
  drawLines(new CanvasSurface(canvas, width, height), chartOf(model, theme), theme);
}

export function runPicture(model: LiveModel, theme: Theme, size: RunChartSize): Picture {
  return picture({
    ...size,
    title: 'Training and validation loss of a run, and what the model wrote on the way',
    theme,
    draw: (surface) => drawLines(surface, chartOf(model, theme), theme),
  });
}
