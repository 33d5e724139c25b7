/** Differences between two lists of numbers. */

/** Returns the largest absolute difference of two entries with the same index. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

/** Returns the length of the difference divided by the length of the first vector: 0 for equal vectors. */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [apart, length] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    apart += (a[i]! - b[i]!) ** 2;
    length += a[i]! ** 2;
  }
  return apart === 0 ? 0 : Math.sqrt(apart / length);
}

/** Returns the total variation distance of two distributions, 0 … 1: the probability mass that would have to move. */
export function totalVariation(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += Math.abs(p[i]! - q[i]!);
  return sum / 2;
}
