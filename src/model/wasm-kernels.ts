import {
  BatchMatMul,
  Cast,
  getKernel,
  Identity,
  type KernelFunc,
  Mean,
  registerKernel,
  Slice,
  SplitV,
  Sum,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import {batchMatMul} from './wasm/mat-mul.js';
import {castWith, identity} from './wasm/share.js';
import {slice, splitV} from './wasm/slice.js';
import {meanWith, sumWith} from './wasm/sum.js';

/**
 * Replaces the kernels of tfjs's WebAssembly backend that cost a training step most by quicker ones. Sum and Mean add up in
 * float64, so their results are closer.
 * Call it after `@tensorflow/tfjs-backend-wasm` is imported; calling it again changes nothing.
 */
export function registerWasmKernels(): void {
  if (getKernel(Identity, 'wasm')?.kernelFunc === identity) return;
  replace(Cast, castWith(getKernel(Cast, 'wasm')!.kernelFunc));
  replace(Sum, sumWith(getKernel(Sum, 'wasm')!.kernelFunc));
  replace(Mean, meanWith(getKernel(Mean, 'wasm')!.kernelFunc));
  replace(BatchMatMul, batchMatMul);
  replace(Identity, identity);
  replace(Slice, slice);
  replace(SplitV, splitV);
}

function replace(kernelName: string, kernelFunc: KernelFunc): void {
  const {setupFunc} = getKernel(kernelName, 'wasm')!; // the original's C++ binding, which the wrapped ones still call
  unregisterKernel(kernelName, 'wasm');
  registerKernel({kernelName, backendName: 'wasm', kernelFunc, setupFunc});
}
