/** One token's vector, found in two ways. */
import {largestDifference} from '../../math/differences.js';
import {cosine} from '../../math/neighbors.js';
import {oneHot, vectorTimesMatrix} from '../../math/one-hot.js';
import {type EmbeddingTable, rowOf} from '../../ui/model/embedding-table.js';

export interface Lookup {
  /** Of the table shown. */
  row: number;
  /** The row itself, [C]. */
  found: Float32Array;
  /** The one-hot vector times the table, [C]. */
  product: Float32Array;
  difference: number;
  /** How many other rows point almost exactly the same way. */
  twins: number;
}

/** A cosine above this: nobody could tell the two rows apart by their colors. */
const TWINS = 0.98;

/** The last one: nothing is multiplied again while the reader only points at something. */
let last: {table: EmbeddingTable; lookup: Lookup} | undefined;

export function lookUp(table: EmbeddingTable, row: number): Lookup {
  if (last?.table === table && last.lookup.row === row) return last.lookup;
  const found = rowOf(table, row);
  const product = vectorTimesMatrix(oneHot(row, table.ids.length), table.values, table.width);
  const twins = table.ids.filter(
    (_, other) => other !== row && cosine(found, rowOf(table, other)) > TWINS,
  ).length;
  const lookup = {row, found, product, difference: largestDifference(found, product), twins};
  last = {table, lookup};
  return lookup;
}
