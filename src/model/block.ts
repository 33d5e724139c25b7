import {add, type Tensor} from '@tensorflow/tfjs-core';
import {DROPOUT_SITE} from '../math/dropout-mask.js';
import {attention} from './attention.js';
import type {GPTConfig} from './config.js';
import {type Dropout, dropout} from './dropout.js';
import {feedForward} from './feed-forward.js';
import {layerNorm} from './layer-norm.js';
import type {Trace} from './trace.js';
import type {Weights} from './weights.js';

/**
 * One transformer block, pre-norm as in GPT-2: attention and feed-forward each read a normalized copy of the residual stream and add
 * what they found to it.
 * @param x [B, T, C], the residual stream
 * @returns [B, T, C]
 */
export function block(
  x: Tensor,
  weights: Weights,
  config: GPTConfig,
  mask: Tensor,
  layer: number,
  drop?: Dropout,
  trace?: Trace,
  ablated?: readonly number[],
): Tensor {
  const ln1 = layerNorm(x, weights('ln_1.weight'), weights('ln_1.bias'));
  trace?.record('resid_pre', x);
  trace?.record('ln_1', ln1);
  const attended = attention(ln1, weights, config, mask, layer, drop, trace, ablated);
  const middle = add(x, dropout(attended, drop, DROPOUT_SITE.attentionOut(layer)));

  const ln2 = layerNorm(middle, weights('ln_2.weight'), weights('ln_2.bias'));
  trace?.record('resid_mid', middle);
  trace?.record('ln_2', ln2);
  const fed = feedForward(ln2, weights, trace);
  const post = add(middle, dropout(fed, drop, DROPOUT_SITE.feedForwardOut(layer)));
  trace?.record('resid_post', post);
  return post;
}
