import {
  customGrad,
  div,
  exp,
  gather,
  log,
  max,
  mul,
  oneHot,
  reshape,
  type Scalar,
  sub,
  sum,
  type Tensor,
  tensor1d,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';

/** The label of a position without a target, as PyTorch's ignore_index: padding, or a prompt that need not be learned. */
export const IGNORE_INDEX = -100;

/** Returns the number of labels that count. */
export function countLabels(labels: Int32Array): number {
  return labels.reduce((count, label) => count + (label === IGNORE_INDEX ? 0 : 1), 0);
}

/**
 * Returns the cross-entropy, in nats: −log of the probability that the model gave to the token that really came next, averaged over the
 * positions whose label counts. Its gradient with respect to the logits is the probabilities minus the one-hot labels.
 * @param logits [B, T, V] or [N, V]
 * @param labels [B·T] token ids, row after row; IGNORE_INDEX where there is no target
 */
export function crossEntropy(logits: Tensor, labels: Int32Array): Scalar {
  const V = logits.shape.at(-1)!;
  const N = labels.length;
  const count = Math.max(1, countLabels(labels));
  // 1 / count where the label counts, 0 where it does not
  const share = Float32Array.from(labels, (label) => (label === IGNORE_INDEX ? 0 : 1 / count));

  const loss = customGrad((input, save) => {
    const x = input as Tensor;
    // #region cross-entropy
    const shifted = sub(x, max(x, 1, true)); // [N, V]: the largest is 0, so that exp does not overflow
    const exponents = exp(shifted); // [N, V]
    const total = sum(exponents, 1, true); // [N, 1]
    const probs = div(exponents, total); // [N, V]
    const indices = Int32Array.from(labels, (label, n) => n * V + Math.max(0, label));
    const truth = gather(reshape(shifted, [-1]), tensor1d(indices, 'int32')); // [N]: the label's shifted logit
    const losses = sub(reshape(log(total), [-1]), truth); // [N]: −log p(label)
    // #endregion
    (save as (tensors: Tensor[]) => void)([probs]);

    // With a large vocabulary each [N, V] is most of a step's memory: it is freed as soon as it has been used.
    const gradFunc = (dy: Tensor, saved: Tensor[]) =>
      tidy(() => {
        // A row of zeros where the label is ignored.
        const error = tidy(() => sub(saved[0]!, oneHot(tensor1d(labels, 'int32'), V)));
        return mul(error, mul(tensor2d(share, [N, 1]), dy));
      });
    return {value: sum(mul(losses, tensor1d(share))), gradFunc};
  });
  return loss(reshape(logits, [N, V])) as Scalar;
}

export {perplexity} from '../math/stats.js';
