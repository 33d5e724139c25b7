import {slice, tidy} from '@tensorflow/tfjs-core';
import {key, uniformAt} from '../math/rng.js';
import {checkSampling, checkTokenCount, type SamplingOptions} from '../math/sampling-options.js';
import type {GPTConfig} from '../model/config.js';
import {forward} from '../model/gpt.js';
import type {Intervention} from '../model/interventions.js';
import {singleSequence} from '../model/tokens.js';
import type {Weights} from '../model/weights.js';
import type {GeneratedToken} from '../webgpu/generated-token.js';
import {MOST_CANDIDATES} from '../webgpu/index.js';
import {candidates, choose} from './sample.js';

export type {GeneratedToken} from '../webgpu/generated-token.js';

export interface GenerationOptions extends SamplingOptions {
  maxNewTokens: number;
  /** Fixes the draws. Default 0. */
  seed?: number;
  /** Changes to every forward pass. Only the reference applies them. */
  interventions?: readonly Intervention[];
  /** How many of the likeliest eligible tokens are returned with each token: at most 10, the default. */
  candidates?: number;
}

/** Continues texts, on whichever kernels are in force. */
export interface Writer {
  /** What writes the next text. */
  readonly kernels: 'plan' | 'reference';
  /**
   * Continues a prompt; yields the tokens that are ready at the same time. Stop it by leaving the loop.
   * @param promptIds at least one token id
   * @throws {TokensError} on an empty prompt, or an id outside the vocabulary
   * @throws {SamplingError} on a setting outside its range
   */
  write(promptIds: ArrayLike<number>, options: GenerationOptions): AsyncGenerator<GeneratedToken[]>;
  dispose(): void;
}

// #region generate
/**
 * Continues a prompt, one token at a time: read the last `contextLength` tokens, score every possible next one, draw, append.
 * Stop it by leaving the loop.
 * @param getWeights returns the weights for one pass, inside a tidy: a model that trains meanwhile is read as it is now
 * @param promptIds at least one token id
 * @throws {SamplingError} on a setting outside its range
 * @throws {TokensError} on no token, or an id outside the vocabulary
 * @throws {InterventionError} on an intervention that the model cannot apply
 */
export async function* generate(
  getWeights: () => Weights,
  config: GPTConfig,
  promptIds: ArrayLike<number>,
  {
    maxNewTokens,
    seed = 0,
    candidates: listed = MOST_CANDIDATES,
    interventions,
    ...sampling
  }: GenerationOptions,
): AsyncGenerator<GeneratedToken> {
  checkSampling(sampling);
  checkTokenCount('number of new tokens', maxNewTokens);
  checkTokenCount('number of candidates', listed);
  const ids = Array.from(promptIds);
  for (let n = 0; n < maxNewTokens; n++) {
    const logits = await nextLogits(getWeights, config, ids.slice(-config.contextLength), interventions);
    const list = candidates(logits, sampling);
    const token = choose(list, uniformAt(key(seed), n));
    ids.push(token.id);
    yield {...token, candidates: list.slice(0, Math.min(listed, MOST_CANDIDATES))};
  }
}

// #endregion

/** Returns the logits of the token that comes next, [V]. Where the weights keep keys and values, only tokens that were not read yet are. */
export async function nextLogits(
  getWeights: () => Weights,
  config: GPTConfig,
  ids: ArrayLike<number>,
  interventions?: readonly Intervention[],
): Promise<Float32Array> {
  const last = tidy(() => {
    const weights = getWeights();
    const past = interventions?.length || config.causal === false ? undefined : weights.past;
    const all = Array.from(ids);
    const read = (unread: readonly number[]) => {
      const logits = forward(weights, config, singleSequence(unread), {interventions, past}); // [1, T, V]
      return slice(logits, [0, unread.length - 1, 0], [1, 1, config.vocabSize]);
    };
    return past ? past.read(all, read) : read(all);
  });
  const data = (await last.data()) as Float32Array;
  last.dispose();
  return data;
}
