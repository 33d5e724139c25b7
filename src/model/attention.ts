import {
  add,
  matMul,
  mul,
  reshape,
  softmax,
  split,
  type Tensor,
  tensor2d,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
import {DROPOUT_SITE} from '../math/dropout-mask.js';
import type {BlockContext} from './block-context.js';
import {dropout} from './dropout.js';
import {linear} from './linear.js';

/** Stands for −∞, which would make NaN of a gradient: e to this power is exactly 0 in float32. */
export const MASKED = -1e9;

/**
 * Returns what is added to the attention scores, [T, P + T]: 0 up to each query's own position, −1e9 at every later key.
 * @param past P, how many tokens come before the first query
 */
export function causalMask(length: number, past = 0): Tensor {
  const keys = past + length;
  const mask = new Float32Array(length * keys);
  for (let query = 0; query < length; query++)
    mask.fill(MASKED, query * keys + past + query + 1, (query + 1) * keys);
  return tensor2d(mask, [length, keys]);
}

/** Returns a mask of zeros, [T, T]: every query attends to the whole text, its future included. */
export const noMask = (length: number): Tensor => zeros([length, length]);

/**
 * Returns what causal multi-head attention computes (Vaswani et al. 2017, as in GPT-2). Each token's query is compared with the keys of all
 * tokens up to it; the output is the average of their values, weighted by the softmax of these scores. H heads do this in parallel, each on
 * D = C / H of the C numbers.
 * @param x [B, T, C], normalized
 * @returns [B, T, C]
 */
export function attention(x: Tensor, block: BlockContext): Tensor {
  const {config, weights, mask, layer, drop, hook} = block;
  // #region attention
  const [B, T, C] = x.shape as [number, number, number];
  const H = config.nHeads;
  const D = C / H; // the width of a head

  const bias = config.qkvBias ? weights('attn.c_attn.bias') : undefined; // [3C]
  const qkv = linear(x, weights('attn.c_attn.weight'), bias); // [B, T, 3C]
  const heads = transpose(reshape(qkv, [B, T, 3 * H, D]), [0, 2, 1, 3]); // [B, 3H, T, D]
  const [query, key, value] = split(heads, 3, 1) as [Tensor, Tensor, Tensor]; // [B, H, T, D] each
  const q = hook('attn.q', query);
  const k = hook('attn.k', key);
  const v = hook('attn.v', value);

  const products = mul(matMul(q, k, false, true), 1 / Math.sqrt(D)); // [B, H, T, T]: one row per query
  const scores = hook('attn.scores', products);
  const masked = hook('attn.masked', add(scores, mask), scores); // [B, H, T, T]: no score for later tokens
  const probs = hook('attn.probs', softmax(masked)); // [B, H, T, T]: each row sums to 1
  const kept = dropout(probs, drop, DROPOUT_SITE.attention(layer)); // [B, H, T, T]
  const averages = matMul(hook('attn.dropped', kept, probs), v); // [B, H, T, D]

  const joined = reshape(transpose(averages, [0, 2, 1, 3]), [B, T, C]); // [B, T, C]: the heads side by side
  const context = hook('attn.context', joined);
  const out = linear(context, weights('attn.c_proj.weight'), weights('attn.c_proj.bias')); // [B, T, C]
  return hook('attn.out', out);
  // #endregion
}
