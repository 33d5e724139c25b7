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

export function lookUp(table: EmbeddingTable, row: number): Lookup {
  const found = rowOf(table, row);
  const product = vectorTimesMatrix(oneHot(row, table.ids.length), table.values, table.width);
  return {row, found, product, difference: largestDifference(found, product)};
}
