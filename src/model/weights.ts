import {reshape, slice, type Tensor, type Tensor1D, type Tensor2D, tensor1d} from '@tensorflow/tfjs-core';
import type {KeyValueCache} from './key-value-cache.js';
import type {ParameterLayout} from './parameters.js';

/** A matrix [rows, columns] that is held apart from the others, perhaps in 16 bits per number, and copied in 32 where it is needed. Call its methods inside a tidy. */
export interface PackedMatrix {
  readonly shape: readonly [rows: number, columns: number];
  /** Returns neighboring rows, [count, columns]. */
  slice(first: number, count: number): Tensor2D;
  /** Returns rows by their indices, [indices, columns]. */
  take(indices: Int32Array): Tensor2D;
}

/** Returns a weight by its GPT-2 name. */
export interface Weights {
  (name: string): Tensor;
  /** Returns a matrix that is held apart. Absent where all weights are in one arena. */
  packed?(name: string): PackedMatrix | undefined;
  /** Keys and values that were computed from these weights, which never change. Absent of weights that may be trained. */
  past?: KeyValueCache;
}

/** Returns the weights of block n: its `weights('attn.c_attn.weight')` is `h.n.attn.c_attn.weight`. */
export const blockWeights =
  (weights: Weights, n: number): Weights =>
  (name) =>
    weights(`h.${n}.${name}`);

/** Returns the arena's tensors, in the layout's order. Call it inside a tidy. */
export function sliceArena(layout: ParameterLayout, theta: Tensor1D): Tensor[] {
  return layout.slots.map(({offset, size, shape}) => reshape(slice(theta, offset, size), shape));
}

/** Returns weights by name from a list in the layout's order. */
export function weightsFrom(layout: ParameterLayout, tensors: readonly Tensor[]): Weights {
  const byName = new Map(layout.slots.map(({name}, i) => [name, tensors[i]!]));
  return (name) => {
    const tensor = byName.get(name);
    if (!tensor) throw new Error(`The model has no weight called “${name}”.`);
    return tensor;
  };
}

/** Returns an arena's numbers as a tensor. */
export const arenaTensor = (arena: Float32Array): Tensor1D => tensor1d(arena, 'float32');
