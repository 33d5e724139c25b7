/** Small statistics over arrays of numbers. */

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** e to the mean cross-entropy `loss` in nats: among how many equally likely tokens the model seems to choose. */
export const perplexity = (loss: number): number => Math.exp(loss);

/** Shannon entropy of a distribution, in nats: 0 for a certainty, ln n for an even spread over n. */
export function entropy(shares: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < shares.length; i++) if (shares[i]! > 0) sum -= shares[i]! * Math.log(shares[i]!);
  return sum;
}

/**
 * Exponential moving average. `smoothing` 0 … < 1 is the share of the past in each new value. Early values are
 * corrected for the missing past (as Adam corrects its moments), so that the curve starts at the first value.
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
