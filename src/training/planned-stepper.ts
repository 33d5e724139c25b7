import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import type {LabeledBatch} from '../data/batches.js';
import {IGNORE_INDEX} from '../model/loss.js';
import type {Precision} from '../model/memory.js';
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
  private made = '';
  /** Whether 16 bits turned out to be too few on this device. */
  private needs32 = false;
  private fallback?: ReferenceStepper;

  constructor(
    private readonly spec: StepperSpec,
    private readonly backend: WebGPUBackend,
  ) {}

  get kernels(): Stepper['kernels'] {
    return this.fallback ? 'reference' : 'plan';
  }

  precisionOf({precision}: TrainingOptions): Precision {
    return this.fallback || this.needs32 ? 'float32' : precision;
  }

  async prepare(options: TrainingOptions, onProgress?: Progress): Promise<void> {
    await this.planFor(options, options.dropRate > 0, onProgress);
  }

  async begin(input: StepInput, wanted: () => boolean): Promise<() => Promise<StepReport>> {
    const {batch, step, learningRate, options, dropout} = input;
    const plan = await this.planFor(options, dropout.rate > 0);
    if (!plan) return this.fallback!.begin(input, wanted);
    const {beta1, beta2, epsilon, weightDecay, clipNorm} = options;
    const settings = {step, learningRate, beta1, beta2, epsilon, weightDecay, clipNorm};
    return plan.begin(batch, dropout.rate > 0 ? {...settings, dropout} : settings);
  }

  async loss(batch: LabeledBatch, options: TrainingOptions): Promise<number> {
    const plan = await this.planFor(options, options.dropRate > 0);
    return plan ? plan.loss(filledUp(batch, options.batchSize)) : this.fallback!.loss(batch);
  }

  dispose(): void {
    void this.plan?.then((plan) => plan?.dispose());
    this.plan = undefined;
  }

  /** Compiling takes a moment the first time; steps after it allocate nothing. Undefined: the reference computes. */
  private async planFor(
    options: TrainingOptions,
    dropout: boolean,
    onProgress?: Progress,
  ): Promise<TrainPlan | undefined> {
    if (this.fallback) return undefined;
    const wish = {batchSize: options.batchSize, dropout, precision: this.precisionOf(options)};
    const made = JSON.stringify(wish);
    if (!this.plan || this.made !== made) {
      this.dispose();
      this.made = made;
      this.plan = this.makeOrRefuse(wish, onProgress);
      this.plan.catch(() => (this.plan = undefined)); // a lost device, say
    }
    return this.plan;
  }

  /** What the device refuses in 16 bits it may do in 32, and what it refuses in 32 the reference does. */
  private async makeOrRefuse(wish: Wish, onProgress?: Progress): Promise<TrainPlan | undefined> {
    try {
      return await this.make(wish, onProgress);
    } catch (error) {
      if (!(error instanceof PlanError || error instanceof KernelError)) throw error;
      if (wish.precision === 'mixed') {
        console.warn(`gpt-elements keeps activations in 32 bits instead of 16: ${error.message}`);
        this.needs32 = true;
        this.made = JSON.stringify({...wish, precision: 'float32'});
        return this.makeOrRefuse({...wish, precision: 'float32'}, onProgress);
      }
      console.warn(`gpt-elements trains with the reference instead of planned kernels: ${error.message}`);
      this.fallback = new ReferenceStepper(this.spec);
      return undefined;
    }
  }

  /** The quickest kernels of this kind, if they agree with the reference. */
  private async make({batchSize, dropout, precision}: Wish, onProgress?: Progress): Promise<TrainPlan> {
    const {config, arenas} = this.spec;
    const {device} = this.backend;
    const half = precision === 'mixed';
    const variant = await measuredVariant(device, {config, batchSize}, {memory: remembered, half});
    const check = checkTraining(device, {variant, memory: remembered}); // meanwhile
    check.catch(() => {});
    const plan = await TrainPlan.create({
      device,
      config,
      batchSize,
      dropout,
      variant,
      arenas: tfjsArenas(this.backend, arenas),
      onProgress,
    });
    try {
      await check;
      return plan;
    } catch (error) {
      plan.dispose();
      throw error;
    }
  }
}

/** What a plan is made for. */
interface Wish {
  batchSize: number;
  dropout: boolean;
  precision: Precision;
}

/** A plan takes batches of one size: windows whose labels count for nothing fill a smaller one up. */
function filledUp({tokens, labels}: LabeledBatch, batchSize: number): LabeledBatch {
  if (tokens.batchSize === batchSize) return {tokens, labels};
  const ids = new Int32Array(batchSize * tokens.length);
  ids.set(tokens.ids);
  const counted = new Int32Array(ids.length).fill(IGNORE_INDEX);
  counted.set(labels);
  return {tokens: {...tokens, ids, batchSize}, labels: counted};
}
