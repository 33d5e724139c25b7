/** Runs a test on a named tfjs backend, in the browser. */
import '@tensorflow/tfjs-backend-cpu';
import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
import {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import {
  env,
  findBackendFactory,
  ready,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import {registerWasmKernels} from '../wasm-kernels.js';

export const BACKENDS = ['cpu', 'wasm', 'webgpu'] as const;
export type TestBackend = (typeof BACKENDS)[number];

let device: GPUDevice | undefined;
/** What the GPU complained about: wrong shaders do not throw, they give zeros. */
const gpuErrors: string[] = [];

/** Makes `name` the current backend, ready to train. */
export async function useBackend(name: TestBackend): Promise<void> {
  if (name === 'wasm') {
    setWasmPaths('/src/engine/');
    registerWasmKernels();
  }
  if (name === 'webgpu' && !device) await registerWebGPU();
  if (!(await setBackend(name))) throw new Error(`The backend ${name} could not be started.`);
  await ready();
}

/** A WebGPU device on which nothing has run yet. @param limits default: all that the adapter has */
export async function useFreshDevice(limits?: Record<string, number>): Promise<GPUDevice> {
  await registerWebGPU(limits);
  await useBackend('webgpu');
  return device!;
}

/** @throws where the GPU has complained since the last call */
export async function checkGPUErrors(): Promise<void> {
  await device?.queue.onSubmittedWorkDone();
  const errors = gpuErrors.splice(0);
  if (errors.length > 0) throw new Error(`WebGPU: ${errors.join('; ')}`);
}

/** tfjs's backend on a device of our own, by default with all the adapter's limits, and without its detour of small tensors over the CPU. */
async function registerWebGPU(limits?: Record<string, number>): Promise<void> {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) throw new Error('This browser has no WebGPU adapter.');
  const requiredLimits: Record<string, number> = limits ?? {};
  for (const limit in limits ? {} : adapter.limits)
    requiredLimits[limit] = adapter.limits[limit as keyof GPUSupportedLimits] as number;
  device = await adapter.requestDevice({requiredLimits});
  device.addEventListener('uncapturederror', ({error}) => gpuErrors.push(error.message));
  env().set('WEBGPU_CPU_FORWARD', false);
  const owned = new WebGPUBackend(device, adapter.info);
  if (findBackendFactory('webgpu')) removeBackend('webgpu');
  registerBackend('webgpu', () => owned, 3);
}
