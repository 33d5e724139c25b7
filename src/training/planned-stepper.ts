import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import type {LabelledBatch} from '../data/batches.js';
import {IGNORE_INDEX} from '../model/loss.js';
import {
  KernelError,
  measuredVariant,
  PlanError,
  type Progress,
  type StepReport,
  TrainPlan,
  tfjsArenas,
} from '../webgpu/index.js';
import type {TrainingOptions} from './options.js';
import {checkTraining} from './plan-gate.js';
import {ReferenceStepper} from './reference-stepper.js';
import {remembered} from './remembered.js';
import type {StepInput, Stepper, StepperSpec} from './stepper.js';

/**
 * A training step as one planned submission of WGSL kernels, which change the arenas in place. Where the device refuses the plan
 * (its limits, or a kernel), or computes something else than the reference, the reference computes the steps instead.
 */
export class PlannedStepper implements Stepper {
  private plan?: Promise<TrainPlan | undefined>;
  /** What the plan was made for: another batch size needs another plan. */
  private shape = '';
  private fallback?: ReferenceStepper;

  constructor(
    private readonly spec: StepperSpec,
    private readonly backend: WebGPUBackend,
  ) {}

  get engine(): Stepper['engine'] {
    return this.fallback ? 'reference' : 'plan';
  }

  async prepare({batchSize, dropRate}: TrainingOptions, onProgress?: Progress): Promise<void> {
    await this.planFor(batchSize, dropRate > 0, onProgress);
  }

  async begin(input: StepInput, wanted: () => boolean): Promise<() => Promise<StepReport>> {
    const {batch, step, learningRate, options, dropout} = input;
    const plan = await this.planFor(batch.tokens.batchSize, dropout.rate > 0);
    if (!plan) return this.fallback!.begin(input, wanted);
    const {beta1, beta2, epsilon, weightDecay, clipNorm} = options;
    const settings = {step, learningRate, beta1, beta2, epsilon, weightDecay, clipNorm};
    return plan.begin(batch, dropout.rate > 0 ? {...settings, dropout} : settings);
  }

  async loss(batch: LabelledBatch, {batchSize, dropRate}: TrainingOptions): Promise<number> {
    const plan = await this.planFor(batchSize, dropRate > 0);
    return plan ? plan.loss(filledUp(batch, batchSize)) : this.fallback!.loss(batch);
  }

  dispose(): void {
    void this.plan?.then((plan) => plan?.dispose());
    this.plan = undefined;
  }

  /** Compiling takes a moment the first time; steps after it allocate nothing. Undefined: the reference computes. */
  private async planFor(
    batchSize: number,
    dropout: boolean,
    onProgress?: Progress,
  ): Promise<TrainPlan | undefined> {
    if (this.fallback) return undefined;
    const shape = `${batchSize} ${dropout}`;
    if (!this.plan || this.shape !== shape) {
      this.dispose();
      this.shape = shape;
      this.plan = this.make(batchSize, dropout, onProgress);
      this.plan.catch(() => (this.plan = undefined)); // a lost device, say
    }
    return this.plan;
  }

  private async make(
    batchSize: number,
    dropout: boolean,
    onProgress?: Progress,
  ): Promise<TrainPlan | undefined> {
    const {config, arenas} = this.spec;
    const {device} = this.backend;
    let plan: TrainPlan | undefined;
    try {
      const variant = await measuredVariant(device, {config, batchSize}, {memory: remembered});
      const check = checkTraining(device, {variant, memory: remembered}); // meanwhile
      check.catch(() => {});
      plan = await TrainPlan.create({
        device,
        config,
        batchSize,
        dropout,
        variant,
        arenas: tfjsArenas(this.backend, arenas),
        onProgress,
      });
      await check;
      return plan;
    } catch (error) {
      plan?.dispose();
      if (!(error instanceof PlanError || error instanceof KernelError)) throw error;
      console.warn(`gpt-elements trains with the reference instead of planned kernels: ${error.message}`);
      this.fallback = new ReferenceStepper(this.spec);
      return undefined;
    }
  }
}

/** A plan takes batches of one size: windows whose labels count for nothing fill a smaller one up. */
function filledUp({tokens, labels}: LabelledBatch, batchSize: number): LabelledBatch {
  if (tokens.batchSize === batchSize) return {tokens, labels};
  const ids = new Int32Array(batchSize * tokens.length);
  ids.set(tokens.ids);
  const counted = new Int32Array(ids.length).fill(IGNORE_INDEX);
  counted.set(labels);
  return {tokens: {...tokens, ids, batchSize}, labels: counted};
}
