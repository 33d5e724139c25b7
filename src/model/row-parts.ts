/** Matrices that are larger than what a device binds at once are held in parts, each of neighboring rows. No tfjs. */

/** Some rows of a matrix, in a buffer of their own. */
export interface RowPart {
  /** Of the buffer: the matrix's name where it has one part. */
  name: string;
  /** Index of the first row. */
  first: number;
  rows: number;
}

/** Parts begin at multiples of 64 rows: a list with a number for each row may then be bound from there, at a multiple of 256 bytes. */
const ROW_ALIGNMENT = 64;

/**
 * Returns the parts of a matrix [rows, columns], as few as possible.
 * @param bytes of one number
 * @param pieceBytes of the largest part; 64 rows are in one part in any case
 */
export function rowParts(
  {name, shape}: {name: string; shape: readonly number[]},
  bytes: number,
  pieceBytes: number,
): RowPart[] {
  const [rows, columns] = shape as [number, number];
  const most = ROW_ALIGNMENT * Math.max(1, Math.floor(pieceBytes / (bytes * columns * ROW_ALIGNMENT)));
  if (rows * columns * bytes <= pieceBytes || rows <= most) return [{name, first: 0, rows}];
  const count = Math.ceil(rows / most);
  return Array.from({length: count}, (_, part) => {
    const first = part * most;
    const end = Math.min(first + most, rows);
    return {name: `${name}, rows ${first} to ${end - 1}`, first, rows: end - first};
  });
}
