/**
 * A training step as one submission: the batch and the step's values go up in two writes, one pass runs every dispatch of the plan, and
 * the weights are changed in place. Nothing is allocated after `create`.
 */

import {key as makeKey} from '../math/rng.js';
import {partName, piecesIn} from '../model/arena-parts.js';
import type {GPTConfig} from '../model/config.js';
import type {FineTuning} from '../model/fine-tuning.js';
import {countLabels} from '../model/loss.js';
import type {TokenBatch} from '../model/tokens.js';
import {Executor, type GivenBuffers} from './executor.js';
import {type TrainProgram, trainProgram} from './planner/train-program.js';
import {PlanError} from './program.js';
import type {Progress} from './progress.js';
import type {StepReport} from './report.js';
import {ReportReader} from './report-reader.js';
import {Segments} from './segments.js';
import {type Variant, variantFor} from './variant.js';

/** The arenas in GPU memory: theta in the layout of all parameters (`fineTuningLayout`), the moments m and v in that of what is trained. */
export interface Arenas {
  /**
   * The buffers that hold them now, by name: `theta`, `m` and `v`, or, of arenas in several parts, by `partName`. Asked before `flush`: may
   * leave uploads pending.
   */
  buffers(): GivenBuffers;
  /** Called before the plan's kernels run: work on the arenas that is still pending must be submitted. */
  flush(): void;
  /** Called after they were submitted: the buffers hold other numbers than before. */
  changed(): void;
}

export interface TrainPlanSpec extends FineTuning {
  device: GPUDevice;
  config: GPTConfig;
  /** B */
  batchSize: number;
  /** T; default: the context length. */
  length?: number;
  arenas: Arenas;
  /** Bytes of the largest buffer of the arenas and the logits: larger ones have several (`arenaParts`). Default: what the device binds. */
  pieceBytes?: number;
  /** Whether steps may drop values. A plan without is a little quicker. */
  dropout?: boolean;
  /** Default: the one for this device. */
  variant?: Variant;
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

/** Tokens, and for each what comes after it: a token id, or IGNORE_INDEX. For classes: `classLabels` of the model. */
export interface Batch {
  tokens: TokenBatch;
  /** B·T */
  labels: Int32Array;
}

export class TrainPlan {
  readonly #segments: Segments;
  readonly #words: Int32Array<ArrayBuffer>;
  readonly #parts: {
    ids: Int32Array;
    labels: Int32Array;
    order: Uint32Array;
    segmentIds: Uint32Array;
    starts: Uint32Array;
  };
  readonly #reports: ReportReader;

  readonly #spec: TrainPlanSpec;
  readonly #executor: Executor;

  private constructor(
    spec: TrainPlanSpec,
    readonly program: TrainProgram,
    executor: Executor,
  ) {
    this.#spec = spec;
    this.#executor = executor;

    const {batch} = program;
    this.#segments = new Segments(spec.config.vocabSize, batch.ids.length);
    this.#words = new Int32Array(batch.starts.offset + batch.starts.length);
    const part = ({offset, length}: {offset: number; length: number}) =>
      this.#words.subarray(offset, offset + length);
    const unsigned = (region: {offset: number; length: number}) =>
      new Uint32Array(this.#words.buffer, region.offset * 4, region.length);
    this.#parts = {
      ids: part(batch.ids),
      labels: part(batch.labels),
      order: unsigned(batch.order),
      segmentIds: unsigned(batch.segmentIds),
      starts: unsigned(batch.starts),
    };
    this.#reports = new ReportReader(spec.device);
  }

  /**
   * Plans, compiles and allocates.
   * @throws {PlanError} on a configuration that cannot be planned, or is too large for the device
   * @throws {KernelError} where the device refuses a kernel
   */
  static async create(spec: TrainPlanSpec): Promise<TrainPlan> {
    const {dropout = false} = spec;
    const variant = spec.variant ?? variantFor(spec.device, spec.config.embDim);
    const {maxBufferSize, maxStorageBufferBindingSize} = spec.device.limits;
    const {pieceBytes = Math.min(maxBufferSize, maxStorageBufferBindingSize)} = spec;
    const program = trainProgram({...spec, dropout, variant, pieceBytes});
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
    return 4 * (own + this.program.layout.length + 2 * this.program.learning.length);
  }

  /**
   * One training step, submitted.
   * @param batches one, or several that count as one: their gradients are added up before the update, as if they were one large batch
   */
  step(batches: Batch | readonly Batch[], settings: StepSettings): void {
    this.#submit(batches, settings);
  }

  /** One training step, submitted; its loss and gradient norm can be asked for later, so that steps follow before they arrive. */
  async begin(batches: Batch | readonly Batch[], settings: StepSettings): Promise<() => Promise<StepReport>> {
    const place = await this.#reports.free();
    this.#submit(batches, settings, (encoder) => place.copy(encoder, this.#executor.buffer('report')));
    return place.read;
  }

  /** One training step, and its loss and gradient norm when the device has computed them. */
  async stepAndReport(batches: Batch | readonly Batch[], settings: StepSettings): Promise<StepReport> {
    const read = await this.begin(batches, settings);
    return read();
  }

