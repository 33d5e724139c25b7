import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';
import {backend_util, type KernelFunc, type SumAttrs, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {sizeOf} from '../named-tensor.js';

/*
 * The gradient of a bias is the sum over all tokens: over the leading axes. tfjs's WebAssembly backend transposes the whole tensor to sum
 * along its last axis; here row is added to row where they lie.
 */

/** Sums over the leading axes quickly, over others with the backend's own kernel. */
export const sumWith =
  (original: KernelFunc): KernelFunc =>
  (call) => {
    const {x} = call.inputs as {x: TensorInfo};
    const {axis, keepDims} = call.attrs as unknown as SumAttrs;
    const axes = util.parseAxisParam(axis, x.shape);
    const leading = axes.length < x.shape.length && axes.every((value, i) => value === i);
    if (!leading || x.dtype !== 'float32') return original(call);
    const kept = x.shape.slice(axes.length);
    const shape = keepDims ? backend_util.expandShapeToKeepDim(kept, axes) : kept;
    return addRows(call.backend as BackendWasm, x, shape);
  };

function addRows(backend: BackendWasm, x: TensorInfo, shape: number[]): TensorInfo {
  const out = backend.makeOutput(shape, 'float32');
  const source = backend.typedArrayFromHeap(x);
  const total = new Float64Array(sizeOf(shape));
  const width = total.length;
  for (let row = 0; row < source.length; row += width)
    for (let i = 0; i < width; i++) total[i]! += source[row + i]!;
  backend.typedArrayFromHeap(out).set(total);
  return out;
}
