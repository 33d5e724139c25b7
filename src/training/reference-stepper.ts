import {stack, type Tensor1D, tidy} from '@tensorflow/tfjs-core';
import type {LabeledBatch} from '../data/batches.js';
import type {Intervention} from '../model/interventions.js';
import type {Precision} from '../model/memory.js';
import type {Weights} from '../model/weights.js';
import type {StepReport} from '../webgpu/report.js';
import {adamW, globalNorm} from './adamw.js';

import {lossAndGradient} from './gradient.js';
import {packLearned, unpackLearned} from './learned.js';
import {moveInto} from './move-into.js';
import type {StepInput, Stepper, StepperSpec} from './stepper.js';

/** A training step in plain tfjs operations, on any backend: the code that the course shows, and the oracle for the planned kernels. */
export class ReferenceStepper implements Stepper {
  readonly kernels = 'reference';

  readonly #spec: StepperSpec;

  constructor(spec: StepperSpec) {
    this.#spec = spec;
  }

  precisionOf(): Precision {
    return 'float32';
  }

  async prepare(): Promise<void> {}

  async begin(
    {batch, step, learningRate, options, dropout}: StepInput,
    isWanted: () => boolean,
  ): Promise<() => Promise<StepReport>> {
    const {config, task, arenas} = this.#spec;
    const {layout, learning, decay} = arenas;
    const [theta, m, v] = [arenas.theta, arenas.m, arenas.v].map((arena) => arena as unknown as Tensor1D) as [
      Tensor1D,
      Tensor1D,
      Tensor1D,
    ];
    const next = tidy(() => {
      const {interventions} = options;
      const lossOf = (weights: Weights) =>
        task.loss(arenas.adapted(weights), config, batch, {dropout, interventions});
      const learned = {theta: packLearned(layout, learning, theta), m, v};
      // #region training-step
      const {loss, gradient} = lossAndGradient(layout, theta, lossOf, learning);
      const norm = globalNorm(gradient);
      const updated = adamW(learned, gradient, norm, decay, step, learningRate, options);
      // #endregion
      return {
        theta: unpackLearned(layout, learning, theta, updated.theta),
        m: updated.m,
        v: updated.v,
        report: stack([loss, norm]),
      };
    });
    const [loss, gradientNorm] = (await next.report.data()) as unknown as [number, number];
    next.report.dispose();
    if (isWanted() && Number.isFinite(loss) && Number.isFinite(gradientNorm)) {
      moveInto(arenas.theta, next.theta);
      moveInto(arenas.m, next.m);
      moveInto(arenas.v, next.v);
    } else for (const tensor of [next.theta, next.m, next.v]) tensor.dispose();
    return async () => ({loss, gradientNorm});
  }

  loss(batch: LabeledBatch): Promise<number> {
    return referenceLoss(this.#spec, batch);
  }

  /** Holds nothing of its own. */
  dispose(): void {}
}

/** Returns a batch's mean loss without dropout, in nats, from a forward pass that may be changed. */
export async function referenceLoss(
  {config, task, arenas}: StepperSpec,
  batch: LabeledBatch,
  interventions?: readonly Intervention[],
): Promise<number> {
  const mean = tidy(() => task.loss(arenas.weights(), config, batch, {interventions}));
  const [loss] = await mean.data();
  mean.dispose();
  return loss!;
}