  /** A batch's mean loss, without dropout, from the forward pass alone; the weights stay. */
  async loss(batch: Batch): Promise<number> {
    const {device} = this.#spec;
    const losses = this.#executor.buffer('losses');
    const staging = device.createBuffer({
      label: 'losses, to be read',
      size: losses.size,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
    this.#run([batch], this.program.backward, undefined, (encoder) =>
      encoder.copyBufferToBuffer(losses, 0, staging, 0, losses.size),
    );
    await staging.mapAsync(GPUMapMode.READ);
    const numbers = new Float32Array(staging.getMappedRange(), 0, batch.labels.length);
    const mean = numbers.reduce((sum, loss) => sum + loss, 0); // each is divided by how many count already
    staging.destroy();
    return mean;
  }

  /** Loss and gradient, in the layout `program.learning`; the weights stay. */
  async gradient(
    batches: Batch | readonly Batch[],
    dropout?: StepSettings['dropout'],
  ): Promise<{loss: number; gradient: Float32Array}> {
    const slot = await this.#reports.free();
    const end = this.program.update + 1; // with the norm, which sums the losses up
    this.#run(listOf(batches), end, dropout, (encoder) =>
      slot.copy(encoder, this.#executor.buffer('report')),
    );
    const {loss} = await slot.read();
    return {loss, gradient: await this.readGradient()};
  }

  /**
   * Returns the gradient of the last step, in the layout `program.learning`.
   * @param name of one tensor: only its part is read, which is empty where it does not learn
   */
  async readGradient(name?: string): Promise<Float32Array> {
    const {device} = this.#spec;
    const {learning, learningParts} = this.program;
    const slot = name === undefined ? undefined : learning.slots.find((one) => one.name === name);
    if (name !== undefined && !slot) return new Float32Array(0);
    const {offset: first, size} = slot ?? {offset: 0, size: learning.length};
    const gradient = new Float32Array(size);
    const encoder = device.createCommandEncoder();
    const copies = piecesIn(learningParts, first, size).map(({part, offset, from, count}) => {
      const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
      const staging = device.createBuffer({size: 4 * count, usage});
      const source = this.#executor.buffer(partName('gradient', part));
      encoder.copyBufferToBuffer(source, 4 * offset, staging, 0, 4 * count);
      return {staging, from};
    });
    device.queue.submit([encoder.finish()]);
    await Promise.all(
      copies.map(async ({staging, from}) => {
        await staging.mapAsync(GPUMapMode.READ);
        gradient.set(new Float32Array(staging.getMappedRange()), from);
        staging.destroy();
      }),
    );
    return gradient;
  }

  /** Frees everything but the arenas. */
  dispose(): void {
    this.#executor.dispose();
    this.#reports.dispose();
  }

  #submit(
    batches: Batch | readonly Batch[],
    settings: StepSettings,
    after?: (encoder: GPUCommandEncoder) => void,
  ): void {
    const {step, dropout, learningRate, beta1, beta2, epsilon, weightDecay, clipNorm} = settings;
    const correction1 = 1 / (1 - beta1 ** step);
    const correction2 = 1 / (1 - beta2 ** step);
    this.#executor.values.set({
      learningRate,
      beta1,
      beta2,
      epsilon,
      weightDecay,
      clipNorm,
      correction1,
      correction2,
    });
    this.#run(listOf(batches), this.dispatches, dropout, after);
    this.#spec.arenas.changed();
  }

  // #region planned-step
  /** One submission a batch; only the last goes on after the gradient. */
  #run(
    batches: readonly Batch[],
    end: number,
    dropout: StepSettings['dropout'],
    after?: (encoder: GPUCommandEncoder) => void,
  ): void {
    const {device, arenas} = this.#spec;
    this.#executor.bind(arenas.buffers());
    arenas.flush();
    const rate = dropout?.rate ?? 0;
    let labels = 0;
    for (const batch of batches) labels += countLabels(batch.labels);
    this.#executor.values.set({
      lossScale: 1 / Math.max(1, labels),
      dropThreshold: Math.round(rate * 65536),
      dropKeep: 1 / (1 - rate),
    });
    for (let i = 0; i < batches.length; i++) {
      const last = i === batches.length - 1;
      const batchKey = dropout ? (i === 0 ? dropout.key : makeKey(dropout.key, i)) : 0;
      this.#executor.values.set({accumulate: i === 0 ? 0 : 1, dropKey: batchKey});
      this.#upload(batches[i]!);
      const encoder = device.createCommandEncoder();
      if (i === 0 && end > this.program.backward) this.#clearGradient(encoder);
      const pass = encoder.beginComputePass();
      this.#executor.encode(pass, 0, last ? end : this.program.update);
      pass.end();
      if (last) after?.(encoder);
      device.queue.submit([encoder.finish()]);
    }
  }
  // #endregion

  /** The two writes of a submission. */
  #upload({tokens: {ids}, labels}: Batch): void {
    const parts = this.#parts;
    const executor = this.#executor;
    if (ids.length !== parts.ids.length || labels.length !== parts.labels.length)
      throw new PlanError(
        `This plan takes batches of ${parts.ids.length} tokens, not ${ids.length} with ${labels.length} labels.`,
      );
    parts.ids.set(ids);
    parts.labels.set(labels);
    const segments = this.#segments.list(ids, parts.order, parts.segmentIds, parts.starts);
    executor.values.set({segments});
    executor.device.queue.writeBuffer(executor.buffer('batch'), 0, this.#words);
    executor.upload();
  }

  /** Most tokens of a large vocabulary are not in a batch: their gradient is 0 and no kernel writes it. */
  #clearGradient(encoder: GPUCommandEncoder): void {
    for (const {buffer, offset, length} of this.program.cleared)
      encoder.clearBuffer(this.#executor.buffer(buffer), offset * 4, length * 4);
  }
}

const listOf = (batches: Batch | readonly Batch[]): readonly Batch[] =>
  'tokens' in batches ? [batches] : batches;
