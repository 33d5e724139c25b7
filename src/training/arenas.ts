/** Arenas as tfjs variables: the weights and AdamW's moments, each one flat tensor. */
import {type Tensor1D, tensor1d, tidy, type Variable, variable} from '@tensorflow/tfjs-core';

export const arenaVariable = (values: Float32Array): Variable =>
  tidy(() => variable(tensor1d(values), false));

/** A variable keeps a reference of its own to what it is assigned. */
export function moveInto(arena: Variable, value: Tensor1D): void {
  arena.assign(value);
  value.dispose();
}
