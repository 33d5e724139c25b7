// Types alone: the backend is downloaded where it runs.
import type {WebGPUBackend, WebGPUProgram} from '@tensorflow/tfjs-backend-webgpu';
import {add, concat, engine, type Tensor2D, type TensorInfo, tensor1d} from '@tensorflow/tfjs-core';
import type {WeightDtype} from '../model/memory.js';
import {sizeOf} from '../model/named-tensor.js';
import type {PackedMatrix} from '../model/weights.js';

/** Neighboring rows of a matrix, in a flat tensor that may hold other numbers too. */
export interface RowsInTensor {
  /** Of 16-bit numbers, two are one word. */
  tensor: TensorInfo;
  /** Index of the first number in the tensor. */
  offset: number;
  /** Index of the first row in the matrix. */
  first: number;
  rows: number;
}

/**
 * Reads a matrix on a GPU that lies in several tensors, each with some of the rows. WGSL unpacks numbers of 16 bits without an optional
 * feature. Call its methods while its backend is the current one.
 */
export class RowsOnGpu implements PackedMatrix {
  readonly #gpu: WebGPUBackend;
  readonly #dtype: WeightDtype;
  readonly #parts: readonly RowsInTensor[];

  constructor(
    gpu: WebGPUBackend,
    readonly shape: readonly [rows: number, columns: number],
    dtype: WeightDtype,
    parts: readonly RowsInTensor[],
  ) {
    this.#gpu = gpu;
    this.#dtype = dtype;
    this.#parts = parts;
  }

  slice(first: number, count: number): Tensor2D {
    const columns = this.shape[1];
    const pieces = this.#parts.flatMap(({tensor, offset, first: begin, rows}) => {
      const from = Math.max(first, begin);
      const to = Math.min(first + count, begin + rows);
      if (from >= to) return [];
      const program = new WidenSlice(this.#dtype, [to - from, columns]);
      return [this.#run(program, [tensor], [offset + (from - begin) * columns])];
    });
    return pieces.length === 1 ? pieces[0]! : concat(pieces, 0);
  }

  take(indices: Int32Array): Tensor2D {
    const wanted = tensor1d(indices, 'int32');
    const shape: [number, number] = [indices.length, this.shape[1]];
    // Each part gives its own rows, and zeros for the others.
    const rows = this.#parts
      .map(({tensor, offset, first, rows: count}) =>
        this.#run(new WidenRows(this.#dtype, shape), [tensor, wanted], [offset, first, count]),
      )
      .reduce((sum, part) => add(sum, part));
    wanted.dispose();
    return rows;
  }

  #run(program: Widen, inputs: TensorInfo[], uniforms: number[]): Tensor2D {
    const list = uniforms.map((value) => ({type: 'int32', data: [value]}));
    const info = this.#gpu.runWebGPUProgram(program, inputs, 'float32', list);
    return engine().makeTensorFromTensorInfo(info) as Tensor2D;
  }
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
  readonly uniforms = 'offset : i32, first : i32, count : i32,';
  shaderKey = `widen rows, ${this.dtype}`;
  readonly place =
    'placeOf(rows[index / uniforms.outShape[1]] - uniforms.first, index % uniforms.outShape[1])';
  override readonly functions = `
fn placeOf(row: i32, column: i32) -> i32 {
  if (row < 0 || row >= uniforms.count) { return -1; }
  return uniforms.offset + row * uniforms.outShape[1] + column;
}`;
}
