/**
 * A training step as one submission: the batch and the step's values go up in two writes, one pass runs every dispatch of the plan, and
 * the weights are changed in place. Nothing is allocated after `create`.
 */

import type {GPTConfig} from '../model/config.js';
import {countLabels} from '../model/loss.js';
import type {TokenBatch} from '../model/tokens.js';
import {Executor, type Progress} from './executor.js';
import {PlanError} from './program.js';
import {ReportReader} from './report-reader.js';
import {Segments} from './segments.js';
import {type TrainProgram, trainProgram} from './train-program.js';
import type {RowTeam} from './wgsl/row-team.js';

/** The three arenas in GPU memory; see `parameterLayout`. */
export interface Arenas {
  /** The buffers that hold them now. Asked before `flush`: may leave uploads pending. */
  buffers(): {theta: GPUBuffer; m: GPUBuffer; v: GPUBuffer};
  /** Called before the plan's kernels run: work on the arenas that is still pending must be submitted. */
  flush(): void;
  /** Called after they were submitted: the buffers hold other numbers than before. */
  changed(): void;
}

export interface TrainPlanSpec {
  device: GPUDevice;
  config: GPTConfig;
  /** B */
  batchSize: number;
  /** T; default: the context length. */
  length?: number;
  arenas: Arenas;
  /** Whether steps may drop values. A plan without is a little quicker. */
  dropout?: boolean;
  onProgress?: Progress;
}

/** What a step is done with. */
export interface StepSettings {
  /** Steps done, this one included: from 1. */
  step: number;
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
  /** 0: no clipping. */
  clipNorm: number;
  /** As in the reference: the same key drops the same values. */
  dropout?: {rate: number; key: number};
}

export interface StepReport {
  /** Mean cross-entropy over the labels that count, nats. */
  loss: number;
  /** Global norm before clipping. */
  gradientNorm: number;
}

export class TrainPlan {
  private readonly segments: Segments;
  private readonly words: Int32Array<ArrayBuffer>;
  private readonly parts: {
    ids: Int32Array;
    labels: Int32Array;
    order: Uint32Array;
    segmentIds: Uint32Array;
    starts: Uint32Array;
  };
  private readonly reports: ReportReader;
  private bound?: ReturnType<Arenas['buffers']>;

  private constructor(
    private readonly spec: TrainPlanSpec,
    readonly program: TrainProgram,
    private readonly executor: Executor,
  ) {
    const {batch} = program;
    this.segments = new Segments(spec.config.vocabSize, batch.ids.length);
    this.words = new Int32Array(batch.starts.offset + batch.starts.length);
    const part = ({offset, length}: {offset: number; length: number}) =>
      this.words.subarray(offset, offset + length);
    const unsigned = (region: {offset: number; length: number}) =>
      new Uint32Array(this.words.buffer, region.offset * 4, region.length);
    this.parts = {
      ids: part(batch.ids),
      labels: part(batch.labels),
      order: unsigned(batch.order),
      segmentIds: unsigned(batch.segmentIds),
      starts: unsigned(batch.starts),
    };
    this.reports = new ReportReader(spec.device);
  }

  /**
   * Plans, compiles and allocates.
   * @throws {PlanError} on a configuration that cannot be planned, or is too large for the device
   * @throws {KernelError} where the device refuses a kernel
   */
  static async create(spec: TrainPlanSpec): Promise<TrainPlan> {
    const {config, batchSize, length, dropout = false} = spec;
    const team: RowTeam = 'thread';
    const program = trainProgram({config, batchSize, length, dropout, team});
    const executor = await Executor.prepare(spec.device, program, spec.onProgress);
    return new TrainPlan(spec, program, executor);
  }

  /** Dispatches of a step. */
  get dispatches(): number {
    return this.program.dispatches.length;
  }

  /** Bytes of GPU memory that a step needs: weights, moments, gradient and activations. */
  get bytes(): number {
    const own = [...this.program.buffers.values()].reduce((sum, words) => sum + words, 0);
    return 4 * (own + 3 * this.program.layout.length);
  }

  /** One training step, submitted. */
  step(batch: TokenBatch, labels: Int32Array, settings: StepSettings): void {
    this.submit(batch, labels, settings);
  }

