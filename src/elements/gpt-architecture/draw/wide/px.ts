/** Returns a coordinate in tenths of a pixel, so that paths of an exported file stay short. */
export const px = (value: number): number => Math.round(value * 10) / 10;
