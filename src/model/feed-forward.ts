import type {Tensor} from '@tensorflow/tfjs-core';
import {gelu} from './gelu.js';
import {linear} from './linear.js';
import type {Trace} from './trace.js';
import type {Weights} from './weights.js';

/** The block's second half: each token by itself goes through a layer four times as wide. */
export function feedForward(x: Tensor, weights: Weights, trace?: Trace): Tensor {
  const pre = linear(x, weights('mlp.c_fc.weight'), weights('mlp.c_fc.bias')); // [B, T, 4C]
  const hidden = gelu(pre);
  const out = linear(hidden, weights('mlp.c_proj.weight'), weights('mlp.c_proj.bias')); // [B, T, C]
  trace?.record('mlp.pre', pre);
  trace?.record('mlp.hidden', hidden);
  trace?.record('mlp.out', out);
  return out;
}
