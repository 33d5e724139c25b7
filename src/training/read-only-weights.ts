import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import {
  backend,
  getBackend,
  keep,
  slice,
  type Tensor,
  type Tensor1D,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';
import {decodeF16, encodeF16, MAX_F16} from '../math/float16.js';
import {KeyValueCache} from '../model/key-value-cache.js';
import type {Rounding, WeightDtype} from '../model/memory.js';
import {MatrixInMemory, piecesOf, type StoredNumbers} from '../model/packed-matrix.js';
import {type ParameterLayout, type Slot, vectorLayout, WeightsError} from '../model/parameters.js';
import type {PackedMatrix, Weights} from '../model/weights.js';
import type {SeparateMatrices} from '../webgpu/index.js';
import type {HeldWeights} from './held-weights.js';
import {MatrixOnGpu} from './matrix-on-gpu.js';

/** A matrix that can be filled. */
interface StoredMatrix extends PackedMatrix {
  /** @param first index of the first number */
  write(first: number, numbers: StoredNumbers): void | Promise<void>;
  dispose(): void;
}

/**
 * Weights to be read only: each matrix in a buffer of its own (a large table in several, each with some of the rows), in 16 bits (IEEE
 * binary16) or in 32, and biases and norms in 32. A forward pass widens a matrix when it comes to it, so that at most one block
 * is copied at a time; every sum is computed in 32 bits.
 */
export class ReadOnlyWeights implements HeldWeights {
  readonly dtype: WeightDtype;
  readonly #pieceBytes: number;
  /** Of biases and norms. A norm's γ and β are neighbors. */
  readonly vectorLayout: ParameterLayout;
  readonly #matrices: ReadonlyMap<string, StoredMatrix>;
  readonly #vectorSlots: ReadonlyMap<string, Slot>;
  readonly #vectorNumbers: Float32Array;
  #vectors?: Tensor1D;
  readonly #past = new KeyValueCache();
  /** Reused for each slice that is written. */
  #scratch = new Uint16Array();
  #widened = new Float32Array();
  /** Sums of squares, and the largest difference. */
  readonly #rounded = {largest: 0, differences: 0, numbers: 0};

  /** @param pieceBytes of the largest buffer on WebGPU */
  constructor({slots}: ParameterLayout, dtype: WeightDtype, pieceBytes: number) {
    this.dtype = dtype;
    this.#pieceBytes = pieceBytes;
    const gpu = getBackend() === 'webgpu' ? (backend() as WebGPUBackend) : undefined;
    this.#matrices = new Map(
      slots
        .filter(({shape}) => shape.length === 2)
        .map((slot) => [
          slot.name,
          gpu
            ? new MatrixOnGpu(gpu, slot, dtype, pieceBytes)
            : new MatrixInMemory(slot.shape as [number, number], dtype),
        ]),
    );
    this.vectorLayout = vectorLayout(slots);
    this.#vectorSlots = new Map(this.vectorLayout.slots.map((slot) => [slot.name, slot]));
    this.#vectorNumbers = new Float32Array(this.vectorLayout.length);
  }

  get rounding(): Rounding | undefined {
    if (this.dtype === 'float32') return undefined;
    const {largest, differences, numbers} = this.#rounded;
    return {largest, relative: numbers > 0 ? Math.sqrt(differences / numbers) : 0};
  }

  /** Biases and norms, in the order of `vectorLayout`. */
  get vectors(): Tensor1D {
    return (this.#vectors ??= keep(tensor1d(this.#vectorNumbers)));
  }

  /** How the matrices are held. */
  get separate(): SeparateMatrices {
    return {stored: this.dtype === 'float16' ? 'f16' : 'f32', pieceBytes: this.#pieceBytes};
  }

  /** Returns the buffers of the matrices and their parts by name, on WebGPU. */
  matrixBuffers(): Record<string, GPUBuffer> {
    const onGpu = [...this.#matrices.values()].filter((matrix) => matrix instanceof MatrixOnGpu);
    return Object.fromEntries(onGpu.flatMap((matrix) => matrix.buffers()));
  }

  weights(): Weights {
    const {vectors} = this;
    const weight = (name: string): Tensor => {
      const matrix = this.#matrices.get(name);
      if (matrix) return matrix.slice(0, matrix.shape[0]);
      const slot = this.#vectorSlots.get(name);
      if (!slot) throw new Error(`The model has no weight called “${name}”.`);
      return slice(vectors, slot.offset, slot.size);
    };
    return Object.assign(weight, {
      packed: (name: string) => this.#matrices.get(name),
      past: this.#past,
    });
  }

  async write({name}: Slot, first: number, numbers: Float32Array): Promise<void> {
    const matrix = this.#matrices.get(name);
    if (!matrix) {
      this.#vectorNumbers.set(numbers, this.#vectorSlots.get(name)!.offset + first);
      return;
    }
    if (this.dtype === 'float32') return matrix.write(first, numbers as Float32Array<ArrayBuffer>);
    if (this.#scratch.length < numbers.length) this.#scratch = new Uint16Array(numbers.length);
    const halves = this.#scratch.subarray(0, numbers.length);
    encodeF16(numbers, halves);
    this.#compare(name, numbers, halves);
    await matrix.write(first, halves);
  }

  finish(): void {
    this.#scratch = new Uint16Array();
    this.#widened = new Float32Array();
    this.#vectors?.dispose();
    this.#vectors = undefined;
  }

  async read({name, size}: Slot): Promise<Float32Array> {
    const matrix = this.#matrices.get(name);
    if (!matrix) {
      const {offset} = this.#vectorSlots.get(name)!;
      return this.#vectorNumbers.slice(offset, offset + size);
    }
    const numbers = new Float32Array(size);
    for (const [first, count] of piecesOf(matrix.shape)) {
      const piece = tidy(() => matrix.slice(first, count));
      numbers.set((await piece.data()) as Float32Array, first * matrix.shape[1]);
      piece.dispose();
    }
    return numbers;
  }

  dispose(): void {
    for (const matrix of this.#matrices.values()) matrix.dispose();
    this.#vectors?.dispose();
    this.#past.dispose();
  }

  /** @throws {WeightsError} where a number does not fit */
  #compare(name: string, numbers: Float32Array, halves: Uint16Array): void {
    const rounded = this.#rounded;
    if (this.#widened.length < numbers.length) this.#widened = new Float32Array(numbers.length);
    const widened = this.#widened.subarray(0, numbers.length);
    decodeF16(halves, widened);
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i]!;
      const difference = Math.abs(widened[i]! - number);
      if (!(difference < MAX_F16))
        throw new WeightsError(
          `“${name}” holds ${number}, which 16 bits cannot: load the model with dtype="float32".`,
        );
      if (difference > rounded.largest) rounded.largest = difference;
      rounded.differences += difference * difference;
      rounded.numbers += number * number;
    }
  }
}
