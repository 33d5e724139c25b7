import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import {backend, reshape, slice, type Tensor, type Tensor1D} from '@tensorflow/tfjs-core';
import {type ArenaPart, piecesIn} from '../model/arena-parts.js';
import type {ParameterLayout, Slot} from '../model/parameters.js';
import {sliceArena, type Weights, weightsFrom} from '../model/weights.js';
import {ArenaVariables} from './arena-variables.js';
import type {HeldWeights} from './held-weights.js';
import {RowsOnGpu} from './rows-on-gpu.js';

/** Weights as an arena of 32-bit numbers, which a training step updates. */
export class WideWeights implements HeldWeights {
  readonly dtype = 'float32';
  readonly arena: ArenaVariables;
  readonly #layout: ParameterLayout;
  readonly #parts: readonly ArenaPart[];
  readonly #slots: ReadonlyMap<string, Slot>;

  /**
   * @param parts of the arena; several on WebGPU only
   * @param theta the numbers, in the order of the layout. Default: zeros
   */
  constructor(layout: ParameterLayout, parts: readonly ArenaPart[], theta?: Float32Array) {
    this.#layout = layout;
    this.#parts = parts;
    this.#slots = new Map(layout.slots.map((slot) => [slot.name, slot]));
    this.arena = new ArenaVariables(parts, theta);
  }

  weights(): Weights {
    if (this.#parts.length === 1)
      return weightsFrom(this.#layout, sliceArena(this.#layout, this.arena.whole as unknown as Tensor1D));
    // What is sliced for a block is freed with it, since `packed` is there.
    return Object.assign((name: string) => this.#weight(name), {
      packed: (name: string) => this.#cutTable(name),
    });
  }

  write({offset}: Slot, first: number, numbers: Float32Array): Promise<void> {
    return this.arena.write(offset + first, numbers);
  }

  finish(): void {
    this.arena.finish();
  }

  read({offset, size}: Slot): Promise<Float32Array> {
    return this.arena.read(offset, size);
  }

  dispose(): void {
    this.arena.dispose();
  }

  #weight(name: string): Tensor {
    const slot = this.#slots.get(name);
    if (!slot) throw new Error(`The model has no weight called “${name}”.`);
    const [piece, ...others] = piecesIn(this.#parts, slot.offset, slot.size);
    if (others.length > 0) return this.#cutTable(name)!.slice(0, slot.shape[0]!);
    const part = this.arena.part(piece!.part) as unknown as Tensor1D;
    return reshape(slice(part, piece!.offset, slot.size), slot.shape);
  }

  /** A table of tokens that lies in several parts. */
  #cutTable(name: string): RowsOnGpu | undefined {
    const slot = this.#slots.get(name);
    if (!slot) return undefined;
    const pieces = piecesIn(this.#parts, slot.offset, slot.size);
    if (pieces.length === 1) return undefined;
    const [rows, columns] = slot.shape as [number, number];
    const parts = pieces.map(({part, offset, from, count}) => ({
      tensor: this.arena.part(part),
      offset,
      first: from / columns,
      rows: count / columns,
    }));
    return new RowsOnGpu(backend() as WebGPUBackend, [rows, columns], 'float32', parts);
  }
}
