/**
 * A GPT that sorts texts instead of continuing them: its head is replaced by a small one that scores K classes, and only what the last
 * token of a text has gathered is asked. That token alone has seen the whole text: attention looks back, never ahead. What pads a shorter
 * text up to T stands to its right, where no place looks.
 */
import {matMul, reshape, type Tensor, type Tensor2D, tensor2d} from '@tensorflow/tfjs-core';
import type {GPTConfig} from './config.js';
import {type ForwardOptions, features} from './gpt.js';
import {IGNORE_INDEX} from './loss.js';
import type {NamedShape} from './parameters.js';
import type {TokenBatch} from './tokens.js';
import type {Weights} from './weights.js';

/** The class head's matrix, [K, C]; the name is that of Hugging Face's `GPT2ForSequenceClassification`. */
export const SCORE_WEIGHT = 'score.weight';

/** What a model for K classes has on top of a GPT. */
export function classifierShapes(config: GPTConfig, classes: number): NamedShape[] {
  return [[SCORE_WEIGHT, [classes, config.embDim]]];
}

/**
 * Scores each text's classes from its last real token. Call it inside a tidy.
 * @param lengths real tokens of each row, [B]; those after are padding
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
  // Picking rows as a product with ones and zeros: its gradient is a product too, which every backend has.
  const pick = new Float32Array(B * B * T);
  lastPlaces(lengths, tokens).forEach((place, b) => {
    pick[b * B * T + place] = 1;
  });
  const last = matMul(tensor2d(pick, [B, B * T]), rows); // [B, C]
  return matMul(last, weights(SCORE_WEIGHT) as Tensor & Tensor2D, false, true); // [B, K]
}

/**
 * Labels for every place of a batch, [B·T]: a text's class at its last real token, IGNORE_INDEX elsewhere. With them the loss of a
 * language model whose vocabulary is the K classes is the classifier's: the mean over texts.
 * @throws {RangeError} where a length lies outside 1 … T
 */
export function classLabels(
  classes: ArrayLike<number>,
  lengths: ArrayLike<number>,
  tokens: TokenBatch,
): Int32Array {
  const labels = new Int32Array(tokens.batchSize * tokens.length).fill(IGNORE_INDEX);
  lastPlaces(lengths, tokens).forEach((place, b) => {
    labels[place] = classes[b]!;
  });
  return labels;
}

/** Index in [B·T] of each row's last real token. */
function lastPlaces(lengths: ArrayLike<number>, {batchSize, length}: TokenBatch): number[] {
  return Array.from({length: batchSize}, (_, b) => {
    const real = lengths[b]!;
    if (!(real >= 1 && real <= length))
      throw new RangeError(`Row ${b} would have ${real} real tokens; a row has 1 to ${length}.`);
    return b * length + real - 1;
  });
}
