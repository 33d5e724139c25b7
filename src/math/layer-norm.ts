/** Layer norm on one vector, step by step. */
import {mean} from './stats.js';

/** ε: keeps the division finite for a vector whose numbers are all equal. The value is GPT-2's. */
export const LAYER_NORM_EPSILON = 1e-5;

/** Every value on the way; the lists are as long as the vector. */
export interface LayerNormSteps {
  mean: number;
  /** The mean squared distance from the mean (divided by C, not C − 1). */
  variance: number;
  /** √(variance + ε): what the centered numbers are divided by. */
  deviation: number;
  /** Mean 0, variance 1. */
  normalized: Float32Array;
  output: Float32Array;
}

/**
 * Returns what layer norm computes of one token's vector (Ba et al. 2016).
 * @param x [C]
 * @param gamma [C], the learned scale
 * @param beta [C], the learned shift
 */
export function layerNormSteps(
  x: ArrayLike<number>,
  gamma: ArrayLike<number>,
  beta: ArrayLike<number>,
): LayerNormSteps {
  const average = mean(x);
  const variance = mean(Array.from(x, (value) => (value - average) ** 2));
  const deviation = Math.sqrt(variance + LAYER_NORM_EPSILON);
  const normalized = Float32Array.from(x, (value) => (value - average) / deviation);
  const output = normalized.map((value, i) => value * gamma[i]! + beta[i]!);
  return {mean: average, variance, deviation, normalized, output};
}

/** Returns the standard deviation: how far numbers lie from their mean, typically. */
export function standardDeviation(values: ArrayLike<number>): number {
  const average = mean(values);
  return Math.sqrt(mean(Array.from(values, (value) => (value - average) ** 2)));
}
