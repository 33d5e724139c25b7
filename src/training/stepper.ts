/** A training step can be computed in two ways that give the same numbers: by the short reference, or by planned WGSL kernels. */
import type {GPTConfig} from '../model/config.js';
import type {Dropout} from '../model/dropout.js';
import type {Precision} from '../model/memory.js';
import type {Progress} from '../webgpu/progress.js';
import type {StepReport} from '../webgpu/report.js';
import type {ModelArenas} from './arenas.js';
import type {LabeledBatch} from './batches.js';
import type {TrainingOptions} from './options.js';
import type {Task} from './tasks/task.js';

export interface StepInput {
  batch: LabeledBatch;
  /** From 1. */
  step: number;
  learningRate: number;
  options: TrainingOptions;
  dropout: Dropout;
}

export interface Stepper {
  /** Which of the two it is: always shown to the reader. */
  readonly kernels: 'plan' | 'reference';
  /** How a step with these settings stores what the forward pass saves for the backward pass, as far as is known. */
  precisionOf(options: TrainingOptions): Precision;
  /** Prepares what the first step needs; without it, the first step does so itself. */
  prepare(options: TrainingOptions, onProgress?: Progress): Promise<void>;
  /**
   * Starts a step: forward, backward, clip, AdamW. The arenas change only where loss and norm are finite; after a step where they are not,
   * nothing changes them until `dispose`.
   * @param isWanted asked when loss and norm are known: the step is discarded where it returns false. A plan does not ask, because it
   *   updates the arenas in place; if they were replaced meanwhile, it has updated the old ones.
   * @returns reads loss and norm. A plan has only submitted the step: other steps may start before its report is read.
   */
  begin(input: StepInput, isWanted: () => boolean): Promise<() => Promise<StepReport>>;
  /** Returns a batch's mean loss, without dropout. It may have fewer rows than the batch of a step. */
  loss(batch: LabeledBatch, options: TrainingOptions): Promise<number>;
  /**
   * Returns what the last step’s gradient was for one tensor, before clipping. Undefined: it was not kept, or this tensor does not learn.
   * The reference keeps it only for the tensors that are watched.
   */
  gradient(name: string): Promise<Float32Array | undefined>;
  dispose(): void;
}

export interface StepperSpec {
  config: GPTConfig;
  task: Pick<Task, 'loss' | 'tuning' | 'isPlannable' | 'length'>;
  arenas: ModelArenas;
  /** Names of the tensors whose gradients are kept. Default: none. */
  watched?: ReadonlySet<string>;
}
