/** Returns the index that a reader or page has chosen, moved into the list; the last one where none, or no whole number, is given. */
export const chosenIndex = (index: number | null | undefined, length: number): number =>
  Number.isInteger(index) ? Math.max(0, Math.min(length - 1, index!)) : length - 1;
