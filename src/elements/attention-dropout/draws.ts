/** Draws of dropout on one head's attention weights: the model's own masks, by its own keys. */
import {dropWeights, type Matrix} from '../../math/attention.js';
import {DROPOUT_SITE, dropoutMask} from '../../math/dropout-mask.js';
import {key} from '../../math/rng.js';

export interface DrawOptions {
  layer: number;
  head: number;
  heads: number;
  rate: number;
  /** Fixes the draw, as (seed, step) do in training. */
  seed: number;
}

/** Which weights of a head are kept: [T, T]. A layer draws for all its heads at once, [H, T, T]. */
export function keptBy(T: number, {layer, head, heads, rate, seed}: DrawOptions): boolean[][] {
  const mask = dropoutMask(heads * T * T, rate, key(seed, DROPOUT_SITE.attention(layer)));
  return Array.from({length: T}, (_, i) =>
    Array.from({length: T}, (_, j) => mask[(head * T + i) * T + j]! > 0),
  );
}

/** The mean over the draws of `count` seeds: the more there are, the closer to the weights themselves. */
export function meanOfDraws(weights: Matrix, count: number, options: DrawOptions): number[][] {
  const sum = weights.map((row) => Array.from(row, () => 0));
  for (let n = 0; n < count; n++) {
    const kept = keptBy(weights.length, {...options, seed: options.seed + n});
    dropWeights(weights, kept, options.rate).forEach((row, i) => {
      for (let j = 0; j < row.length; j++) sum[i]![j]! += row[j]! / count;
    });
  }
  return sum;
}
