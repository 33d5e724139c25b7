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

/** A label that does not count (PyTorch's ignore_index): padding, or a prompt that need not be learned. */
export const IGNORE_INDEX = -100;

/** How many labels count. */
export function countLabels(labels: Int32Array): number {
  return labels.reduce((count, label) => count + (label === IGNORE_INDEX ? 0 : 1), 0);
}

/**
 * Cross-entropy: how surprised the model is by what really came next. −log of the probability it gave to it, in nats, averaged over
 * the places whose label counts. Its gradient is the famous one: the model's probabilities minus the truth.
 * @param logits [B, T, V] or [N, V]
 * @param labels B·T token ids, row after row; IGNORE_INDEX where none is asked for
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
    const shifted = sub(x, max(x, 1, true)); // [N, V]: no exponent above 0
    const exponents = exp(shifted);
    const total = sum(exponents, 1, true); // [N, 1]
    const probs = div(exponents, total);
    const places = Int32Array.from(labels, (label, n) => n * V + Math.max(0, label));
    const truth = gather(reshape(shifted, [-1]), tensor1d(places, 'int32')); // [N]: the right token's shifted logit
    const surprise = sub(reshape(log(total), [-1]), truth); // [N]: −log p(label)
    // #endregion
    (save as (tensors: Tensor[]) => void)([probs]);

    // At a large vocabulary each [N, V] is most of a step's memory: freed as soon as it has been used.
    const gradFunc = (dy: Tensor, saved: Tensor[]) =>
      tidy(() => {
        // A row of zeros where the label is ignored.
        const error = tidy(() => sub(saved[0]!, oneHot(tensor1d(labels, 'int32'), V)));
        return mul(error, mul(tensor2d(share, [N, 1]), dy));
      });
    return {value: sum(mul(surprise, tensor1d(share))), gradFunc};
  });
  return loss(reshape(logits, [N, V])) as Scalar;
}

/** How many tokens the model is torn between, as if they were equally likely: e to the power of the mean loss. */
export const perplexity = (loss: number): number => Math.exp(loss);
