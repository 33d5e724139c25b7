/** The random numbers that training begins with, drawn again for the comparison. */
import {normals} from '../../math/rng.js';
import type {WeightReading} from '../../state/index.js';

/** A larger tensor is not drawn again: that would block the page. */
const MOST_NUMBERS = 1e6;

/**
 * Returns what stood in the places of a reading's sample before training; undefined where it is not known.
 * @returns [rows · columns] of the sample
 */
export function initialSample({
  sample,
  shape,
  initialDeviation,
  initialKey,
}: Pick<WeightReading, 'sample' | 'shape' | 'initialDeviation' | 'initialKey'>): Float32Array | undefined {
  const [rows = 0, columns = 0] = shape;
  if (initialDeviation === undefined || initialKey === undefined || rows * columns > MOST_NUMBERS)
    return undefined;
  const all = normals(rows * columns, 0, initialDeviation, initialKey);
  return sample.values.map((_, i) => {
    const row = Math.floor(i / sample.columns) * sample.rowStride;
    return all[row * columns + (i % sample.columns) * sample.columnStride]!;
  });
}
