import type {Scalar, Tensor} from '@tensorflow/tfjs-core';
import type {LabeledBatch} from '../../data/batches.js';
import type {GPTConfig} from '../../model/config.js';
import type {FineTuning} from '../../model/fine-tuning.js';
import type {TraceOptions} from '../../model/trace-options.js';
import type {Weights} from '../../model/weights.js';
import type {Metrics} from './metrics.js';

export type SetName = 'train' | 'validation';

/** A model whose weights can be computed with. */
export interface ReadableModel {
  readonly config: GPTConfig;
  /**
   * Returns the numbers of a tensor, computed from the weights in plain tfjs operations.
   * @param compute called inside a tidy; passes the options on to `forward`
   */
  read(compute: (weights: Weights, options: TraceOptions) => Tensor): Promise<Float32Array>;
}

/** A model as an evaluation sees it: without dropout, on whichever kernels train it. */
export interface EvaluatedModel extends ReadableModel {
  /** Returns a batch's mean loss, in nats. */
  loss(batch: LabeledBatch): Promise<number>;
}

/**
 * What a run trains a model on. `TrainingSession` knows no more than this interface, so pause, resume, evaluation, autosave and charts work
 * for every task.
 */
export interface Task {
  /** How many examples each set has: windows of text, messages, … */
  readonly examples: Readonly<Record<SetName, number>>;
  /**
   * Returns the batch of a training step. It is a pure function of the task's seed and the step, so that a run can be continued anywhere.
   * @param step from 1
   * @param batchSize B
   */
  batch(step: number, batchSize: number): LabeledBatch;
  /** Returns the mean loss of a batch, in nats, as plain tfjs operations with a gradient. Called inside a tidy. */
  loss(weights: Weights, config: GPTConfig, batch: LabeledBatch, options?: TraceOptions): Scalar;
  /** What the task adds to the model's parameters, and which of all are trained. */
  readonly tuning: FineTuning;
  /** Whether planned kernels compute the same loss: cross-entropy of the next token or, with `tuning.classes`, of the class. */
  readonly isPlannable: boolean;
  /** T of every batch. Default: the context length. */
  readonly length?: number;
  /**
   * Returns the metrics of a set, over at most `batches` × `batchSize` examples: the same ones every time.
   * A set without an example has NaN everywhere.
   */
  evaluate(model: EvaluatedModel, set: SetName, batches: number, batchSize: number): Promise<Metrics>;
}
