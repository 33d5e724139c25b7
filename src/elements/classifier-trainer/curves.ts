/** Loss and accuracy on both sets, as line charts. */
import type {EvalFact} from '../../state/index.js';
import {drawLines, type LineChart} from '../../viz/lines.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';

export type Metric = 'accuracy' | 'loss';

export function chartOf(metric: Metric, evals: readonly EvalFact[], steps: number, theme: Theme): LineChart {
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
    y: {domain: isShare ? [0.4, 1] : [0, 0.8], label: isShare ? 'accuracy' : 'loss, nats', format},
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

export const drawCurves = (
  surface: Surface,
  metric: Metric,
  evals: readonly EvalFact[],
  steps: number,
  theme: Theme,
): void => drawLines(surface, chartOf(metric, evals, steps, theme), theme);
