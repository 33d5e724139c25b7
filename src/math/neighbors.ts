/** Cosine similarity of the rows of a table. */

/** Returns the cosine of the angle between two vectors: 1 for the same direction, 0 for a right angle, −1 for opposite ones; 0 for a zero vector. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  // #region cosine
  let [product, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    squaresA += a[i]! ** 2;
    squaresB += b[i]! ** 2;
  }
  const lengths = Math.sqrt(squaresA * squaresB);
  return lengths > 0 ? product / lengths : 0;
  // #endregion
}

export interface Neighbor {
  row: number;
  /** −1 … 1 */
  similarity: number;
}

/**
 * Returns the `count` rows most similar to a row by cosine, without the row itself, most similar first (ties: lower row first).
 * @param table [N, C], row by row
 * @param width C
 */
export function nearest(table: Float32Array, width: number, row: number, count: number): Neighbor[] {
  const rowAt = (n: number): Float32Array => table.subarray(n * width, (n + 1) * width);
  const query = rowAt(row);
  return Array.from({length: table.length / width}, (_, n) => n)
    .filter((n) => n !== row)
    .map((n) => ({row: n, similarity: cosine(query, rowAt(n))}))
    .sort((a, b) => b.similarity - a.similarity || a.row - b.row)
    .slice(0, count);
}

/** Returns the cosine of every row with every row, [N, N]. @param table [N, C], row by row */
export function similarities(table: Float32Array, width: number): Float32Array {
  const rows = table.length / width;
  const out = new Float32Array(rows * rows);
  for (let a = 0; a < rows; a++)
    for (let b = a; b < rows; b++)
      out[a * rows + b] = out[b * rows + a] = cosine(
        table.subarray(a * width, (a + 1) * width),
        table.subarray(b * width, (b + 1) * width),
      );
  return out;
}
