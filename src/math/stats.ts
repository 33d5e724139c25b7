/** Statistics of arrays of numbers. */

/** Returns the arithmetic mean; NaN for no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Returns e to the power of a mean cross-entropy in nats: the number of equally likely tokens with the same loss. */
export const perplexity = (loss: number): number => Math.exp(loss);

/** Returns the Shannon entropy of a distribution, in nats: 0 where one outcome is certain, ln n where n are equally likely. */
export function entropy(shares: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < shares.length; i++) if (shares[i]! > 0) sum -= shares[i]! * Math.log(shares[i]!);
  return sum;
}

/**
 * Returns the exponential moving average. Early values are corrected for the missing past, as Adam corrects its moments, so that the
 * average starts at the first value.
 * @param smoothing share of the past in each new value, 0 ≤ smoothing < 1
 */
export function movingAverage(values: ArrayLike<number>, smoothing: number): Float64Array {
  const smoothed = new Float64Array(values.length);
  let average = 0;
  let weight = 0;
  for (let i = 0; i < values.length; i++) {
    average = smoothing * average + (1 - smoothing) * values[i]!;
    weight = smoothing * weight + (1 - smoothing);
    smoothed[i] = average / weight;
  }
  return smoothed;
}
