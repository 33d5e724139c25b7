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
 * @param x [B, T, C], the residual stream
 * @returns [B, T, C]
 */
export function block(x: Tensor, context: BlockContext): Tensor {
  const {weights, layer, drop, trace} = context;
  // #region block
  const ln1 = layerNorm(x, weights('ln_1.weight'), weights('ln_1.bias')); // [B, T, C]
  const attended = attention(ln1, context); // [B, T, C]
  const middle = add(x, dropout(attended, drop, DROPOUT_SITE.attentionOut(layer))); // [B, T, C]

  const ln2 = layerNorm(middle, weights('ln_2.weight'), weights('ln_2.bias')); // [B, T, C]
  const fed = feedForward(ln2, context); // [B, T, C]
  const out = add(middle, dropout(fed, drop, DROPOUT_SITE.feedForwardOut(layer))); // [B, T, C]
  // #endregion

  trace?.record('resid_pre', x);
  trace?.record('ln_1', ln1);
  trace?.record('resid_mid', middle);
  trace?.record('ln_2', ln2);
  trace?.record('resid_post', out);
  return out;
}
