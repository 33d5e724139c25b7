/** Where weights stand that are only read: each matrix in a buffer of its own (a large one in several), biases and norms in the arena `theta`. */
import type {GPTConfig} from '../../model/config.js';
import {type ParameterLayout, parameterLayout, type Slot, vectorLayout} from '../../model/parameters.js';
import {type RowPart, rowParts} from '../../model/row-parts.js';
import {type Stored, storedWords} from '../wgsl/stored.js';

/** How matrices in buffers of their own are held. */
export interface SeparateMatrices {
  /** Their numbers; biases and norms always have 32 bits. */
  stored: Stored;
  /** Bytes of the largest buffer: of a table that is larger, each has some of the rows. */
  pieceBytes: number;
}

/** Returns the slots of a model; offsets count only in vectors. */
export function separateLayout(config: GPTConfig): ParameterLayout {
  const {slots} = parameterLayout(config);
  const vectors = vectorLayout(slots);
  const matrices = slots.filter(isMatrix).map((slot) => ({...slot, offset: 0}));
  return {slots: [...vectors.slots, ...matrices], length: vectors.length};
}

export const isMatrix = ({shape}: Slot): boolean => shape.length === 2;

/** Returns the parts of a table whose rows are tokens, in the buffers that are given under their names. */
export const partsOf = (slot: Slot, {stored, pieceBytes}: SeparateMatrices): RowPart[] =>
  rowParts(slot, stored === 'f16' ? 2 : 4, pieceBytes);

/** Words of a part, or of a matrix. */
export const wordsOf = (stored: Stored, rows: number, {shape}: Slot): number =>
  storedWords(stored, rows * shape[1]!);
