import {
  add,
  div,
  minimum,
  mul,
  pad1d,
  reshape,
  type Scalar,
  scalar,
  sqrt,
  square,
  sub,
  sum,
  type Tensor1D,
  tidy,
} from '@tensorflow/tfjs-core';
import type {ParameterLayout} from '../model/parameters.js';
import type {TrainingOptions} from './options.js';

/** What AdamW needs to know beside the arenas. */
export type AdamWOptions = Pick<TrainingOptions, 'beta1' | 'beta2' | 'epsilon' | 'weightDecay' | 'clipNorm'>;

/** Three arenas of the same layout: the weights, and the running means of the gradient and of its square. */
export interface AdamWState {
  theta: Tensor1D;
  m: Tensor1D;
  v: Tensor1D;
}

/** Squares that are added up at a time. Added one by one in float32, millions of them would come out too small. */
const ROW = 4096;

/** Returns the length of the whole gradient, all parameters together. */
export function globalNorm(gradient: Tensor1D): Scalar {
  const padding = ROW - (gradient.size % ROW);
  const squares = pad1d(square(gradient), [0, padding]);
  return sqrt(sum(sum(reshape(squares, [-1, ROW]), 1))) as Scalar;
}

/**
 * One step of AdamW (Loshchilov & Hutter 2019), after scaling the gradient down to the global norm `clipNorm`
 * as PyTorch's clip_grad_norm_ does. All parameters at once: the arenas are flat. Call it inside a tidy.
 * @param decayMask 1 where weight decay pulls (matrices), 0 elsewhere
 * @param step counted from 1: early means are corrected for having started at 0
 */
export function adamW(
  {theta, m, v}: AdamWState,
  gradient: Tensor1D,
  norm: Scalar,
  decayMask: Tensor1D,
  step: number,
  learningRate: number,
  {beta1, beta2, epsilon, weightDecay, clipNorm}: AdamWOptions,
): AdamWState {
  // #region adamw
  const clip = clipNorm > 0 ? minimum(1, div(clipNorm, add(norm, 1e-6))) : scalar(1);
  const g = mul(gradient, clip);
  // each tidy frees what only led to its result: an arena is as large as the model
  const nextM = tidy(() => add(mul(m, beta1), mul(g, 1 - beta1)));
  const nextV = tidy(() => add(mul(v, beta2), mul(square(g), 1 - beta2)));
  const update = tidy(() => {
    // bias correction: m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)
    const denominator = add(sqrt(mul(nextV, 1 / (1 - beta2 ** step))), epsilon);
    return mul(div(nextM, denominator), learningRate / (1 - beta1 ** step));
  });
  // decoupled decay: weights shrink by themselves, not through the gradient
  const shrunk = tidy(() => sub(theta, mul(mul(theta, decayMask), learningRate * weightDecay)));
  // #endregion
  return {theta: sub(shrunk, update), m: nextM as Tensor1D, v: nextV as Tensor1D};
}

/** An arena with 1 where weight decay pulls and 0 elsewhere. */
export function decayMask({slots, length}: ParameterLayout): Float32Array {
  const mask = new Float32Array(length);
  for (const {offset, size, decay} of slots) if (decay) mask.fill(1, offset, offset + size);
  return mask;
}
