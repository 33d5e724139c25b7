import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import {TrainPlan, tfjsArenas} from '../webgpu/index.js';
import type {StepInput, Stepper, StepperSpec, StepReport} from './stepper.js';

/** A training step as one planned submission of WGSL kernels, which change the arenas in place. */
export class PlannedStepper implements Stepper {
  readonly engine = 'plan';
  private plan?: TrainPlan;
  /** What the plan was made for: another batch size needs another plan. */
  private shape = '';

  constructor(
    private readonly spec: StepperSpec,
    private readonly backend: WebGPUBackend,
  ) {}

  async step({batch, step, learningRate, options, dropout}: StepInput): Promise<StepReport> {
    const plan = await this.planFor(batch.tokens.batchSize, dropout.rate > 0);
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
  private async planFor(batchSize: number, dropout: boolean): Promise<TrainPlan> {
    const shape = `${batchSize} ${dropout}`;
    if (this.plan && this.shape === shape) return this.plan;
    this.dispose();
    const {config, arenas} = this.spec;
    const {device} = this.backend;
    this.plan = await TrainPlan.create({
      device,
      config,
      batchSize,
      dropout,
      arenas: tfjsArenas(this.backend, arenas),
    });
    this.shape = shape;
    return this.plan;
  }
}
