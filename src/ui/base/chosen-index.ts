/** Returns the index that a reader or page has chosen, moved into the list; the last one where none, or no whole number, is given. */
export const chosenIndex = (index: number | null | undefined, length: number): number =>
  Number.isInteger(index) ? Math.max(0, Math.min(length - 1, index!)) : length - 1;

/** For attributes that hold a whole number: an empty one, or one that holds something else, is as if it were not there. */
export const wholeNumber = {
  fromAttribute: (value: string | null): number | undefined =>
    value?.trim() && Number.isInteger(Number(value)) ? Number(value) : undefined,
  toAttribute: (value: number | undefined): string | null => (value === undefined ? null : `${value}`),
};
