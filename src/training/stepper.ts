/** A training step can be computed in two ways that give the same numbers: by the short reference, or by planned WGSL kernels. */
import type {Tensor1D, Variable} from '@tensorflow/tfjs-core';
import type {GPTConfig} from '../model/config.js';
import type {Dropout} from '../model/dropout.js';
import type {Precision} from '../model/memory.js';
import type {ParameterLayout} from '../model/parameters.js';
import type {Progress} from '../webgpu/progress.js';
import type {StepReport} from '../webgpu/report.js';
import type {LabeledBatch} from './batches.js';
import type {TrainingOptions} from './options.js';

/** What a step changes: the weights and AdamW's two moments, arenas of one layout. */
export interface ArenaVariables {
  theta: Variable;
  m: Variable;
  v: Variable;
}

export interface StepInput {
  batch: LabeledBatch;
  /** Counted from 1. */
  step: number;
  learningRate: number;
  options: TrainingOptions;
  dropout: Dropout;
}

export interface Stepper {
  /** Which of the two it is: always shown to the reader. */
  readonly kernels: 'plan' | 'reference';
  /** How a step with these settings keeps what the forward pass saves for the backward pass, as far as is known. */
  precisionOf(options: TrainingOptions): Precision;
  /** Makes ready what the first step needs; steps do it themselves where nobody has. */
  prepare(options: TrainingOptions, onProgress?: Progress): Promise<void>;
  /**
   * Starts a step: forward, backward, clip, AdamW. The arenas change only where loss and norm are finite; after a step where they are not,
   * nothing changes them any more until `dispose`.
   * @param wanted Asked when the numbers are there: new arenas are taken only if they are still wanted. A plan does not ask: it has changed
   *   the arenas of before in place, which whoever replaced them has let go of.
   * @returns asks for loss and norm. A plan has only submitted the step: the next ones may be started before these numbers are asked for.
   */
  begin(input: StepInput, wanted: () => boolean): Promise<() => Promise<StepReport>>;
  /** A batch's mean loss, without dropout. It may have fewer windows than a step's. */
  loss(batch: LabeledBatch, options: TrainingOptions): Promise<number>;
  dispose(): void;
}

export interface StepperSpec {
  config: GPTConfig;
  layout: ParameterLayout;
  arenas: ArenaVariables;
  /** 1 where weight decay pulls. */
  decay: Tensor1D;
}
