import {keep, type Tensor} from '@tensorflow/tfjs-core';
import {MASKED} from './attention.js';
import type {Recorder} from './capture.js';
import type {NamedTensor} from './named-tensor.js';
import {isWanted} from './trace-names.js';

/** Collects intermediates of a forward pass (B = 1) under the names of `TRACE_NAMES`. The pass calls `record` through its `Hook`. */
export class Trace implements Recorder {
  readonly #want: readonly string[];
  readonly #kept = new Map<string, Tensor>();

  constructor(want: readonly string[]) {
    this.#want = want;
  }

  wants(name: string): boolean {
    return isWanted(name, this.#want);
  }

  /** Keeps a copy of a requested tensor, which outlives the pass. */
  record(name: string, tensor: Tensor): void {
    if (this.wants(name)) this.#kept.set(name, keep(tensor.clone()));
  }

  /** Returns all kept tensors as plain numbers, without the batch axis, and frees them. */
  async read(): Promise<Map<string, NamedTensor>> {
    const entries = await Promise.all(
      [...this.#kept].map(async ([name, tensor]): Promise<[string, NamedTensor]> => {
        const data = (await tensor.data()) as Float32Array;
        return [name, {shape: withoutBatch(name, tensor.shape), data: data.slice()}];
      }),
    );
    for (const tensor of this.#kept.values()) tensor.dispose();
    this.#kept.clear();
    for (const [name, tensor] of entries) if (name.endsWith('.attn.masked')) showMask(tensor.data);
    return new Map(entries);
  }
}

/** Drops the batch axis, which is 1. The position embedding has none. */
const withoutBatch = (name: string, shape: number[]) =>
  name === 'embed.position' ? [...shape] : shape.slice(1);

/** Writes −∞ where the model added −1e9 in its place: at the keys that a query does not attend to. */
function showMask(data: Float32Array): void {
  for (let i = 0; i < data.length; i++) if (data[i]! <= MASKED / 2) data[i] = -Infinity;
}
