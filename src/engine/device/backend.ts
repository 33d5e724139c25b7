import {
  env,
  findBackendFactory,
  ready,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import {registerWasmKernels} from '../../model/wasm-kernels.js';
import {wasmFiles} from '../assets.js';
import type {BackendName} from '../protocol.js';
import {hasHardwareGpu, isSoftware, requestGpu} from './gpu-device.js';

/** Something that runs tfjs: open, and made tfjs's current backend. */
export interface Backend {
  name: BackendName;
  description: string;
  /** True where a GPU does the work, not software. */
  hardware: boolean;
  /** Bytes: all that it can hold, and the largest single tensor; a guess where the browser does not tell. */
  memory: {total: number; largest: number};
  /** What it has complained of since the last call. */
  takeErrors(): string[];
  /** Settles when the device is lost for good. Absent where that cannot happen or is not told: only WebGPU has it. */
  lost?: Promise<string>;
  /** Makes it tfjs's current backend again. */
  use(): Promise<void>;
  /** Frees it. */
  close(): void;
}

/** How long to wait for a device-lost event after a failure: the failure may be told first. */
const NEWS_MS = 200;

/** Returns why a device is gone, which explains a failure; undefined where it is not gone. */
export async function whyLost({lost}: Pick<Backend, 'lost'>): Promise<string | undefined> {
  return lost && Promise.race([lost, new Promise<undefined>((resolve) => setTimeout(resolve, NEWS_MS))]);
}

const GB = 2 ** 30;
/** What the browser says the machine has; some say nothing, and none says more than 8 GB. */
const toldMemory = (): number =>
  (globalThis.navigator as {deviceMemory?: number} | undefined)?.deviceMemory ?? 8;
/** A graphics card's memory is never told. A machine with much of its own is given the benefit of the doubt. */
const graphicsMemory = (): number => (toldMemory() >= 8 ? 16 : toldMemory()) * GB;

async function use(name: BackendName): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`tfjs could not start its ${name} backend.`);
  await ready();
}

const simple = {takeErrors: () => [], close: () => {}};

async function openWebGpu(isLate = () => false): Promise<Backend | undefined> {
  const gpu = await requestGpu();
  if (!gpu) return undefined;
  const {WebGPUBackend} = await import('@tensorflow/tfjs-backend-webgpu');
  if (isLate()) {
    gpu.device.destroy(); // tfjs uses another backend by now, which must stay the current one
    return undefined;
  }
  // Small tensors stay on the GPU too: one path, whose errors show.
  env().set('WEBGPU_CPU_FORWARD', false);
  // The name must stay `webgpu`: tfjs's kernels are registered under it. tfjs has registered a device of its own choice.
  if (findBackendFactory('webgpu')) removeBackend('webgpu');
  registerBackend('webgpu', () => new WebGPUBackend(gpu.device, gpu.info), 3);
  await use('webgpu');
  const {maxBufferSize, maxStorageBufferBindingSize} = gpu.device.limits;
  return {
    name: 'webgpu',
    description: gpu.hardware ? gpu.description : `${gpu.description} (software)`,
    hardware: gpu.hardware,
    memory: {total: graphicsMemory(), largest: Math.min(maxBufferSize, maxStorageBufferBindingSize)},
    takeErrors: gpu.takeErrors,
    lost: gpu.device.lost.then(({message, reason}) => message || reason),
    use: () => use('webgpu'),
    close() {
      if (findBackendFactory('webgpu')) removeBackend('webgpu');
      gpu.device.destroy();
    },
  };
}

let wasmPathsSet = false;

async function openWasm(): Promise<Backend | undefined> {
  if (typeof WebAssembly === 'undefined') return undefined;
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  // Once: after a failure, e.g. a file that could not be fetched, tfjs refuses to be told the paths again.
  if (!wasmPathsSet) wasm.setWasmPaths(wasmFiles());
  wasmPathsSet = true;
  // tfjs starts its threads from the source text of one of its functions, which no minified build survives: there
  // they would fail with errors that nothing can catch. One thread works everywhere.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  registerWasmKernels(); // three times quicker training than with tfjs's own
  await use('wasm');
  const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
  return {
    ...simple,
    name: 'wasm',
    description: simd ? '1 thread, SIMD' : '1 thread, no SIMD',
    hardware: false,
    memory: {total: 2 * GB, largest: GB}, // tfjs's binaries can grow their heap to 2 GB
    use: () => use('wasm'),
  };
}

function webGlRenderer(): string | undefined {
  const gl = globalThis.OffscreenCanvas && new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return undefined;
  const {UNMASKED_RENDERER_WEBGL} = gl.getExtension('WEBGL_debug_renderer_info') ?? {
    UNMASKED_RENDERER_WEBGL: gl.RENDERER,
  };
  const renderer = String(gl.getParameter(UNMASKED_RENDERER_WEBGL));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return renderer;
}

async function openWebGl(): Promise<Backend | undefined> {
  const renderer = webGlRenderer();
  if (!renderer) return undefined;
  await import('@tensorflow/tfjs-backend-webgl');
  await use('webgl');
  const factory = findBackendFactory('webgl');
  const software = isSoftware(renderer);
  return {
    ...simple,
    name: 'webgl',
    description: software ? `${renderer} (software)` : renderer,
    hardware: !software,
    memory: {total: graphicsMemory(), largest: graphicsMemory()},
    use: () => use('webgl'),
    close() {
      removeBackend('webgl');
      registerBackend('webgl', factory, 2); // for another time
    },
  };
}

async function openCpu(): Promise<Backend> {
  await import('@tensorflow/tfjs-backend-cpu');
  await use('cpu');
  return {
    ...simple,
    name: 'cpu',
    description: 'plain JavaScript',
    hardware: false,
    memory: {total: (toldMemory() / 2) * GB, largest: 2 * GB},
    use: () => use('cpu'),
  };
}

/** Says whether a GPU, and not software, would do the work, without opening the backend. Undefined: the browser has none. */
export async function isHardware(name: BackendName): Promise<boolean | undefined> {
  if (name === 'webgpu') return hasHardwareGpu();
  const renderer = name === 'webgl' ? webGlRenderer() : undefined;
  return renderer === undefined ? undefined : !isSoftware(renderer);
}

/**
 * Opens a backend and makes it current.
 * @param isLate whether it is no longer waited for, so that it must not become current
 * @returns undefined where the browser has none
 */
export type OpenBackend = (isLate?: () => boolean) => Promise<Backend | undefined>;

export const openBackend: Record<BackendName, OpenBackend> = {
  webgpu: openWebGpu,
  wasm: openWasm,
  webgl: openWebGl,
  cpu: openCpu,
};
