import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';
import type {CastAttrs, KernelFunc, TensorInfo} from '@tensorflow/tfjs-core';

/*
 * tfjs keeps a clone of every tensor that its gradients will need, and casts float32 to float32 before every product. The WebAssembly
 * backend copies the numbers each time; tensors never change, so here the clone points at the same memory, which is freed with the last.
 */

function share(backend: BackendWasm, {dataId, shape, dtype}: TensorInfo): TensorInfo {
  backend.incRef(dataId);
  return {dataId, shape, dtype};
}

/** A clone. */
export const identity: KernelFunc = ({inputs, backend}) => {
  const {x} = inputs as {x: TensorInfo};
  return share(backend as BackendWasm, x);
};

/** The backend's own cast, except where the type stays what it is. */
export const castWith =
  (original: KernelFunc): KernelFunc =>
  (call) => {
    const {x} = call.inputs as {x: TensorInfo};
    const {dtype} = call.attrs as unknown as CastAttrs;
    return x.dtype === dtype ? share(call.backend as BackendWasm, x) : original(call);
  };
