// Types alone: the backend is downloaded where it runs.
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import {backend, engine, getBackend, keep, type Tensor1D} from '@tensorflow/tfjs-core';
import type {WeightDtype} from '../model/memory.js';
import type {StoredNumbers} from '../model/packed-matrix.js';
import type {Slot} from '../model/parameters.js';
import {type RowPart, rowParts} from '../model/row-parts.js';
import {RowsOnGpu} from './rows-on-gpu.js';
import {pacedWriter} from './tensor-writer.js';

/** Returns the bytes of the largest tensor that the current backend can hold; infinite where it does not tell. */
export function largestPiece(): number {
  if (getBackend() === 'wasm') return 2 ** 30; // tfjs's binaries can grow their heap to twice that
  if (getBackend() !== 'webgpu') return Number.POSITIVE_INFINITY;
  const {maxBufferSize, maxStorageBufferBindingSize} = (backend() as WebGPUBackend).device.limits;
  return Math.min(maxBufferSize, maxStorageBufferBindingSize);
}

/** Some rows of the matrix. */
interface Part extends RowPart {
  /** The numbers; two of 16 bits are one word. */
  tensor: Tensor1D;
  /** There are no others in the tensor. */
  offset: 0;
}

const BYTES = {float16: 2, float32: 4} as const satisfies Record<WeightDtype, number>;

/** A matrix on a GPU, in a buffer of its own, or in several that each have some of the rows. */
export class MatrixOnGpu extends RowsOnGpu {
  readonly #gpu: WebGPUBackend;
  readonly #dtype: WeightDtype;
  readonly #parts: readonly Part[];
  readonly #write: ReturnType<typeof pacedWriter>;

  /** @param pieceBytes of the largest buffer */
  constructor(
    gpu: WebGPUBackend,
    {name, shape}: Pick<Slot, 'name' | 'shape'>,
    dtype: WeightDtype,
    pieceBytes: number,
  ) {
    const [rows, columns] = shape as [number, number];
    const parts = rowParts({name, shape}, BYTES[dtype], pieceBytes).map((part): Part => {
      const bytes = part.rows * columns * BYTES[dtype];
      const info = gpu.makeTensorInfo([Math.ceil(bytes / 4)], dtype === 'float16' ? 'int32' : 'float32');
      gpu.uploadToGPU(info.dataId); // allocates: there are no numbers yet
      return {...part, tensor: keep(engine().makeTensorFromTensorInfo(info) as Tensor1D), offset: 0};
    });
    super(gpu, [rows, columns], dtype, parts);
    this.#gpu = gpu;
    this.#dtype = dtype;
    this.#parts = parts;
    this.#write = pacedWriter(gpu.device.queue);
  }

  /** Returns the buffers of the parts by name, each with its numbers row by row. */
  buffers(): [name: string, buffer: GPUBuffer][] {
    return this.#parts.map((part) => [part.name, this.#bufferOf(part)]);
  }

  /**
   * @param first index of the first number; of 16-bit numbers even
   * @param numbers floats, or halves where the matrix has 16 bits
   */
  async write(first: number, numbers: StoredNumbers): Promise<void> {
    for (const part of this.#parts) {
      const begin = part.first * this.shape[1];
      const from = Math.max(first, begin);
      const to = Math.min(first + numbers.length, begin + part.rows * this.shape[1]);
      if (from >= to) continue;
      const own = numbers.subarray(from - first, to - first) as StoredNumbers;
      await this.#write(this.#bufferOf(part), BYTES[this.#dtype] * (from - begin), wholeWords(own));
    }
  }

  dispose(): void {
    for (const {tensor} of this.#parts) tensor.dispose();
  }

  #bufferOf({tensor}: Part): GPUBuffer {
    return this.#gpu.tensorMap.get(tensor.dataId)!.resource as GPUBuffer;
  }
}

/** Pads halves to whole words, which is what can be written to a buffer. */
function wholeWords(numbers: StoredNumbers): StoredNumbers {
  if (numbers.byteLength % 4 === 0) return numbers;
  const padded = new Uint16Array(numbers.length + 1);
  padded.set(numbers);
  return padded;
}
