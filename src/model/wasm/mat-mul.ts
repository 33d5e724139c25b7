import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';
import {
  BatchMatMul,
  type BatchMatMulAttrs,
  broadcast_util,
  getKernel,
  type KernelFunc,
  type TensorInfo,
  Transpose,
} from '@tensorflow/tfjs-core';
import {sizeOf} from '../named-tensor.js';

/*
 * tfjs's WebAssembly backend multiplies matrices quickly (XNNPACK, SIMD) only where neither is transposed and there is one pair of them;
 * anything else goes through a plain loop, several times slower. A GPT's backward pass is all transposed products, and its attention is
 * B·H pairs. So: transpose first, then hand the pairs over one by one. They are not copied: each is announced as a tensor of its own
 * that lies inside the larger one's memory.
 */

/** [..., I, K] · [..., K, J] → [..., I, J], each side possibly given transposed, or once for the whole batch. */
export const batchMatMul: KernelFunc = ({inputs, backend, attrs}) => {
  const wasm = backend as BackendWasm;
  const given = inputs as {a: TensorInfo; b: TensorInfo};
  const {transposeA, transposeB} = attrs as unknown as BatchMatMulAttrs;
  const a = transposeA ? swapLastAxes(given.a, wasm) : given.a;
  const b = transposeB ? swapLastAxes(given.b, wasm) : given.b;
  const [I, K] = a.shape.slice(-2) as [number, number];
  const J = b.shape.at(-1)!;
  const outer = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const out = wasm.makeOutput([...outer, I, J], 'float32');
  multiplyPairs(wasm, sizeOf(outer), {a, b, out}, [I, K, J]);
  if (transposeA) wasm.disposeData(a.dataId);
  if (transposeB) wasm.disposeData(b.dataId);
  return out;
};

function swapLastAxes(x: TensorInfo, backend: BackendWasm): TensorInfo {
  const rank = x.shape.length;
  const perm = [...x.shape.keys()];
  [perm[rank - 2], perm[rank - 1]] = [rank - 1, rank - 2];
  const transpose = getKernel(Transpose, 'wasm')!.kernelFunc;
  return transpose({inputs: {x}, backend, attrs: {perm}}) as TensorInfo;
}

const FLOAT_BYTES = 4;
/** Ids for the parts of a tensor while they are being multiplied, out of the reach of the backend's own, which count up from 1. */
const PART = {a: 2 ** 30, b: 2 ** 30 + 1, out: 2 ** 30 + 2};

type Operands = Record<keyof typeof PART, TensorInfo>;

/** Multiplies pair after pair of matrices, in place. */
function multiplyPairs(
  backend: BackendWasm,
  pairs: number,
  operands: Operands,
  [I, K, J]: [number, number, number],
): void {
  const {tfjs} = backend.wasm;
  const matMul = wasmMatMul(backend);
  const shapeA = shapeBytes(1, I, K);
  const shapeB = shapeBytes(1, K, J);
  const parts = (Object.keys(PART) as (keyof typeof PART)[]).map((name) => {
    const {dataId, shape} = operands[name];
    const size = shape.at(-2)! * shape.at(-1)!;
    const stride = sizeOf(shape) === size ? 0 : size * FLOAT_BYTES; // 0: the same matrix for every pair
    return {id: PART[name], size, stride, start: backend.getMemoryOffset(dataId)};
  });
  for (let pair = 0; pair < pairs; pair++) {
    for (const {id, size, stride, start} of parts) tfjs.registerTensor(id, size, start + pair * stride);
    matMul(PART.a, shapeA, 3, PART.b, shapeB, 3, 0, 0, PART.out);
    for (const {id} of parts) tfjs.disposeData(id);
  }
}

type WasmMatMul = (
  ...args: [number, Uint8Array, number, number, Uint8Array, number, 0 | 1, 0 | 1, number]
) => void;

const compiled = new WeakMap<BackendWasm, WasmMatMul>();

/** The C++ function behind the kernel: ids, shapes and ranks of both sides, whether transposed, id of the result. */
function wasmMatMul(backend: BackendWasm): WasmMatMul {
  let matMul = compiled.get(backend);
  if (!matMul) {
    const operand = ['number', 'array', 'number'];
    const signature = [...operand, ...operand, 'number', 'number', 'number'];
    // cwrap is Emscripten's; tfjs uses it in the same way but leaves it out of its types
    const {cwrap} = backend.wasm as unknown as {
      cwrap(name: string, result: null, args: string[]): WasmMatMul;
    };
    matMul = cwrap(BatchMatMul, null, signature);
    compiled.set(backend, matMul);
  }
  return matMul;
}

const shapeBytes = (...shape: number[]) => new Uint8Array(new Int32Array(shape).buffer);
