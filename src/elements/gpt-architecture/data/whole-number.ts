/** For attributes that hold a whole number: an empty one, or one that holds something else, is as if it were not there. */
export const wholeNumber = {
  fromAttribute: (value: string | null): number | undefined =>
    value?.trim() && Number.isInteger(Number(value)) ? Number(value) : undefined,
  toAttribute: (value: number | undefined): string | null => (value === undefined ? null : `${value}`),
};
