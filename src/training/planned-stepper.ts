import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import type {LabeledBatch} from '../data/batches.js';
import {ConfigError} from '../model/config.js';
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
 * A training step as one planned submission of WGSL kernels, which update the arenas in place. Where the device refuses the plan (its limits,
 * or a kernel), or computes something else than the reference, the reference computes the steps instead; not where the arenas lie in several
 * buffers, which it cannot train.
 */
export class PlannedStepper implements Stepper {
  #plan?: Promise<TrainPlan | undefined>;
  /** What the plan was made for, as JSON: another batch size needs another plan. */
  #madeFor = '';
  /** Whether 16 bits turned out to be too few on this device. */
  #needs32 = false;
  #fallback?: ReferenceStepper;

  readonly #spec: StepperSpec;
  readonly #backend: WebGPUBackend;

  constructor(spec: StepperSpec, backend: WebGPUBackend) {
    this.#spec = spec;
    this.#backend = backend;
  }

  get kernels(): Stepper['kernels'] {
    return this.#fallback ? 'reference' : 'plan';
  }

  precisionOf({precision}: TrainingOptions): Precision {
    return this.#fallback || this.#needs32 ? 'float32' : precision;
  }

  async prepare(options: TrainingOptions, onProgress?: Progress): Promise<void> {
    await this.#planFor(options, options.dropRate > 0, onProgress);
  }

  async begin(input: StepInput, isWanted: () => boolean): Promise<() => Promise<StepReport>> {
    const {batch, step, learningRate, options, dropout} = input;
    const plan = await this.#planFor(options, dropout.rate > 0);
    if (!plan) return this.#fallback!.begin(input, isWanted);
    const {beta1, beta2, epsilon, weightDecay, clipNorm} = options;
    const settings = {step, learningRate, beta1, beta2, epsilon, weightDecay, clipNorm};
    return plan.begin(batch, dropout.rate > 0 ? {...settings, dropout} : settings);
  }

  async loss(batch: LabeledBatch, options: TrainingOptions): Promise<number> {
    const plan = await this.#planFor(options, options.dropRate > 0);
    return plan ? plan.loss(padded(batch, options.batchSize)) : this.#fallback!.loss(batch);
  }

  async gradient(name: string): Promise<Float32Array | undefined> {
    return this.#fallback ? this.#fallback.gradient(name) : (await this.#plan)?.readGradient(name);
  }

  dispose(): void {
    void this.#plan?.then((plan) => plan?.dispose()).catch(() => {}); // whoever asked for it is told
    this.#plan = undefined;
  }

  /** Returns the plan for these settings, compiled at the first call. Undefined: the reference has to compute. */
  async #planFor(
    options: TrainingOptions,
    dropout: boolean,
    onProgress?: Progress,
  ): Promise<TrainPlan | undefined> {
    if (this.#fallback) return undefined;
    const requested = {batchSize: options.batchSize, dropout, precision: this.precisionOf(options)};
    const madeFor = JSON.stringify(requested);
    if (!this.#plan || this.#madeFor !== madeFor) {
      this.dispose();
      this.#madeFor = madeFor;
      const plan = this.#makeOrRefuse(requested, onProgress);
      this.#plan = plan;
      plan.catch(() => {
        if (this.#plan === plan) this.#plan = undefined; // e.g. a lost device: the next step tries again
      });
    }
    return this.#plan;
  }

  /** Falls back from 16 bits to 32, and from 32 bits to the reference. */
  async #makeOrRefuse(requested: PlanRequest, onProgress?: Progress): Promise<TrainPlan | undefined> {
    try {
      return await this.#make(requested, onProgress);
    } catch (error) {
      if (!(error instanceof PlanError || error instanceof KernelError)) throw error;
      if (requested.precision === 'mixed') {
        console.warn(`gpt-elements keeps activations in 32 bits instead of 16: ${error.message}`);
        this.#needs32 = true;
        const in32: PlanRequest = {...requested, precision: 'float32'};
        this.#madeFor = JSON.stringify(in32);
        return this.#makeOrRefuse(in32, onProgress);
      }
      if (this.#spec.arenas.isCut)
        throw new ConfigError(`This model cannot be trained on this device. ${error.message}`);
      console.warn(`gpt-elements trains with the reference instead of planned kernels: ${error.message}`);
      this.#fallback = new ReferenceStepper(this.#spec);
      return undefined;
    }
  }

  /** Returns a plan of the quickest kernels for this device, if they agree with the reference. */
  async #make({batchSize, dropout, precision}: PlanRequest, onProgress?: Progress): Promise<TrainPlan> {
    const {config, task, arenas} = this.#spec;
    const {device} = this.#backend;
    const half = precision === 'mixed';
    const variant = await measuredVariant(device, {config, batchSize}, {memory: remembered, half});
    const check = checkTraining(device, {variant, memory: remembered}); // runs while the plan is compiled
    check.catch(() => {});
    const plan = await TrainPlan.create({
      ...task.tuning,
      length: task.length,
      device,
      config,
      batchSize,
      dropout,
      variant,
      arenas: tfjsArenas(this.#backend, arenas.variables()),
      pieceBytes: arenas.pieceBytes,
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
interface PlanRequest {
  batchSize: number;
  dropout: boolean;
  precision: Precision;
}

/** Returns the batch with rows up to a plan's batch size; the labels of added rows are ignored. */
function padded({tokens, labels}: LabeledBatch, batchSize: number): LabeledBatch {
  if (tokens.batchSize === batchSize) return {tokens, labels};
  const ids = new Int32Array(batchSize * tokens.length);
  ids.set(tokens.ids);
  const paddedLabels = new Int32Array(ids.length).fill(IGNORE_INDEX);
  paddedLabels.set(labels);
  return {tokens: {...tokens, ids, batchSize}, labels: paddedLabels};
}
