// Types alone: the backend is downloaded where it runs.
import type {WebGPUBackend, WebGPUProgram} from '@tensorflow/tfjs-backend-webgpu';
import {
  add,
  backend,
  concat,
  engine,
  getBackend,
  keep,
  type Tensor1D,
  type Tensor2D,
  type TensorInfo,
  tensor1d,
} from '@tensorflow/tfjs-core';
import type {WeightDtype} from '../model/memory.js';
import {sizeOf} from '../model/named-tensor.js';
import type {StoredNumbers} from '../model/packed-matrix.js';
import type {Slot} from '../model/parameters.js';
import {type RowPart, rowParts} from '../model/row-parts.js';
import type {PackedMatrix} from '../model/weights.js';
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
}

const BYTES = {float16: 2, float32: 4} as const satisfies Record<WeightDtype, number>;

/**
 * A matrix on a GPU, in a buffer of its own, or in several that each have some of the rows. WGSL unpacks numbers of 16 bits without an optional
 * feature. Call its methods while its backend is the current one.
 */
export class MatrixOnGpu implements PackedMatrix {
  readonly shape: readonly [rows: number, columns: number];
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
    this.#gpu = gpu;
    this.#dtype = dtype;
    this.shape = shape as [number, number];
    this.#parts = rowParts({name, shape}, BYTES[dtype], pieceBytes).map((part) => {
      const bytes = part.rows * this.shape[1] * BYTES[dtype];
      const info = gpu.makeTensorInfo([Math.ceil(bytes / 4)], dtype === 'float16' ? 'int32' : 'float32');
      gpu.uploadToGPU(info.dataId); // allocates: there are no numbers yet
      return {...part, tensor: keep(engine().makeTensorFromTensorInfo(info) as Tensor1D)};
    });
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

  slice(first: number, count: number): Tensor2D {
    const columns = this.shape[1];
    const pieces = this.#parts.flatMap(({tensor, first: begin, rows}) => {
      const from = Math.max(first, begin);
      const to = Math.min(first + count, begin + rows);
      if (from >= to) return [];
      const program = new WidenSlice(this.#dtype, [to - from, columns]);
      return [this.#run(program, [tensor], [(from - begin) * columns])];
    });
    return pieces.length === 1 ? pieces[0]! : concat(pieces, 0);
  }

  take(indices: Int32Array): Tensor2D {
    const wanted = tensor1d(indices, 'int32');
    const shape: [number, number] = [indices.length, this.shape[1]];
    // Each part gives its own rows, and zeros for the others.
    const rows = this.#parts
      .map(({tensor, first, rows: count}) =>
        this.#run(new WidenRows(this.#dtype, shape), [tensor, wanted], [first, count]),
      )
      .reduce((sum, part) => add(sum, part));
    wanted.dispose();
    return rows;
  }

  dispose(): void {
    for (const {tensor} of this.#parts) tensor.dispose();
  }

  #bufferOf({tensor}: Part): GPUBuffer {
    return this.#gpu.tensorMap.get(tensor.dataId)!.resource as GPUBuffer;
  }

  #run(program: Widen, inputs: TensorInfo[], uniforms: number[]): Tensor2D {
    const list = uniforms.map((value) => ({type: 'int32', data: [value]}));
    const info = this.#gpu.runWebGPUProgram(program, inputs, 'float32', list);
    return engine().makeTensorFromTensorInfo(info) as Tensor2D;
  }
}

/** Pads halves to whole words, which is what can be written to a buffer. */
function wholeWords(numbers: StoredNumbers): StoredNumbers {
  if (numbers.byteLength % 4 === 0) return numbers;
  const padded = new Uint16Array(numbers.length + 1);
  padded.set(numbers);
  return padded;
}

/** A tfjs program with one thread for each number. */
abstract class Widen implements WebGPUProgram {
  abstract readonly variableNames: string[];
  abstract shaderKey: string;
  /** WGSL that `place` calls. */
  readonly functions: string = '';
  /** WGSL: the index of a number in the part, from its `index` in the output; negative: it is in another part. */
  abstract readonly place: string;
  readonly workgroupSize: [number, number, number] = [64, 1, 1];
  readonly size = true;
  readonly dispatchLayout: {x: number[]};
  readonly dispatch: [number, number, number];

  constructor(
    readonly dtype: WeightDtype,
    readonly outputShape: number[],
  ) {
    this.dispatchLayout = {x: outputShape.map((_, axis) => axis)};
    this.dispatch = [Math.ceil(sizeOf(outputShape) / this.workgroupSize[0]), 1, 1];
  }

  getUserCode(): string {
    return `${this.functions}
fn main(index: i32) {
  if (index < uniforms.size) {
    let place = ${this.place};
    var value = 0.0;
    if (place >= 0) { value = ${LOAD[this.dtype]}; }
    setOutputAtIndex(index, value);
  }
}`;
  }
}

/** WGSL: the number at `place`. */
const LOAD: Record<WeightDtype, string> = {
  float16: 'unpack2x16float(bitcast<u32>(packed[place / 2]))[place % 2]',
  float32: 'packed[place]',
};

/** Neighboring numbers. */
class WidenSlice extends Widen {
  readonly variableNames = ['packed'];
  readonly uniforms = 'first : i32,';
  shaderKey = `widen slice, ${this.dtype}`;
  readonly place = 'uniforms.first + index';
}

/** Rows by their indices in the matrix; those of other parts are 0. */
class WidenRows extends Widen {
  readonly variableNames = ['packed', 'rows'];
  readonly uniforms = 'first : i32, count : i32,';
  shaderKey = `widen rows, ${this.dtype}`;
  readonly place =
    'placeOf(rows[index / uniforms.outShape[1]] - uniforms.first, index % uniforms.outShape[1])';
  override readonly functions = `
fn placeOf(row: i32, column: i32) -> i32 {
  if (row < 0 || row >= uniforms.count) { return -1; }
  return row * uniforms.outShape[1] + column;
}`;
}
