/** How far two lists of numbers are from each other. */

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

/** Length of the difference as a share of the first one's length: 0 for equal vectors. */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [apart, length] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    apart += (a[i]! - b[i]!) ** 2;
    length += a[i]! ** 2;
  }
  return apart === 0 ? 0 : Math.sqrt(apart / length);
}

/** Total variation distance of two distributions: which share of the probability lies elsewhere. 0 … 1. */
export function totalVariation(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += Math.abs(p[i]! - q[i]!);
  return sum / 2;
}
