/** Returns the index of the finite number that is furthest from 0: where a row of numbers opens, and what the stage’s sentence names. */
export function furthest(values: readonly number[]): number {
  let best = 0;
  for (const [i, value] of values.entries())
    if (Number.isFinite(value) && Math.abs(value) > Math.abs(values[best]!)) best = i;
  return best;
}
