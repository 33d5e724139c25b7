/** The gradient of each layer, with and without shortcuts, as curves over the depth. */
import type {StackGradients} from '../../math/deep-stack.js';
import type {SweptDepth} from '../../math/depth-sweep.js';
import {power} from '../../ui/base/format.js';
import {drawCursor, drawLines, type LineChart} from '../../viz/lines.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';

export interface GradientChart {
  with: StackGradients;
  without: StackGradients;
  /** The layer that is read, counted from 1. */
  layer: number;
}

export const CHART_HEIGHT = 340;

/** Two curves over a logarithmic axis: with shortcuts and without. */
function curves(
  xs: readonly number[],
  kept: readonly number[],
  without: readonly number[],
  {x, y}: {x: string; y: string},
  theme: Theme,
): LineChart {
  const all = [...kept, ...without].filter((norm) => norm > 0);
  const ends = [Math.floor(Math.log10(Math.min(...all))), Math.ceil(Math.log10(Math.max(...all)))] as const;
  const room = Math.ceil((ends[1] - ends[0]) / 10); // for the label above the upper curve
  return {
    x: {
      domain: [xs[0]!, xs.at(-1)!],
      label: x,
      format: (value) => (Number.isInteger(value) ? `${value}` : ''),
    },
    y: {
      domain: [10 ** ends[0], 10 ** (ends[1] + room)],
      label: y,
      log: true,
      format: (value) => (Number.isInteger(Math.log10(value)) ? power(value, 1) : ''),
    },
    series: [
      {xs, ys: kept, stroke: theme.residual, lineWidth: 2.5, dots: 'filled', label: ['with shortcuts', '']},
      {
        xs,
        ys: without,
        stroke: theme.muted,
        lineWidth: 2,
        dash: [6, 4],
        dots: 'open',
        label: ['without', ''],
      },
    ],
    references: [],
    pins: [],
  };
}

export function chartOf({with: kept, without}: GradientChart, theme: Theme): LineChart {
  const xs = kept.norms.map((_, n) => n + 1);
  const labels = {x: 'layer', y: 'how strongly each layer is told to change (gradient)'};
  return curves(xs, kept.norms, without.norms, labels, theme);
}

/** The first layer's gradient by depth: the recorded sweep, and on it the stack of this moment. */
export function drawSweep(
  surface: Surface,
  sweep: readonly SweptDepth[],
  {with: kept, without}: GradientChart,
  theme: Theme,
): void {
  const chart = curves(
    sweep.map(({layers}) => layers),
    sweep.map((one) => one.with),
    sweep.map((one) => one.without),
    {x: 'layers in the stack', y: 'gradient at the first layer'},
    theme,
  );
  drawLines(surface, chart, theme);
  const dots = [
    {y: kept.norms[0]!, color: theme.residual},
    {y: without.norms[0]!, color: theme.muted},
  ];
  drawCursor(surface, chart, kept.norms.length, dots, theme);
}

export function drawGradients(surface: Surface, data: GradientChart, theme: Theme): void {
  const chart = chartOf(data, theme);
  drawLines(surface, chart, theme);
  const index = data.layer - 1;
  const dots = [
    {y: data.with.norms[index]!, color: theme.residual},
    {y: data.without.norms[index]!, color: theme.muted},
  ];
  drawCursor(surface, chart, data.layer, dots, theme);
}
