import type {Tensor} from '@tensorflow/tfjs-core';
import type {BlockContext} from './block-context.js';
import {gelu} from './gelu.js';
import {linear} from './linear.js';

/**
 * Returns what the second half of a block computes: a two-layer network, applied to each token separately.
 * @param x [B, T, C], normalized
 * @returns [B, T, C]
 */
export function feedForward(x: Tensor, {weights, hook}: BlockContext): Tensor {
  // #region feed-forward
  const wide = linear(x, weights('mlp.c_fc.weight'), weights('mlp.c_fc.bias')); // [B, T, 4C]
  const pre = hook('mlp.pre', wide);
  const hidden = hook('mlp.hidden', gelu(pre), pre); // [B, T, 4C]
  const out = linear(hidden, weights('mlp.c_proj.weight'), weights('mlp.c_proj.bias')); // [B, T, C]
  return hook('mlp.out', out);
  // #endregion
}
