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

export function tfjsArenas(
  backend: TfjsMemory,
  variables: Record<'theta' | 'm' | 'v', Pick<Variable, 'dataId'>>,
): Arenas {
  const held = ({dataId}: Pick<Variable, 'dataId'>): Held => {
    backend.uploadToGPU(dataId); // does nothing where it is there
    return backend.tensorMap.get(dataId) as Held;
  };
  return {
    buffers: () => ({
      theta: held(variables.theta).resource!,
      m: held(variables.m).resource!,
      v: held(variables.v).resource!,
    }),
    flush: () => {
      if (!(backend as Pending).commandEncoder) return;
      backend.endComputePassEncoder();
      backend.submitQueue();
    },
    changed: () => {
      for (const variable of Object.values(variables)) held(variable).values = undefined;
    },
  };
}
