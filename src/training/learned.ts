/** The part of a weights' arena that is trained, as an arena of its own: gradient, moments and AdamW work on it alone. */
import {concat1d, slice, type Tensor1D} from '@tensorflow/tfjs-core';
import type {ParameterLayout} from '../model/parameters.js';

/** Where each trained slot lies in both arenas, with the gap after it. */
function pieces(layout: ParameterLayout, learning: ParameterLayout) {
  const offsets = new Map(learning.slots.map(({name, offset}) => [name, offset]));
  return layout.slots.map(({name, offset}, i) => ({
    offset,
    length: (layout.slots[i + 1]?.offset ?? layout.length) - offset,
    learned: offsets.get(name),
  }));
}

/** Returns the trained slots of an arena, packed. Call it inside a tidy. */
export function packLearned(layout: ParameterLayout, learning: ParameterLayout, theta: Tensor1D): Tensor1D {
  if (learning.length === layout.length) return theta;
  const learned = pieces(layout, learning).filter((piece) => piece.learned !== undefined);
  return concat1d(learned.map(({offset, length}) => slice(theta, offset, length) as Tensor1D));
}

/** Returns the arena with its trained slots replaced by packed ones. Call it inside a tidy. */
export function unpackLearned(
  layout: ParameterLayout,
  learning: ParameterLayout,
  theta: Tensor1D,
  packed: Tensor1D,
): Tensor1D {
  if (learning.length === layout.length) return packed;
  return concat1d(
    pieces(layout, learning).map(
      ({offset, length, learned}) =>
        (learned === undefined ? slice(theta, offset, length) : slice(packed, learned, length)) as Tensor1D,
    ),
  );
}
