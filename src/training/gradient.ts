import {
  concat1d,
  reshape,
  type Scalar,
  type Tensor,
  type Tensor1D,
  tidy,
  valueAndGrads,
  zeros,
} from '@tensorflow/tfjs-core';
import type {GPTConfig} from '../model/config.js';
import type {Dropout} from '../model/dropout.js';
import {forward} from '../model/gpt.js';
import {crossEntropy} from '../model/loss.js';
import type {ParameterLayout} from '../model/parameters.js';
import {sliceArena, weightsFrom} from '../model/weights.js';
import type {LabeledBatch} from './batches.js';

/**
 * Forward and backward: the batch's loss and its gradient in every parameter, as an arena.
 * The arena is cut into its tensors before the tape starts: a gradient through `slice` would be padded to the whole length each time.
 */
export function lossAndGradient(
  layout: ParameterLayout,
  theta: Tensor1D,
  config: GPTConfig,
  batch: LabeledBatch,
  dropout?: Dropout,
): {loss: Scalar; gradient: Tensor1D} {
  const lossOf = (...tensors: Tensor[]) => {
    const logits = forward(weightsFrom(layout, tensors), config, batch.tokens, {dropout});
    return crossEntropy(logits, batch.labels);
  };
  return tidy(() => {
    const {value, grads} = valueAndGrads(lossOf)(sliceArena(layout, theta));
    return {loss: value as Scalar, gradient: joinArena(layout, grads)};
  });
}

/** The slots' tensors one after the other, with zeros in the gaps that the alignment leaves. */
function joinArena({slots, length}: ParameterLayout, tensors: Tensor[]): Tensor1D {
  const pieces = slots.flatMap(({offset, size}, i) => {
    const gap = (slots[i + 1]?.offset ?? length) - offset - size;
    const piece = reshape(tensors[i]!, [size]) as Tensor1D;
    return gap > 0 ? [piece, zeros([gap]) as Tensor1D] : [piece];
  });
  return concat1d(pieces);
}
