/** Loss and accuracy on both sets, as line charts. */
import {drawLines, type LineChart} from '../../viz/lines.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import type {CurvePoint} from './recorded.js';

export type Metric = 'accuracy' | 'loss';

export interface Curves {
  evals: readonly CurvePoint[];
  /** Of the whole run. */
  steps: number;
  /** K: a guess has the accuracy 1/K and the loss ln K. */
  classes: number;
}

export function chartOf(metric: Metric, {evals, steps, classes}: Curves, theme: Theme): LineChart {
  const xs = evals.map(({step}) => step);
  const ys = (set: 'train' | 'validation') => evals.map((fact) => fact[set][metric]!);
  const isShare = metric === 'accuracy';
  const format = (value: number) => (isShare ? `${Math.round(100 * value)} %` : value.toFixed(1));
  const label = (set: 'train' | 'validation', name: string) => {
    const last = ys(set).at(-1);
    return [name, last === undefined ? '' : isShare ? format(last) : last.toFixed(2)] as const;
  };
  return {
    x: {domain: [0, Math.max(1, steps)], label: 'step', format: (value) => String(Math.round(value))},
    y: {
      domain: isShare ? [0.8 / classes, 1] : [0, 1.15 * Math.log(classes)],
      label: isShare ? 'accuracy' : 'loss, nats',
      format,
    },
    series: [
      {xs, ys: ys('train'), stroke: theme.text, label: label('train', 'training')},
      {
        xs,
        ys: ys('validation'),
        stroke: theme.text,
        dash: [4, 3],
        dots: 'filled',
        label: label('validation', 'validation'),
      },
    ],
    references: [],
    pins: [],
  };
}

export const drawCurves = (surface: Surface, metric: Metric, curves: Curves, theme: Theme): void =>
  drawLines(surface, chartOf(metric, curves, theme), theme);
