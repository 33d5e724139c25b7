import {concat, keep, slice, type Tensor} from '@tensorflow/tfjs-core';
import type {Hook} from './hooks.js';

const IS_KEPT = /\.attn\.[kv]$/;

/**
 * Keys and values of the tokens that were read, so that each further token is read alone. Right only for weights that never change and a
 * causal model, in which nothing that comes later changes them.
 */
export class KeyValueCache {
  /** The tokens whose keys and values are kept. */
  #ids: readonly number[] = [];
  /** [B, H, T, D] each, by name. */
  readonly #kept = new Map<string, Tensor>();

  /** Returns how many tokens are kept. */
  get length(): number {
    return this.#ids.length;
  }

  /**
   * Reads a text. Where it does not go on from the one that is kept, that is forgotten.
   * @param pass makes a forward pass with `hook` over the tokens that were not read yet
   */
  read<R>(ids: readonly number[], pass: (unread: readonly number[]) => R): R {
    const goesOn = this.length < ids.length && this.#ids.every((id, i) => ids[i] === id);
    if (!goesOn) this.dispose();
    try {
      const result = pass(ids.slice(this.length));
      this.#ids = [...ids];
      return result;
    } catch (error) {
      this.dispose(); // some layers have added theirs
      throw error;
    }
  }

  /**
   * Returns a hook for the pass that reads the rest: it gives every layer the kept keys and values before its own.
   * @param weight returns a weight by its GPT-2 name
   */
  hook(weight: (name: string) => Tensor): Hook {
    const first = this.length;
    return (name, value) => {
      if (name === 'embed.position')
        return slice(weight('wpe.weight'), [first, 0], value.shape as [number, number]);
      if (!IS_KEPT.test(name)) return value;
      const before = this.#kept.get(name);
      const all = keep(before ? concat([before, value], 2) : value); // [B, H, P + T, D]
      before?.dispose();
      this.#kept.set(name, all);
      return all;
    };
  }

  /** Forgets everything. */
  dispose(): void {
    for (const tensor of this.#kept.values()) tensor.dispose();
    this.#kept.clear();
    this.#ids = [];
  }
}
