import {add, matMul, reshape, type Tensor, type Tensor2D} from '@tensorflow/tfjs-core';

/**
 * Returns x · W + b, computed over the last axis. All leading axes are flattened into rows, so that one large matrix product is computed
 * instead of many small ones.
 * @param x […, in]
 * @param weight W [in, out], as GPT-2's Conv1D stores it
 * @param bias b [out]
 * @returns […, out]
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const [inner, outer] = weight.shape as [number, number];
  const rows = reshape(x, [-1, inner]) as Tensor2D; // [B·T, in]
  const product = matMul(rows, weight as Tensor2D); // [B·T, out]
  return reshape(bias ? add(product, bias) : product, [...x.shape.slice(0, -1), outer]); // [B, T, out]
}
