import {decimals} from '../../ui/base/format.js';
import {ramp} from '../../viz/color.js';
import type {LineChart} from '../../viz/lines.js';
import type {Theme} from '../../viz/theme.js';

/** Characters per token against merges; the part up to the step on show is drawn stronger. */
export function compressionChart(curve: Float64Array, at: number, theme: Theme): LineChart {
  const xs = Float64Array.from(curve, (_, merges) => merges);
  const low = Math.floor(10 * (curve[0] ?? 1)) / 10;
  const high = Math.max(low + 0.5, curve.at(-1) ?? 1);
  return {
    x: {
      domain: [0, Math.max(1, curve.length - 1)],
      label: 'merges',
      format: (value) => value.toLocaleString('en'),
    },
    y: {
      domain: [low, high + 0.08 * (high - low)],
      label: 'characters per token',
      format: (value) => value.toFixed(high - low < 1 ? 2 : 1),
    },
    series: [
      {xs, ys: curve, stroke: ramp(theme.background, theme.text)(0.35), lineWidth: 1.5},
      {
        xs: xs.subarray(0, at + 1),
        ys: curve.subarray(0, at + 1),
        stroke: theme.text,
        lineWidth: 2.5,
        label: ['', decimals(curve[at] ?? 1, 2)],
      },
    ],
    references: [],
    pins: [],
  };
}
