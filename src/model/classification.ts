/**
 * A GPT that classifies texts instead of continuing them: its head is replaced by a small one that scores K classes from the last token of a
 * text. With causal attention, only that token has seen the whole text. A shorter text is padded on the right, where no token of it attends.
 */
import {matMul, reshape, type Tensor, type Tensor2D, tensor2d} from '@tensorflow/tfjs-core';
import {SCORE_WEIGHT} from './classifier-shapes.js';
import type {GPTConfig} from './config.js';
import {type ForwardOptions, features} from './gpt.js';
import {IGNORE_INDEX} from './loss.js';
import type {TokenBatch} from './tokens.js';
import type {Weights} from './weights.js';

/**
 * Returns each text's class logits, from its last real token. Call it inside a tidy.
 * @param lengths [B], the number of real tokens of each row; the rest is padding
 * @returns logits [B, K]
 * @throws {TokensError} as `forward`
 * @throws {RangeError} where a length lies outside 1 … T
 */
export function classify(
  weights: Weights,
  config: GPTConfig,
  tokens: TokenBatch,
  lengths: ArrayLike<number>,
  options?: ForwardOptions,
): Tensor2D {
  const {batchSize: B, length: T} = tokens;
  const rows = reshape(features(weights, config, tokens, options), [B * T, config.embDim]) as Tensor2D;
  // Rows are selected by a matrix product with ones and zeros, whose gradient exists on every backend.
  const selection = new Float32Array(B * B * T);
  lastIndices(lengths, tokens).forEach((index, b) => {
    selection[b * B * T + index] = 1;
  });
  const last = matMul(tensor2d(selection, [B, B * T]), rows); // [B, C]
  return matMul(last, weights(SCORE_WEIGHT) as Tensor & Tensor2D, false, true); // [B, K]
}

/**
 * Returns labels for every position of a batch, [B·T]: a text's class at its last real token, IGNORE_INDEX elsewhere. With them, the loss of
 * a language model whose vocabulary is the K classes is the loss of the classifier: the mean over texts.
 * @throws {RangeError} where a length lies outside 1 … T
 */
export function classLabels(
  classes: ArrayLike<number>,
  lengths: ArrayLike<number>,
  tokens: TokenBatch,
): Int32Array {
  const labels = new Int32Array(tokens.batchSize * tokens.length).fill(IGNORE_INDEX);
  lastIndices(lengths, tokens).forEach((index, b) => {
    labels[index] = classes[b]!;
  });
  return labels;
}

/** Returns the class logits at every position, [B·T, K]. Where padding follows, only those up to the last real token mean something. */
export function classLogits(
  weights: Weights,
  config: GPTConfig,
  tokens: TokenBatch,
  options?: ForwardOptions,
): Tensor2D {
  const rows = reshape(features(weights, config, tokens, options), [-1, config.embDim]) as Tensor2D; // [B·T, C]
  return matMul(rows, weights(SCORE_WEIGHT) as Tensor & Tensor2D, false, true);
}

/** Returns the index in [B·T] of each row's last real token. */
function lastIndices(lengths: ArrayLike<number>, {batchSize, length}: TokenBatch): number[] {
  return Array.from({length: batchSize}, (_, b) => {
    const real = lengths[b]!;
    if (!(real >= 1 && real <= length))
      throw new RangeError(`Row ${b} would have ${real} real tokens; a row has 1 to ${length}.`);
    return b * length + real - 1;
  });
}
