import {slice, tidy} from '@tensorflow/tfjs-core';
import {key, uniformAt} from '../math/rng.js';
import {checkSampling, checkTokenCount, type SamplingOptions} from '../math/sampling-options.js';
import type {GPTConfig} from '../model/config.js';
import {forward} from '../model/gpt.js';
import {singleSequence} from '../model/tokens.js';
import type {Weights} from '../model/weights.js';
import {MOST_CANDIDATES} from '../webgpu/index.js';
import {candidates, choose, type TokenProbability} from './sample.js';

export interface GenerationOptions extends SamplingOptions {
  maxNewTokens: number;
  /** Fixes the draws. Default 0. */
  seed?: number;
  /** How many of the likeliest eligible tokens come along with each token: at most 10, the default. */
  candidates?: number;
}

export interface GeneratedToken extends TokenProbability {
  /** The likeliest of the eligible tokens at this place with their probabilities, likeliest first. */
  candidates: TokenProbability[];
}

// #region generate
/**
 * Writes on, one token at a time: read the last `contextLength` tokens, score every possible next one, draw, append.
 * Stop it by leaving the loop.
 * @throws {SamplingError} on a setting outside its range
 * @param withWeights lends the weights for one pass (inside a tidy): a model that trains meanwhile is read as it is now
 */
export async function* generate(
  withWeights: () => Weights,
  config: GPTConfig,
  promptIds: ArrayLike<number>,
  {maxNewTokens, seed = 0, candidates: listed = MOST_CANDIDATES, ...sampling}: GenerationOptions,
): AsyncGenerator<GeneratedToken> {
  checkSampling(sampling);
  checkTokenCount('number of new tokens', maxNewTokens);
  checkTokenCount('number of candidates', listed);
  const ids = Array.from(promptIds);
  for (let n = 0; n < maxNewTokens; n++) {
    const logits = await nextLogits(withWeights, config, ids.slice(-config.contextLength));
    const list = candidates(logits, sampling);
    const token = choose(list, uniformAt(key(seed), n));
    ids.push(token.id);
    yield {...token, candidates: list.slice(0, Math.min(listed, MOST_CANDIDATES))};
  }
}

// #endregion

/** The scores for the token after the last: [V]. */
export async function nextLogits(
  withWeights: () => Weights,
  config: GPTConfig,
  ids: ArrayLike<number>,
): Promise<Float32Array> {
  const last = tidy(() => {
    const logits = forward(withWeights(), config, singleSequence(ids)); // [1, T, V]
    return slice(logits, [0, ids.length - 1, 0], [1, 1, config.vocabSize]);
  });
  const data = (await last.data()) as Float32Array;
  last.dispose();
  return data;
}
