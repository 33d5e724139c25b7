/** How the gradient of the first layer depends on the depth of a stack: what `scripts/experiments/shortcut-sweep.mjs` records. */
import {randomStack, stackGradients} from './deep-stack.js';

export interface SweptDepth {
  /** L */
  layers: number;
  /** Median over the seeds of the length of the gradient of the first layer's weights. */
  with: number;
  without: number;
}

export const SWEPT_DEPTHS = [2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96];
/** Stacks drawn for each depth, with the seeds 1, 2, … */
export const SWEPT_SEEDS = 20;

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};

const rounded = (value: number): number => Number(value.toPrecision(4));

/** Returns the medians of one depth, by forward and backward passes of every drawn stack; four significant digits. */
export function sweepDepth(layers: number, seeds = SWEPT_SEEDS): SweptDepth {
  const stacks = Array.from({length: seeds}, (_, i) => randomStack(layers, i + 1));
  const first = (shortcut: 0 | 1): number =>
    rounded(median(stacks.map((stack) => stackGradients(stack, shortcut).norms[0]!)));
  return {layers, with: first(1), without: first(0)};
}
