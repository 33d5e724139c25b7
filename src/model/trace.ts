import {keep, type Tensor} from '@tensorflow/tfjs-core';
import type {NamedTensor} from './named-tensor.js';
import {isWanted} from './trace-names.js';

/** Collects intermediates of a forward pass (B = 1) under the names of `TRACE_NAMES`. */
export class Trace {
  constructor(
    private readonly want: readonly string[],
    private readonly prefix = '',
    private readonly kept = new Map<string, Tensor>(),
  ) {}

  /** The same trace, seen from block n: it puts `h.n.` before every name. */
  inBlock(n: number): Trace {
    return new Trace(this.want, `h.${n}.`, this.kept);
  }

  wants(name: string): boolean {
    return isWanted(this.prefix + name, this.want);
  }

  /** Keeps a tensor if it is asked for. A copy, so that it outlives the pass. */
  record(name: string, tensor: Tensor): void {
    if (this.wants(name)) this.kept.set(this.prefix + name, keep(tensor.clone()));
  }

  /** Reads everything out of the backend and frees it. */
  async read(): Promise<Map<string, NamedTensor>> {
    const entries = await Promise.all(
      [...this.kept].map(async ([name, tensor]): Promise<[string, NamedTensor]> => {
        const data = (await tensor.data()) as Float32Array;
        return [name, {shape: withoutBatch(name, tensor.shape), data: data.slice()}];
      }),
    );
    for (const tensor of this.kept.values()) tensor.dispose();
    this.kept.clear();
    for (const [name, tensor] of entries) if (name.endsWith('.attn.masked')) showMask(tensor);
    return new Map(entries);
  }
}

/** B is 1: the axis is dropped. The position embedding never had it. */
const withoutBatch = (name: string, shape: number[]) =>
  name === 'embed.position' ? [...shape] : shape.slice(1);

/** The model adds −1e9 where a key lies in the future; what that stands for is −∞. */
function showMask({shape, data}: NamedTensor): void {
  const [heads, T] = shape as [number, number, number];
  for (let row = 0; row < heads * T; row++) data.fill(-Infinity, row * T + (row % T) + 1, (row + 1) * T);
}
