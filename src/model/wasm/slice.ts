import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';
import {
  backend_util,
  type KernelFunc,
  type SliceAttrs,
  type SplitVAttrs,
  slice_util,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import {sizeOf} from '../named-tensor.js';

/*
 * tfjs's WebAssembly backend first copies the whole tensor out of its heap to take a piece of it. Cutting some thirty weights out of one
 * arena copies the arena thirty times. Here only the piece is copied, heap to heap, in runs that lie together.
 */

/** A rectangular piece of a tensor. */
export const slice: KernelFunc = ({inputs, backend, attrs}) => {
  const {x} = inputs as {x: TensorInfo};
  const {begin, size} = attrs as unknown as SliceAttrs;
  const [from, shape] = slice_util.parseSliceParams(x as never, begin, size) as [number[], number[]];
  return cut(backend as BackendWasm, x, from, shape);
};

/** Neighboring pieces along one axis. */
export const splitV: KernelFunc = ({inputs, backend, attrs}) => {
  const {x} = inputs as {x: TensorInfo};
  const {numOrSizeSplits, axis} = attrs as unknown as SplitVAttrs;
  const along = util.parseAxisParam(axis, x.shape)[0]!;
  const begin = x.shape.map(() => 0);
  return backend_util.prepareSplitSize(x as never, numOrSizeSplits, along).map((length) => {
    const piece = cut(backend as BackendWasm, x, begin, x.shape.with(along, length));
    begin[along]! += length;
    return piece;
  });
};

function cut(backend: BackendWasm, x: TensorInfo, begin: readonly number[], shape: number[]): TensorInfo {
  const out = backend.makeOutput(shape, x.dtype);
  const source = backend.typedArrayFromHeap(x);
  const target = backend.typedArrayFromHeap(out);
  const strides = x.shape.map((_, axis) => sizeOf(x.shape.slice(axis + 1)));
  // From the axis after the last that is cut on, everything is taken: with the cut axis it forms runs that lie together.
  const lastCut = Math.max(
    0,
    shape.findLastIndex((length, axis) => length !== x.shape[axis]),
  );
  const run = sizeOf(shape.slice(lastCut));
  for (let written = 0, row = 0; written < target.length; written += run, row++) {
    let rest = row;
    let start = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const index = axis < lastCut ? rest % shape[axis]! : 0;
      if (axis < lastCut) rest = Math.floor(rest / shape[axis]!);
      start += (begin[axis]! + index) * strides[axis]!;
    }
    target.set(source.subarray(start, start + run), written);
  }
  return out;
}
