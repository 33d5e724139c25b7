/** What catches the eye in a tensor that has been trained. */
import type {WeightReading} from '../../state/index.js';
import {number} from '../../ui/base/format.js';

export interface Standout {
  /** Its column in the sample, and the cell of it to begin with. */
  column: number;
  cell: number;
  /** What it is, in a sentence. */
  words: string;
}

/** Numbers that spread less than so many times as widely as at first show no pattern yet. */
const GROWTH = 1.5;
/** Fewer rows show no trend. */
const FEWEST_ROWS = 8;

/**
 * Returns the column of the sample that says most: in the position embedding the one that rises or falls most from the first position to the
 * last, elsewhere the one with the largest numbers. Undefined where nothing has been learned.
 */
export function standoutOf({name, sample, deviation, initialDeviation}: WeightReading): Standout | undefined {
  const {rows, columns, values, rowStride, columnStride} = sample;
  if (initialDeviation === undefined || deviation < GROWTH * initialDeviation || rows < FEWEST_ROWS)
    return undefined;
  const isOfPositions = name === 'wpe.weight';
  const middle = (rows - 1) / 2;
  const sizes = Array.from({length: columns}, () => 0);
  for (const [i, value] of values.entries()) {
    const weight = isOfPositions ? Math.floor(i / columns) - middle : value;
    sizes[i % columns]! += value * weight;
  }
  const column = sizes.reduce((best, size, c) => (Math.abs(size) > Math.abs(sizes[best]!) ? c : best), 0);
  const title = `Framed: column ${column * columnStride + 1}`;
  if (!isOfPositions) {
    const share = Math.sqrt(sizes[column]! / (sizes.reduce((sum, size) => sum + size, 0) / columns));
    return {
      column,
      cell: column,
      words: `${title}, whose numbers are ${number(share, 2)} times as large as the average.`,
    };
  }
  const last = (rows - 1) * columns + column;
  const [first, end] = [number(values[column]!, 2), number(values[last]!, 2)];
  return {
    column,
    cell: last,
    words: `${title} ${sizes[column]! > 0 ? 'rises' : 'falls'} from ${first} at the first position to ${end} at position ${(rows - 1) * rowStride + 1}, so it tells the model how far into the text a token stands.`,
  };
}
