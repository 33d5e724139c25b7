import {svg, type TemplateResult} from 'lit';
import type {StepFact} from '../../state/index.js';
import {decimals} from '../../ui/base/format.js';
import {decimate} from '../../viz/decimate.js';

const WIDTH = 120;
const HEIGHT = 28;

/** The training loss over the whole run as a small line; its lower edge is `floor`. */
export function renderSparkline(
  steps: readonly StepFact[],
  total: number,
  floor: number,
): TemplateResult | undefined {
  if (steps.length < 2) return undefined;
  const xs = steps.map(({step}) => step);
  const losses = steps.map(({loss}) => loss);
  const end = Math.max(total, xs.at(-1)!);
  const top = Math.max(...losses.filter(Number.isFinite));
  const y = (loss: number): number => HEIGHT - 1 - ((loss - floor) / (top - floor || 1)) * (HEIGHT - 2);
  const points = decimate(xs, losses, 0, end, WIDTH)
    .map((i) => `${((xs[i]! / end) * WIDTH).toFixed(1)},${y(losses[i]!).toFixed(1)}`)
    .join(' ');
  const label = `Training loss from ${decimals(losses[0]!, 2)} to ${decimals(losses.at(-1)!, 2)}`;
  return svg`<svg class="sparkline" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}><polyline points=${points}></polyline></svg>`;
}
