import type {Tensor1D, Variable} from '@tensorflow/tfjs-core';

/** Assigns a tensor to a variable, which keeps a reference of its own, and frees the tensor. */
export function moveInto(arena: Variable, value: Tensor1D): void {
  arena.assign(value);
  value.dispose();
}
