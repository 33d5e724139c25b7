// Types alone: the backend is downloaded where it runs.
import type {WebGPUBackend, WebGPUProgram} from '@tensorflow/tfjs-backend-webgpu';
import {engine, keep, type Tensor1D, type Tensor2D, type TensorInfo, tensor1d} from '@tensorflow/tfjs-core';
import {sizeOf} from '../model/named-tensor.js';
import type {PackedMatrix} from '../model/weights.js';
import {pacedWriter} from './tensor-writer.js';

/**
 * A matrix on a GPU, two 16-bit numbers a word, in a buffer of its own. WGSL unpacks them without an optional feature. Call its methods
 * while its backend is the current one.
 */
export class MatrixOnGpu implements PackedMatrix {
  readonly #gpu: WebGPUBackend;
  readonly #words: Tensor1D;
  readonly #write: ReturnType<typeof pacedWriter>;

  constructor(
    gpu: WebGPUBackend,
    readonly shape: readonly [rows: number, columns: number],
  ) {
    this.#gpu = gpu;
    const info = gpu.makeTensorInfo([Math.ceil((shape[0] * shape[1]) / 2)], 'int32');
    gpu.uploadToGPU(info.dataId); // allocates: there are no numbers yet
    this.#words = keep(engine().makeTensorFromTensorInfo(info) as Tensor1D);
    this.#write = pacedWriter(gpu.device.queue);
  }

  /** The buffer of its numbers, row by row. */
  get buffer(): GPUBuffer {
    return this.#gpu.tensorMap.get(this.#words.dataId)!.resource as GPUBuffer;
  }

  /** @param first index of the first number, even */
  write(first: number, halves: Uint16Array<ArrayBuffer>): Promise<void> {
    if (halves.length % 2 === 0) return this.#write(this.buffer, 2 * first, halves);
    const padded = new Uint16Array(halves.length + 1);
    padded.set(halves);
    return this.#write(this.buffer, 2 * first, padded);
  }

  slice(first: number, count: number): Tensor2D {
    const shape: [number, number] = [count, this.shape[1]];
    return this.#run(new WidenSlice(shape), [this.#words], [{type: 'int32', data: [first * this.shape[1]]}]);
  }

  take(indices: Int32Array): Tensor2D {
    const rows = tensor1d(indices, 'int32');
    const widened = this.#run(new WidenRows([indices.length, this.shape[1]]), [this.#words, rows]);
    rows.dispose();
    return widened;
  }

  dispose(): void {
    this.#words.dispose();
  }

  #run(
    program: Widen,
    inputs: TensorInfo[],
    uniforms?: Parameters<WebGPUBackend['runWebGPUProgram']>[3],
  ): Tensor2D {
    const info = this.#gpu.runWebGPUProgram(program, inputs, 'float32', uniforms);
    return engine().makeTensorFromTensorInfo(info) as Tensor2D;
  }
}

/** A tfjs program with one thread for each number. */
abstract class Widen implements WebGPUProgram {
  abstract readonly variableNames: string[];
  abstract shaderKey: string;
  /** WGSL: the index of a number in the matrix, from its `index` in the output. */
  abstract readonly place: string;
  readonly workgroupSize: [number, number, number] = [64, 1, 1];
  readonly size = true;
  readonly dispatchLayout: {x: number[]};
  readonly dispatch: [number, number, number];

  constructor(readonly outputShape: number[]) {
    this.dispatchLayout = {x: outputShape.map((_, axis) => axis)};
    this.dispatch = [Math.ceil(sizeOf(outputShape) / this.workgroupSize[0]), 1, 1];
  }

  getUserCode(): string {
    return `
fn main(index: i32) {
  if (index < uniforms.size) {
    let place = ${this.place};
    setOutputAtIndex(index, unpack2x16float(bitcast<u32>(packed[place / 2]))[place % 2]);
  }
}`;
  }
}

/** Neighboring numbers. */
class WidenSlice extends Widen {
  readonly variableNames = ['packed'];
  readonly uniforms = 'first : i32,';
  shaderKey = 'widen slice';
  readonly place = 'uniforms.first + index';
}

/** Rows by their indices. */
class WidenRows extends Widen {
  readonly variableNames = ['packed', 'rows'];
  shaderKey = 'widen rows';
  readonly place = 'rows[index / uniforms.outShape[1]] * uniforms.outShape[1] + index % uniforms.outShape[1]';
}
