/** tfjs's WebGPU backend, for the contestants that run on it. */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import {findBackendFactory, ready, registerBackend, removeBackend, setBackend} from '@tensorflow/tfjs-core';
import {requestGpu} from '../../src/engine/device/gpu-device.js';

let opened: Promise<void> | undefined;

/** Makes WebGPU tfjs's current backend. */
export const useWebGpu = (): Promise<void> => (opened ??= open());

async function open(): Promise<void> {
  const gpu = await requestGpu();
  if (!gpu) throw new Error('There is no WebGPU adapter.');
  if (findBackendFactory('webgpu')) removeBackend('webgpu'); // a device of tfjs's own choice has few limits
  registerBackend('webgpu', () => new WebGPUBackend(gpu.device, gpu.info), 3);
  await setBackend('webgpu');
  await ready();
}
