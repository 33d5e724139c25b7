import {add, matMul, reshape, type Tensor, type Tensor2D} from '@tensorflow/tfjs-core';

/**
 * x · W + b over the last axis. The weight is [in, out], as GPT-2's Conv1D stores it.
 * All leading axes are one long list of rows to the multiplication: one large matmul instead of many small ones.
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const [inner, outer] = weight.shape as [number, number];
  const rows = reshape(x, [-1, inner]) as Tensor2D; // [B·T, in]
  const product = matMul(rows, weight as Tensor2D); // [B·T, out]
  return reshape(bias ? add(product, bias) : product, [...x.shape.slice(0, -1), outer]); // [B, T, out]
}
