import {
  concat1d,
  engine,
  reshape,
  type Scalar,
  type Tensor,
  type Tensor1D,
  tidy,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type {ParameterLayout} from '../model/parameters.js';
import {sliceArena, type Weights, weightsFrom} from '../model/weights.js';

/**
 * Forward and backward: returns the loss and its gradient with respect to every trained parameter, as an arena of those.
 * The arena is sliced into tensors before the tape starts: a gradient through `slice` would be padded to the whole length each time.
 * @param theta the weights' arena
 * @param lossOf computes the loss from the weights, e.g. `nextTokenLoss` of a batch
 * @param learning the slots that are trained. Default: all.
 */
export function lossAndGradient(
  layout: ParameterLayout,
  theta: Tensor1D,
  lossOf: (weights: Weights) => Scalar,
  learning = layout,
): {loss: Scalar; gradient: Tensor1D} {
  return tidy(() => {
    const stored = weightsFrom(layout, sliceArena(layout, theta));
    const isLearned = new Set(learning.slots.map(({name}) => name));
    const tensors = learning.slots.map(({name}) => stored(name));
    const learned = weightsFrom(learning, tensors);
    const compute = () => lossOf((name) => (isLearned.has(name) ? learned : stored)(name));
    const canBeUnused = true; // an intervention may leave a part out; unlike here, `valueAndGrads` then throws
    const {value, grads} = engine().gradients(compute, tensors, undefined, canBeUnused);
    return {
      loss: value as Scalar,
      gradient: joinArena(
        learning,
        tensors.map((tensor, i) => (grads[i] as Tensor | undefined) ?? zerosLike(tensor)),
      ),
    };
  });
}

/** Returns the slots' tensors joined into one arena, with zeros in the gaps that the alignment leaves. */
function joinArena({slots, length}: ParameterLayout, tensors: Tensor[]): Tensor1D {
  const pieces = slots.flatMap(({offset, size}, i) => {
    const gap = (slots[i + 1]?.offset ?? length) - offset - size;
    const piece = reshape(tensors[i]!, [size]) as Tensor1D;
    return gap > 0 ? [piece, zeros([gap]) as Tensor1D] : [piece];
  });
  return concat1d(pieces);
}
