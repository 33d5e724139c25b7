import {fill, slice, type Tensor1D, tensor1d, tidy, type Variable, variable} from '@tensorflow/tfjs-core';
import {type ArenaPart, partName, piecesIn} from '../model/arena-parts.js';
import {moveInto} from './move-into.js';
import {type TensorWriter, writerOf} from './tensor-writer.js';

/** An arena on the backend: a flat variable for each of its parts that is not empty. */
export class ArenaVariables {
  /** By the index of their parts. */
  readonly #variables = new Map<number, Variable>();
  readonly #writers = new Map<number, TensorWriter>();
  readonly #parts: readonly ArenaPart[];

  /** @param numbers of the whole arena. Default: zeros, which take no memory of this thread */
  constructor(parts: readonly ArenaPart[], numbers?: Float32Array) {
    this.#parts = parts;
    for (const [index, {first, length}] of parts.entries())
      if (length > 0 || parts.length === 1)
        this.#variables.set(
          index,
          tidy(() =>
            variable(numbers ? tensor1d(numbers.subarray(first, first + length)) : zeros(length), false),
          ),
        );
  }

  /** The variable of an arena in one part. */
  get whole(): Variable {
    return this.#variables.get(0)!;
  }

  /** Returns the variable of a part. */
  part(index: number): Variable {
    return this.#variables.get(index)!;
  }

  /** Returns the variables by the names of their buffers. @param arena its name */
  named(arena: string): Record<string, Variable> {
    return Object.fromEntries([...this.#variables].map(([index, one]) => [partName(arena, index), one]));
  }

  /** Returns a copy of `count` neighboring numbers. */
  async read(first: number, count: number): Promise<Float32Array> {
    const numbers = new Float32Array(count);
    for (const {part, offset, from, count: length} of piecesIn(this.#parts, first, count)) {
      const whole = this.part(part) as unknown as Tensor1D;
      const piece = tidy(() => (length === whole.size ? whole.clone() : slice(whole, [offset], [length])));
      try {
        numbers.set((await piece.data()) as Float32Array, from);
      } finally {
        piece.dispose();
      }
    }
    return numbers;
  }

  /** Writes neighboring numbers. Await it before the next call, and call `finish` after the last. */
  async write(first: number, numbers: Float32Array): Promise<void> {
    for (const {part, offset, from, count} of piecesIn(this.#parts, first, numbers.length)) {
      let writer = this.#writers.get(part);
      if (!writer) this.#writers.set(part, (writer = writerOf(this.part(part))));
      await writer.write(offset, numbers.subarray(from, from + count));
    }
  }

  finish(): void {
    for (const writer of this.#writers.values()) writer.finish();
    this.#writers.clear();
  }

  /** Replaces all numbers. */
  assign(numbers: Float32Array): void {
    for (const [index, one] of this.#variables) {
      const {first, length} = this.#parts[index]!;
      moveInto(one, tensor1d(numbers.subarray(first, first + length)));
    }
  }

  dispose(): void {
    for (const one of this.#variables.values()) one.dispose();
  }
}

const zeros = (length: number): Tensor1D => fill([length], 0) as Tensor1D;
