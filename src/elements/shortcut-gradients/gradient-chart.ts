/** The gradient of each layer, with and without shortcuts, as curves over the depth. */
import type {StackGradients} from '../../math/deep-stack.js';
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

export const CHART_HEIGHT = 360;

export function chartOf({with: kept, without}: GradientChart, theme: Theme): LineChart {
  const layers = kept.norms.length;
  const xs = kept.norms.map((_, n) => n + 1);
  const all = [...kept.norms, ...without.norms].filter((norm) => norm > 0);
  const ends = [Math.floor(Math.log10(Math.min(...all))), Math.ceil(Math.log10(Math.max(...all)))] as const;
  return {
    x: {domain: [1, layers], label: 'layer', format: (value) => (Number.isInteger(value) ? `${value}` : '')},
    y: {
      domain: [10 ** ends[0], 10 ** (ends[1] + 1)],
      label: 'length of the gradient of the layer’s weights',
      log: true,
      format: (value) => (Number.isInteger(Math.log10(value)) ? power(value, 1) : ''),
    },
    series: [
      {
        xs,
        ys: kept.norms,
        stroke: theme.residual,
        lineWidth: 2.5,
        dots: 'filled',
        label: ['with shortcuts', ''],
      },
      {
        xs,
        ys: without.norms,
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
