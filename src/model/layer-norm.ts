import {add, mean, mul, rsqrt, square, sub, type Tensor} from '@tensorflow/tfjs-core';
import {LAYER_NORM_EPSILON} from './config.js';

/**
 * Layer norm (Ba et al. 2016): every token's vector is shifted to mean 0 and scaled to variance 1, then scaled and shifted by what
 * the model has learned.
 * @param x [B, T, C]
 * @param weight γ [C]
 * @param bias β [C]
 */
export function layerNorm(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const centered = sub(x, mean(x, -1, true)); // [B, T, C]
  const variance = mean(square(centered), -1, true); // [B, T, 1]
  const normalized = mul(centered, rsqrt(add(variance, LAYER_NORM_EPSILON)));
  return add(mul(normalized, weight), bias);
}
