/**
 * Addresses of the files that lie beside the engine's worker. Each URL is literal, so that bundlers find the file; this
 * module stays in the worker's folder, so that the same paths hold in the source and in the bundled worker.
 */
import type {PretrainedName} from '../model/presets.js';
import {beside} from './beside.js';

const simd = () => beside(new URL('./tfjs-backend-wasm-simd.wasm', import.meta.url)).href;

/** tfjs's WebAssembly binaries, by the names under which tfjs asks for them. */
export const wasmFiles = () => ({
  'tfjs-backend-wasm.wasm': beside(new URL('./tfjs-backend-wasm.wasm', import.meta.url)).href,
  'tfjs-backend-wasm-simd.wasm': simd(),
  // tfjs insists on a third address. It is never fetched: threads are switched off (docs/decisions/0008).
  'tfjs-backend-wasm-threaded-simd.wasm': simd(),
});

/** Models that ship trained: one safetensors file each. */
export const pretrainedFiles: Record<PretrainedName, () => URL> = {
  'tiny-tales': () => beside(new URL('./tiny-tales.safetensors', import.meta.url)),
};
