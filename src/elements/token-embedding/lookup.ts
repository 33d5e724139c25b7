/** One token's vector, found in two ways. */
import {largestDifference} from '../../math/differences.js';
import {oneHot, vectorTimesMatrix} from '../../math/one-hot.js';
import {type EmbeddingTable, rowOf} from '../../ui/embedding-table.js';

export interface Lookup {
  /** Of the table shown. */
  row: number;
  /** The row itself, [C]. */
  found: Float32Array;
  /** The one-hot vector times the table, [C]. */
  product: Float32Array;
  difference: number;
}

/** The last one: nothing is multiplied again while the reader only points at something. */
let last: {table: EmbeddingTable; lookup: Lookup} | undefined;

export function lookUp(table: EmbeddingTable, row: number): Lookup {
  if (last?.table === table && last.lookup.row === row) return last.lookup;
  const found = rowOf(table, row);
  const product = vectorTimesMatrix(oneHot(row, table.ids.length), table.values, table.width);
  const lookup = {row, found, product, difference: largestDifference(found, product)};
  last = {table, lookup};
  return lookup;
}
