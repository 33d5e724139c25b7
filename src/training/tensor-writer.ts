import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import {backend, getBackend, tensor1d, type Variable} from '@tensorflow/tfjs-core';
import type {StoredNumbers} from '../model/packed-matrix.js';
import {tfjsArenas} from '../webgpu/index.js';
import {moveInto} from './move-into.js';

/** Bytes that may wait in a GPU's queue, which keeps a copy of each write until it is done. */
const MOST_QUEUED_BYTES = 16 * 2 ** 20;

/** Writes parts of a flat float32 variable on the current backend. */
export interface TensorWriter {
  /** @param first index of the first number. Await it before the next call. */
  write(first: number, numbers: Float32Array): Promise<void>;
  /** To be called after the last `write`. */
  finish(): void;
}

/** Returns a writer that holds no second copy of the numbers, except on WebGL, which takes whole tensors only. */
export function writerOf(target: Variable): TensorWriter {
  switch (getBackend()) {
    case 'wasm': {
      const wasm = backend() as BackendWasm;
      return direct((first, numbers) => wasm.typedArrayFromHeap(target).set(numbers, first));
    }
    case 'cpu':
      return direct((first, numbers) => (target.dataSync() as Float32Array).set(numbers, first));
    case 'webgpu':
      return gpuWriter(backend() as WebGPUBackend, target);
    default: {
      const whole = new Float32Array(target.size);
      const {write} = direct((first, numbers) => whole.set(numbers, first));
      return {write, finish: () => moveInto(target, tensor1d(whole))};
    }
  }
}

function direct(set: (first: number, numbers: Float32Array) => void): TensorWriter {
  return {write: async (first, numbers) => set(first, numbers), finish() {}};
}

function gpuWriter(gpu: WebGPUBackend, target: Variable): TensorWriter {
  const {buffers, flush, changed} = tfjsArenas(gpu, {target});
  const paced = pacedWriter(gpu.device.queue);
  flush(); // what fills it is submitted first
  return {
    write: (first, numbers) => paced(buffers().target, 4 * first, numbers as Float32Array<ArrayBuffer>),
    finish: changed,
  };
}

/** Returns `queue.writeBuffer`, which waits when much is queued. */
export function pacedWriter(
  queue: GPUQueue,
): (buffer: GPUBuffer, offset: number, numbers: StoredNumbers) => Promise<void> {
  let queued = 0;
  return async (buffer, offset, numbers) => {
    queue.writeBuffer(buffer, offset, numbers);
    queued += numbers.byteLength;
    if (queued < MOST_QUEUED_BYTES) return;
    queued = 0;
    await queue.onSubmittedWorkDone();
  };
}
