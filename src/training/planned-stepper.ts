import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import {KernelError, PlanError, type StepReport, TrainPlan, tfjsArenas} from '../webgpu/index.js';
import {checkPlannedKernels} from './plan-gate.js';
import {ReferenceStepper} from './reference-stepper.js';
import type {StepInput, Stepper, StepperSpec} from './stepper.js';

/**
 * A training step as one planned submission of WGSL kernels, which change the arenas in place. Where the device refuses the plan
 * (its limits, or a kernel), or computes something else than the reference, the reference computes the steps instead.
 */
export class PlannedStepper implements Stepper {
  private plan?: TrainPlan;
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

  async step(input: StepInput, wanted: () => boolean): Promise<StepReport> {
    const {batch, step, learningRate, options, dropout} = input;
    const plan = await this.planFor(batch.tokens.batchSize, dropout.rate > 0);
    if (!plan) return this.fallback!.step(input, wanted);
    const {beta1, beta2, epsilon, weightDecay, clipNorm} = options;
    const settings = {step, learningRate, beta1, beta2, epsilon, weightDecay, clipNorm};
    return plan.stepAndReport(batch, dropout.rate > 0 ? {...settings, dropout} : settings);
  }

  dispose(): void {
    this.plan?.dispose();
    this.plan = undefined;
    this.shape = '';
  }

  /** Compiling takes a moment the first time; steps after it allocate nothing. */
  private async planFor(batchSize: number, dropout: boolean): Promise<TrainPlan | undefined> {
    if (this.fallback) return undefined;
    const shape = `${batchSize} ${dropout}`;
    if (this.plan && this.shape === shape) return this.plan;
    this.dispose();
    const {config, arenas} = this.spec;
    try {
      await checkPlannedKernels(this.backend);
      this.plan = await TrainPlan.create({
        device: this.backend.device,
        config,
        batchSize,
        dropout,
        arenas: tfjsArenas(this.backend, arenas),
      });
      this.shape = shape;
      return this.plan;
    } catch (error) {
      if (!(error instanceof PlanError || error instanceof KernelError)) throw error;
      console.warn(`gpt-elements trains with the reference instead of planned kernels: ${error.message}`);
      this.fallback = new ReferenceStepper(this.spec);
      return undefined;
    }
  }
}
