/**
 * The largest of many numbers. `Math.max(...list)` passes each as an argument, which browsers refuse at about 125,000: fewer than
 * the tokens of a large vocabulary.
 */

/** Returns the largest number, −∞ of an empty list. NaN is passed over. */
export function largest(values: ArrayLike<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) if (values[i]! > most) most = values[i]!;
  return most;
}

/** Returns where the largest number is, its first place where it occurs more than once; −1 of an empty list. */
export function argMax(values: ArrayLike<number>): number {
  let at = values.length > 0 ? 0 : -1;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[at]!) at = i;
  return at;
}
