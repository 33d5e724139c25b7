/** How two arrays are compared: the largest difference, as a share of the reference's largest entry. */
export function relativeError(actual: ArrayLike<number>, reference: ArrayLike<number>): number {
  if (actual.length !== reference.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < reference.length; i++) {
    largest = Math.max(largest, Math.abs(reference[i]!));
    const apart = Math.abs(actual[i]! - reference[i]!);
    if (!(apart <= difference)) difference = apart; // NaN too
  }
  return difference === 0 ? 0 : difference / largest;
}
