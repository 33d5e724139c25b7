import {add, type Tensor} from '@tensorflow/tfjs-core';
import {DROPOUT_SITE} from '../math/dropout-mask.js';
import {attention} from './attention.js';
import type {BlockContext} from './block-context.js';
import {dropout} from './dropout.js';
import {feedForward} from './feed-forward.js';
import {layerNorm} from './layer-norm.js';

/**
 * Returns the residual stream after one transformer block, pre-norm as in GPT-2: attention and feed-forward each read a normalized copy of
 * the stream and add their output to it.
 * @param stream [B, T, C], the residual stream
 * @returns [B, T, C]
 */
export function block(stream: Tensor, context: BlockContext): Tensor {
  const {weights, layer, drop, hook} = context;
  // #region block
  const x = hook('resid_pre', stream); // [B, T, C]
  const ln1 = hook('ln_1', layerNorm(x, weights('ln_1.weight'), weights('ln_1.bias')), x); // [B, T, C]
  const attended = dropout(attention(ln1, context), drop, DROPOUT_SITE.attentionOut(layer)); // [B, T, C]
  const middle = hook('resid_mid', add(x, attended), attended); // [B, T, C]

  const ln2 = hook('ln_2', layerNorm(middle, weights('ln_2.weight'), weights('ln_2.bias')), middle); // [B, T, C]
  const fed = dropout(feedForward(ln2, context), drop, DROPOUT_SITE.feedForwardOut(layer)); // [B, T, C]
  return hook('resid_post', add(middle, fed), fed); // [B, T, C]
  // #endregion
}

/**
 * Returns the residual stream after a post-norm block, as in Vaswani et al. 2017: each sublayer reads the stream itself, and its sum with
 * the stream is normalized, so no value passes the block unchanged.
 * @param stream [B, T, C]
 * @returns [B, T, C]
 */
export function postNormBlock(stream: Tensor, context: BlockContext): Tensor {
  const {weights, layer, drop, hook} = context;
  // #region post-norm-block
  const x = hook('resid_pre', stream); // [B, T, C]
  const attended = dropout(attention(x, context), drop, DROPOUT_SITE.attentionOut(layer)); // [B, T, C]
  const middle = hook('resid_mid', add(x, attended), attended); // [B, T, C]
  const ln1 = hook('ln_1', layerNorm(middle, weights('ln_1.weight'), weights('ln_1.bias')), middle); // [B, T, C]

  const fed = dropout(feedForward(ln1, context), drop, DROPOUT_SITE.feedForwardOut(layer)); // [B, T, C]
  const sum = hook('resid_post', add(ln1, fed), fed); // [B, T, C]
  return hook('ln_2', layerNorm(sum, weights('ln_2.weight'), weights('ln_2.bias')), sum); // [B, T, C]
  // #endregion
}
