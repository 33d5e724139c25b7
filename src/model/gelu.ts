import {add, mul, sigmoid, square, type Tensor} from '@tensorflow/tfjs-core';

const SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);

/**
 * Returns GELU(x), element by element, in GPT-2's tanh approximation (Hendrycks & Gimpel 2016; "gelu_new" in Hugging Face):
 * ½·x·(1 + tanh(u)) with u = √(2/π)·(x + 0.044715·x³).
 * It is computed as x·σ(2u), which is the same function because ½·(1 + tanh(u)) = σ(2u).
 */
export function gelu(x: Tensor): Tensor {
  // #region gelu
  const u2 = mul(x, add(mul(square(x), 2 * SQRT_2_OVER_PI * 0.044715), 2 * SQRT_2_OVER_PI)); // 2u
  return mul(x, sigmoid(u2));
  // #endregion
}
