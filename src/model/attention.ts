import {
  add,
  matMul,
  mul,
  reshape,
  softmax,
  split,
  type Tensor,
  tensor2d,
  tensor4d,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
import {DROPOUT_SITE} from '../math/dropout-mask.js';
import type {GPTConfig} from './config.js';
import {type Dropout, dropout} from './dropout.js';
import {linear} from './linear.js';
import type {Trace} from './trace.js';
import type {Weights} from './weights.js';

/** Stands for −∞ where finite arithmetic is needed: e to this power is exactly 0 in float32. */
const MASKED = -1e9;

/** What is added to the scores: 0 where a query may look, −1e9 at every key that comes after it. [T, T] */
export function causalMask(length: number): Tensor {
  const mask = new Float32Array(length * length);
  for (let query = 0; query < length; query++)
    mask.fill(MASKED, query * length + query + 1, (query + 1) * length);
  return tensor2d(mask, [length, length]);
}

/** No mask: every query may look everywhere. [T, T] */
export const noMask = (length: number): Tensor => zeros([length, length]);

/**
 * Causal multi-head attention (Vaswani et al. 2017; GPT-2). Every token asks a query; every token up to it answers with how well its
 * key fits, and gives its value in that measure. The H heads do so side by side, each on D = C / H of the C numbers.
 * @param x [B, T, C]
 * @param mask [T, T] from `causalMask`
 * @param layer which block this is: its dropout masks are its own
 * @param ablated heads that pass nothing on, counted from 0
 */
export function attention(
  x: Tensor,
  weights: Weights,
  config: GPTConfig,
  mask: Tensor,
  layer: number,
  drop?: Dropout,
  trace?: Trace,
  ablated: readonly number[] = [],
): Tensor {
  const [B, T, C] = x.shape as [number, number, number];
  const H = config.nHeads;
  const D = C / H;

  // #region attention
  const bias = config.qkvBias ? weights('attn.c_attn.bias') : undefined;
  const qkv = linear(x, weights('attn.c_attn.weight'), bias); // [B, T, 3C]
  // The last axis holds q, k and v, each with its H heads of D: one transposition brings all heads to the front.
  const heads = transpose(reshape(qkv, [B, T, 3 * H, D]), [0, 2, 1, 3]); // [B, 3H, T, D]
  const [q, k, v] = split(heads, 3, 1) as [Tensor, Tensor, Tensor]; // [B, H, T, D] each

  const scores = mul(matMul(q, k, false, true), 1 / Math.sqrt(D)); // [B, H, T, T]
  const masked = add(scores, mask);
  const probs = softmax(masked);
  const dropped = dropout(probs, drop, DROPOUT_SITE.attention(layer));
  const found = silence(matMul(dropped, v), ablated); // [B, H, T, D]
  const context = reshape(transpose(found, [0, 2, 1, 3]), [B, T, C]); // the heads side by side
  const out = linear(context, weights('attn.c_proj.weight'), weights('attn.c_proj.bias')); // [B, T, C]
  // #endregion

  trace?.record('attn.q', q);
  trace?.record('attn.k', k);
  trace?.record('attn.v', v);
  trace?.record('attn.scores', scores);
  trace?.record('attn.masked', masked);
  trace?.record('attn.probs', probs);
  trace?.record('attn.dropped', dropped);
  trace?.record('attn.context', context);
  trace?.record('attn.out', out);
  return out;
}

/** Sets what the named heads have found to 0. [B, H, T, D] */
function silence(found: Tensor, heads: readonly number[]): Tensor {
  if (!heads.length) return found;
  const H = found.shape[1]!;
  const kept = Array.from({length: H}, (_, head) => (heads.includes(head) ? 0 : 1));
  return mul(found, tensor4d(kept, [1, H, 1, 1]));
}
