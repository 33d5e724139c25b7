import {slice, stack, type Tensor, type Tensor1D, tidy} from '@tensorflow/tfjs-core';
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

  /** What the last step’s gradient was for the tensors that are watched. */
  readonly #kept = new Map<string, Tensor>();

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
    const whole = arenas.whole();
    const [theta, m, v] = [whole.theta, whole.m, whole.v].map((arena) => arena as unknown as Tensor1D) as [
      Tensor1D,
      Tensor1D,
      Tensor1D,
    ];
    const watched = learning.slots.filter(({name}) => this.#spec.watched?.has(name));
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
        gradients: watched.map(({offset, size}) => slice(gradient, offset, size)),
      };
    });
    this.#keep(watched.map(({name}, i) => [name, next.gradients[i]!]));
    const [loss, gradientNorm] = (await next.report.data()) as unknown as [number, number];
    next.report.dispose();
    if (isWanted() && Number.isFinite(loss) && Number.isFinite(gradientNorm)) {
      moveInto(whole.theta, next.theta);
      moveInto(whole.m, next.m);
      moveInto(whole.v, next.v);
    } else for (const tensor of [next.theta, next.m, next.v]) tensor.dispose();
    return async () => ({loss, gradientNorm});
  }

  loss(batch: LabeledBatch): Promise<number> {
    return referenceLoss(this.#spec, batch);
  }

  async gradient(name: string): Promise<Float32Array | undefined> {
    const kept = this.#kept.get(name);
    return kept && Float32Array.from(await kept.data());
  }

  dispose(): void {
    this.#keep([]);
  }

  #keep(gradients: readonly (readonly [string, Tensor])[]): void {
    for (const tensor of this.#kept.values()) tensor.dispose();
    this.#kept.clear();
    for (const [name, tensor] of gradients) this.#kept.set(name, tensor);
  }
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
