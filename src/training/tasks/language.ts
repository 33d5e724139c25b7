import type {Scalar} from '@tensorflow/tfjs-core';
import {cutWindows, type LabeledBatch, ShuffledWindows} from '../../data/batches.js';
import {slidingWindows} from '../../data/windows.js';
import type {GPTConfig} from '../../model/config.js';
import {forward} from '../../model/gpt.js';
import {crossEntropy} from '../../model/loss.js';
import type {TraceOptions} from '../../model/trace-options.js';
import type {Weights} from '../../model/weights.js';
import {SessionError} from '../errors.js';
import {meanLoss, type TokenSet} from '../evaluate.js';
import type {Metrics} from './metrics.js';
import type {EvaluatedModel, SetName, Task} from './task.js';

export interface LanguageTaskOptions {
  trainTokens: Int32Array;
  /** May be shorter than a window: its metrics are then NaN. */
  validationTokens: Int32Array;
  /** T */
  contextLength: number;
  /** Tokens between the starts of two neighboring windows. Default: the context length. */
  stride?: number;
  /** Determines the order of the batches. */
  seed: number;
}

/** Returns the mean cross-entropy of predicting each next token, in nats, over the labels that count. Call it inside a tidy. */
export function nextTokenLoss(
  weights: Weights,
  config: GPTConfig,
  {tokens, labels}: LabeledBatch,
  options?: TraceOptions,
): Scalar {
  const logits = forward(weights, config, tokens, options); // [B, T, V]
  return crossEntropy(logits, labels); // []
}

/** Language modeling: windows of a text, each position of which predicts the token after it. */
export class LanguageTask implements Task {
  readonly loss = nextTokenLoss;
  readonly tuning = {};
  readonly isPlannable = true;
  readonly #contextLength: number;
  readonly #sets: Record<SetName, TokenSet>;
  readonly #windows: ShuffledWindows;

  /** @throws {SessionError} where the training text is shorter than one window */
  constructor({
    trainTokens,
    validationTokens,
    contextLength,
    stride = contextLength,
    seed,
  }: LanguageTaskOptions) {
    const set = (tokens: Int32Array): TokenSet => ({
      tokens,
      starts: slidingWindows(tokens.length, contextLength, stride),
    });
    this.#contextLength = contextLength;
    this.#sets = {train: set(trainTokens), validation: set(validationTokens)};
    if (this.examples.train === 0)
      throw new SessionError(
        `The text to train on has ${trainTokens.length} tokens, but one window needs ${contextLength + 1}: ` +
          'give more text or choose a shorter context.',
      );
    this.#windows = ShuffledWindows.ofRun(this.#sets.train.starts, seed);
  }

  /** Windows in each set. */
  get examples(): Record<SetName, number> {
    const {train, validation} = this.#sets;
    return {train: train.starts.length, validation: validation.starts.length};
  }

  batch(step: number, batchSize: number): LabeledBatch {
    const starts = this.#windows.startsAt(step - 1, batchSize);
    return cutWindows(this.#sets.train.tokens, starts, this.#contextLength);
  }

  async evaluate(model: EvaluatedModel, set: SetName, batches: number, batchSize: number): Promise<Metrics> {
    const lossOf = (batch: LabeledBatch) => model.loss(batch);
    return {loss: await meanLoss(lossOf, this.#contextLength, this.#sets[set], batches, batchSize)};
  }
}
