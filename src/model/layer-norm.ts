import {add, mean, mul, rsqrt, square, sub, type Tensor} from '@tensorflow/tfjs-core';
import {LAYER_NORM_EPSILON} from './config.js';

/**
 * Returns each token's vector with mean 0 and variance 1, scaled by γ and shifted by β, which are learned (Ba et al. 2016).
 * @param x [B, T, C]
 * @param weight γ [C]
 * @param bias β [C]
 * @returns [B, T, C]
 */
export function layerNorm(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  // #region layer-norm
  const centered = sub(x, mean(x, -1, true)); // [B, T, C]
  const variance = mean(square(centered), -1, true); // [B, T, 1]
  const normalized = mul(centered, rsqrt(add(variance, LAYER_NORM_EPSILON))); // [B, T, C]
  return add(mul(normalized, weight), bias); // [B, T, C]
  // #endregion
}
