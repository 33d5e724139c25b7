import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';
import {
  backend_util,
  type KernelFunc,
  type MeanAttrs,
  type SumAttrs,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import {sizeOf} from '../named-tensor.js';

/*
 * tfjs's WebAssembly backend adds up one number after another in float32. Once a total has grown large, small terms are rounded away: the
 * norm of a gradient with 30 million equal numbers comes out several percent too small. Here everything is added up in float64, as on the
 * cpu backend. Nothing is transposed either: rows are added to rows where they lie.
 */

/** Sums over any axes in float64; other types with the backend's own kernel. */
export const sumWith = (original: KernelFunc): KernelFunc => reduceWith(original, () => 1);

/** Means over any axes in float64; other types with the backend's own kernel. */
export const meanWith = (original: KernelFunc): KernelFunc => reduceWith(original, (count) => count);

/** @param divisor what a sum of `count` numbers is divided by */
const reduceWith =
  (original: KernelFunc, divisor: (count: number) => number): KernelFunc =>
  (call) => {
    const {x} = call.inputs as {x: TensorInfo};
    if (x.dtype !== 'float32') return original(call);
    const {axis, keepDims} = call.attrs as unknown as SumAttrs & MeanAttrs;
    const axes = util.parseAxisParam(axis, x.shape);
    const backend = call.backend as BackendWasm;
    const [kept, summed] = backend_util.computeOutAndReduceShapes(x.shape, axes);
    const out = backend.makeOutput(
      keepDims ? backend_util.expandShapeToKeepDim(kept, axes) : kept,
      'float32',
    );
    const totals = sumOver(backend.typedArrayFromHeap(x) as Float32Array, x.shape, axes);
    const count = divisor(sizeOf(summed));
    backend.typedArrayFromHeap(out).set(count === 1 ? totals : totals.map((total) => total / count));
    return out;
  };

type Numbers = Float32Array | Float64Array;

/** The totals of the kept axes' entries, in their order. */
function sumOver(numbers: Numbers, shape: readonly number[], axes: readonly number[]): Numbers {
  const left = [...shape];
  for (const axis of axes.toSorted((a, b) => b - a)) {
    const inner = sizeOf(left.slice(axis + 1));
    numbers = inner === 1 ? sumRows(numbers, left[axis]!) : addRows(numbers, left[axis]!, inner);
    left[axis] = 1;
  }
  return numbers;
}

/** [N, length] → [N] */
function sumRows(numbers: Numbers, length: number): Float64Array {
  const totals = new Float64Array(length && numbers.length / length);
  for (let row = 0, i = 0; row < totals.length; row++) {
    let total = 0;
    for (const end = i + length; i < end; i++) total += numbers[i]!;
    totals[row] = total;
  }
  return totals;
}

/** [N, length, width] → [N, width] */
function addRows(numbers: Numbers, length: number, width: number): Float64Array {
  const totals = new Float64Array(length && numbers.length / length);
  for (let start = 0, i = 0; start < totals.length; start += width)
    for (let row = 0; row < length; row++)
      for (let column = 0; column < width; column++, i++) totals[start + column]! += numbers[i]!;
  return totals;
}
