/** Returns the index that a reader or page has chosen, moved into the list; the last one where none, or no whole number, is given. */
export const chosenIndex = (index: number | null | undefined, length: number): number =>
  Number.isInteger(index) ? Math.max(0, Math.min(length - 1, index!)) : length - 1;

/** Returns the index nearest to a number that an attribute holds: rounded, and moved into the list; 0 where it is no number. */
export const nearestIndex = (index: number | null | undefined, length: number): number =>
  Math.max(0, Math.min(length - 1, Math.round(index ?? 0) || 0));