  /** One training step, and its loss and gradient norm when the device has computed them. Steps may follow before they arrive. */
  async stepAndReport(batch: TokenBatch, labels: Int32Array, settings: StepSettings): Promise<StepReport> {
    const slot = await this.reports.free();
    this.submit(batch, labels, settings, (encoder) => slot.copy(encoder, this.executor.buffer('report')));
    return slot.read();
  }

  /** Loss and gradient of a batch; the weights stay. */
  async gradient(
    batch: TokenBatch,
    labels: Int32Array,
    dropout?: {rate: number; key: number},
  ): Promise<{loss: number; gradient: Float32Array}> {
    const end = this.program.update + 1; // with the norm, which sums the loss up
    this.upload(batch, labels, dropout);
    const slot = await this.reports.free();
    this.run(end, (encoder) => slot.copy(encoder, this.executor.buffer('report')));
    const {loss} = await slot.read();
    return {loss, gradient: await this.readGradient()};
  }

  /** The gradient of the last step, as an arena. */
  async readGradient(): Promise<Float32Array> {
    const {device} = this.spec;
    const size = this.program.layout.length * 4;
    const staging = device.createBuffer({size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ});
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.executor.buffer('gradient'), 0, staging, 0, size);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const gradient = new Float32Array(staging.getMappedRange().slice(0));
    staging.destroy();
    return gradient;
  }

  /** Frees everything but the arenas. */
  dispose(): void {
    this.executor.dispose();
    this.reports.dispose();
  }

  private submit(
    batch: TokenBatch,
    labels: Int32Array,
    settings: StepSettings,
    after?: (encoder: GPUCommandEncoder) => void,
  ): void {
    const {step, dropout, ...rates} = settings;
    const {values} = this.executor;
    values.set(rates);
    values.set({
      correction1: 1 / (1 - settings.beta1 ** step),
      correction2: 1 / (1 - settings.beta2 ** step),
    });
    this.upload(batch, labels, dropout);
    this.run(this.dispatches, after);
    this.spec.arenas.changed();
  }

  /** The two writes of a step. */
  private upload({ids}: TokenBatch, labels: Int32Array, dropout?: {rate: number; key: number}): void {
    const {parts, executor} = this;
    if (ids.length !== parts.ids.length || labels.length !== parts.labels.length)
      throw new PlanError(
        `This plan takes batches of ${parts.ids.length} tokens, not ${ids.length} with ${labels.length} labels.`,
      );
    parts.ids.set(ids);
    parts.labels.set(labels);
    const rate = dropout?.rate ?? 0;
    executor.values.set({
      lossScale: 1 / Math.max(1, countLabels(labels)),
      accumulate: 0,
      segments: this.segments.list(ids, parts.order, parts.segmentIds, parts.starts),
      dropKey: dropout?.key ?? 0,
      dropThreshold: Math.round(rate * 65536),
      dropKeep: 1 / (1 - rate),
    });
    executor.device.queue.writeBuffer(executor.buffer('batch'), 0, this.words);
    executor.upload();
  }

  private run(end: number, after?: (encoder: GPUCommandEncoder) => void): void {
    const {device, arenas, config} = this.spec;
    this.bind();
    arenas.flush();
    const encoder = device.createCommandEncoder();
    if (!config.tieWeights) this.clearTokenGradient(encoder);
    const pass = encoder.beginComputePass();
    this.executor.encode(pass, 0, end);
    pass.end();
    after?.(encoder);
    device.queue.submit([encoder.finish()]);
  }

  /** Most tokens of a large vocabulary are not in a batch: their gradient is 0 and no kernel writes it. */
  private clearTokenGradient(encoder: GPUCommandEncoder): void {
    const {offset, size} = this.program.layout.slots[0]!; // wte.weight
    encoder.clearBuffer(this.executor.buffer('gradient'), offset * 4, size * 4);
  }

  /** Binds the arenas; again only where one of them was replaced (a variable that was assigned to). */
  private bind(): void {
    const now = this.spec.arenas.buffers();
    const {bound} = this;
    if (bound && bound.theta === now.theta && bound.m === now.m && bound.v === now.v) return;
    this.executor.bind({...now});
    this.bound = now;
  }
}
