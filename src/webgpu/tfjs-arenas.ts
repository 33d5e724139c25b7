/**
 * Arenas that are tfjs variables on the WebGPU backend. tfjs knows nothing of the plan's kernels, so that it must be told three things:
 * to submit what it still holds back, where a variable's buffer is, and that what it has read earlier is no longer true.
 */
import type {Variable} from '@tensorflow/tfjs-core';
import type {Arenas} from './train-plan.js';

/** The part of tfjs's `WebGPUBackend` that we use. Its own type would oblige everyone who compiles with ours to install it. */
export interface TfjsMemory {
  tensorMap: {get(dataId: object): unknown};
  uploadToGPU(dataId: object): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** The part of a tfjs tensor's record that we use: its buffer, and its numbers where tfjs has read them. */
interface Held {
  resource?: GPUBuffer;
  values?: unknown;
}

/** tfjs's commands that wait for more to come. */
interface Pending {
  commandEncoder?: GPUCommandEncoder | null;
}

/** @param variables by the names of their buffers */
export function tfjsArenas<Name extends string>(
  backend: TfjsMemory,
  variables: Readonly<Record<Name, Pick<Variable, 'dataId'>>>,
): Omit<Arenas, 'buffers'> & {buffers(): Record<Name, GPUBuffer>} {
  const held = ({dataId}: Pick<Variable, 'dataId'>): Held => {
    backend.uploadToGPU(dataId); // does nothing where it is there
    return backend.tensorMap.get(dataId) as Held;
  };
  return {
    buffers: () => {
      const buffers = {} as Record<Name, GPUBuffer>;
      for (const name in variables) buffers[name] = held(variables[name]).resource!;
      return buffers;
    },
    flush: () => {
      if (!(backend as Pending).commandEncoder) return;
      backend.endComputePassEncoder();
      backend.submitQueue();
    },
    changed: () => {
      for (const name in variables) held(variables[name]).values = undefined;
    },
  };
}
