import {concat, gather, matMul, type Tensor2D, tensor1d, tensor2d, tidy} from '@tensorflow/tfjs-core';
import {decodeF16} from '../math/float16.js';
import type {WeightDtype} from './memory.js';
import type {TokenBatch} from './tokens.js';
import type {PackedMatrix, Weights} from './weights.js';

/** Numbers as they are held: halves, or floats. */
export type StoredNumbers = Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** A matrix in this thread's memory, for every backend that is no WebGPU. */
export class MatrixInMemory implements PackedMatrix {
  readonly #numbers: StoredNumbers;

  constructor(
    readonly shape: readonly [rows: number, columns: number],
    dtype: WeightDtype,
  ) {
    const count = shape[0] * shape[1];
    this.#numbers = dtype === 'float16' ? new Uint16Array(count) : new Float32Array(count);
  }

  /** @param first index of the first number */
  write(first: number, numbers: StoredNumbers): void {
    this.#numbers.set(numbers, first);
  }

  slice(first: number, count: number): Tensor2D {
    const columns = this.shape[1];
    const numbers = new Float32Array(count * columns);
    this.#widen(first, count, numbers);
    return tensor2d(numbers, [count, columns]);
  }

  take(indices: Int32Array): Tensor2D {
    const columns = this.shape[1];
    const numbers = new Float32Array(indices.length * columns);
    for (const [i, row] of indices.entries())
      this.#widen(row, 1, numbers.subarray(i * columns, (i + 1) * columns));
    return tensor2d(numbers, [indices.length, columns]);
  }

  /** Nothing on the backend. */
  dispose(): void {}

  /** Copies neighboring rows. */
  #widen(first: number, count: number, into: Float32Array): void {
    const columns = this.shape[1];
    const rows = this.#numbers.subarray(first * columns, (first + count) * columns);
    if (rows instanceof Uint16Array) decodeF16(rows, into);
    else into.set(rows);
  }
}

/** Numbers that are widened at once: 32 MiB, a quarter of what every WebGPU device can bind. */
const PIECE_NUMBERS = 8 * 2 ** 20;

/** Yields the rows of a matrix in pieces that every device can hold: the first row and how many. */
export function* piecesOf([rows, columns]: readonly [number, number]): Generator<
  [first: number, count: number]
> {
  const most = Math.max(1, Math.floor(PIECE_NUMBERS / columns));
  for (let first = 0; first < rows; first += most) yield [first, Math.min(most, rows - first)];
}

/** Returns x · Wᵀ, [N, rows], without widening all of W at once. Call it inside a tidy. @param x [N, columns] */
export function timesPacked(x: Tensor2D, matrix: PackedMatrix): Tensor2D {
  const products = Array.from(piecesOf(matrix.shape), ([first, count]) =>
    tidy(() => matMul(x, matrix.slice(first, count), false, true)),
  );
  return (products.length === 1 ? products[0]! : concat(products, 1)) as Tensor2D;
}

/** Returns rows of a matrix, [indices, columns]. Call it inside a tidy. */
export function rowsOf(weights: Weights, name: string, indices: readonly number[]): Tensor2D {
  const packed = weights.packed?.(name);
  return packed
    ? packed.take(Int32Array.from(indices))
    : (gather(weights(name), tensor1d([...indices], 'int32')) as Tensor2D);
}

const TABLE = 'wte.weight';

/**
 * Returns weights whose token embedding has only the rows of these tokens, and the tokens with ids that count in these. Where the
 * embedding is not packed, both stay as they are.
 */
export function onlyRowsOf(weights: Weights, tokens: TokenBatch): {weights: Weights; tokens: TokenBatch} {
  const table = weights.packed?.(TABLE);
  if (!table) return {weights, tokens};
  const rows = table.take(tokens.ids);
  return {
    weights: Object.assign((name: string) => (name === TABLE ? rows : weights(name)), {
      packed: weights.packed,
    }),
    tokens: {...tokens, ids: tokens.ids.map((_, i) => i)},
  };
}
