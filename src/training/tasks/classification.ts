import type {Scalar} from '@tensorflow/tfjs-core';
import {type LabeledBatch, ShuffledWindows, spreadStarts} from '../../data/batches.js';
import {softmax} from '../../math/attention.js';
import {classify, classLabels, classLogits} from '../../model/classification.js';
import type {GPTConfig} from '../../model/config.js';
import type {FineTuning} from '../../model/fine-tuning.js';
import {crossEntropy} from '../../model/loss.js';
import type {TokenBatch} from '../../model/tokens.js';
import type {TraceOptions} from '../../model/trace-options.js';
import type {Weights} from '../../model/weights.js';
import {SessionError} from '../errors.js';
import type {Metrics} from './metrics.js';
import type {ReadAt, ReadingOptions} from './spec.js';
import type {EvaluatedModel, ReadableModel, SetName, Task} from './task.js';

/** A text as token ids, and its class. */
export interface ClassExample {
  ids: readonly number[];
  /** 0 … K − 1 */
  label: number;
}

export interface ClassificationTaskOptions {
  train: readonly ClassExample[];
  /** May be empty: its metrics are then NaN. */
  validation: readonly ClassExample[];
  /** K, at least 2. */
  classes: number;
  /** The longest sequence that the model can read. Longer texts lose their end. */
  contextLength: number;
  /** Fills rows up, on the right. Causal attention keeps it from the tokens before. */
  padId: number;
  /** Which parameters are trained. Default: all but a head for tokens. */
  tuning?: Pick<FineTuning, 'trainable' | 'lora'>;
  /**
   * Where the class is read. Default: the last token. The last position is what some recipes use; the prediction then depends on how much padding there is.
   */
  readAt?: ReadAt;
  /** Determines the order of the batches. */
  seed: number;
}

/** Returns the mean cross-entropy of the classes, in nats, at the positions that have a label. Call it inside a tidy. */
export function classLoss(
  weights: Weights,
  config: GPTConfig,
  {tokens, labels}: LabeledBatch,
  options?: TraceOptions,
): Scalar {
  return crossEntropy(classLogits(weights, config, tokens, options), labels);
}

/** Classification: a head of K classes, read at the last token of each text. Metrics: `loss` in nats and `accuracy` from 0 to 1. */
export class ClassificationTask implements Task {
  readonly loss = classLoss;
  readonly isPlannable = true;
  readonly tuning: FineTuning;
  /** The longest text of both sets, at most the context length: rows are padded to it. */
  readonly length: number;
  /** How many texts of both sets are longer than the context. */
  readonly cut: number;
  /** K */
  readonly classes: number;
  readonly #sets: Record<SetName, readonly ClassExample[]>;
  readonly #order: ShuffledWindows;
  readonly #options: ClassificationTaskOptions;

  /** @throws {SessionError} where there is nothing to tell apart: no text, an empty one, or fewer than two classes */
  constructor(options: ClassificationTaskOptions) {
    const {train, validation, classes, contextLength, tuning, seed} = options;
    check(options);
    this.#options = options;
    this.#sets = {train, validation};
    this.classes = classes;
    this.tuning = {...tuning, classes};
    const longest = [...train, ...validation].reduce((most, {ids}) => Math.max(most, ids.length), 1);
    this.cut = [...train, ...validation].filter(({ids}) => ids.length > contextLength).length;
    this.length = Math.min(longest, contextLength);
    this.#order = ShuffledWindows.ofRun(Uint32Array.from(train.keys()), seed);
  }

  get examples(): Record<SetName, number> {
    return {train: this.#sets.train.length, validation: this.#sets.validation.length};
  }

  batch(step: number, batchSize: number): LabeledBatch {
    const chosen = this.#order.startsAt(step - 1, batchSize).map((index) => this.#sets.train[index]!);
    const {tokens, positions} = this.#pad(chosen);
    return {
      tokens,
      labels: classLabels(
        chosen.map(({label}) => label),
        positions,
        tokens,
      ),
    };
  }

  async evaluate(model: EvaluatedModel, set: SetName, batches: number, batchSize: number): Promise<Metrics> {
    const examples = this.#sets[set];
    const chosen = spreadStarts(Uint32Array.from(examples.keys()), batches * batchSize).map(
      (index) => examples[index]!,
    );
    let [loss, right] = [0, 0];
    for (let i = 0; i < chosen.length; i += batchSize) {
      const rows = chosen.slice(i, i + batchSize);
      for (const [row, probs] of (await this.classify(model, rows)).entries()) {
        const {label} = rows[row]!;
        loss -= Math.log(probs[label]!);
        if (probs[label] === Math.max(...probs)) right++;
      }
    }
    return {loss: loss / chosen.length, accuracy: right / chosen.length};
  }

  /**
   * Returns the probability of each class for each text, [texts][K]. Texts that are longer than the rows lose their end.
   * @param texts at least one; each has at least one token
   */
  async classify(
    model: ReadableModel,
    texts: readonly Pick<ClassExample, 'ids'>[],
    options: ReadingOptions = {},
  ): Promise<number[][]> {
    const {classes, readAt: usual = 'last-token', contextLength} = this.#options;
    const {readAt = usual, length} = options;
    const longest = texts.reduce((most, {ids}) => Math.max(most, ids.length), 1);
    const enough = readAt === 'last-position' ? Math.max(this.length, longest) : longest;
    const {tokens, positions} = this.#pad(texts, Math.min(length ?? enough, contextLength), readAt);
    const logits = await model.read((weights, options) =>
      classify(weights, model.config, tokens, positions, options),
    );
    return texts.map((_, row) => softmax(logits.subarray(row * classes, (row + 1) * classes)));
  }

  /** Returns the texts as one padded batch, and how many tokens of each row are read. */
  #pad(
    texts: readonly Pick<ClassExample, 'ids'>[],
    T = this.length,
    readAt = this.#options.readAt ?? 'last-token',
  ): {tokens: TokenBatch; positions: number[]} {
    const {padId} = this.#options;
    const ids = new Int32Array(texts.length * T).fill(padId); // [B, T]
    for (const [row, text] of texts.entries()) ids.set(text.ids.slice(0, T), row * T);
    const tokens = {ids, batchSize: texts.length, length: T};
    const positions = texts.map((text) => (readAt === 'last-token' ? Math.min(text.ids.length, T) : T));
    return {tokens, positions};
  }
}

function check({train, validation, classes}: ClassificationTaskOptions): void {
  if (!(Number.isInteger(classes) && classes >= 2))
    throw new SessionError(`Classification needs at least two classes, not ${classes}.`);
  if (train.length === 0)
    throw new SessionError('There is no text to train on: give at least one per class.');
  for (const {ids, label} of [...train, ...validation]) {
    if (ids.length === 0) throw new SessionError('A text is empty: leave it out.');
    if (!(Number.isInteger(label) && label >= 0 && label < classes))
      throw new SessionError(`A text has the class ${label}; classes run from 0 to ${classes - 1}.`);
  }
}
