import {keep, type Tensor1D, tensor1d, type Variable} from '@tensorflow/tfjs-core';
import {slidingWindows} from '../data/windows.js';
import {key} from '../math/rng.js';
import type {GPTConfig} from '../model/config.js';
import {initialArena} from '../model/init.js';
import type {Precision} from '../model/memory.js';
import type {NamedTensor} from '../model/named-tensor.js';
import {type ParameterLayout, parameterLayout, readArena, writeArena} from '../model/parameters.js';
import {traceForward} from '../model/trace-forward.js';
import type {TraceOptions} from '../model/trace-options.js';
import {sliceArena, type Weights, weightsFrom} from '../model/weights.js';
import type {Progress} from '../webgpu/progress.js';
import type {StepReport} from '../webgpu/report.js';
import {decayMask} from './adamw.js';
import {arenaVariable, moveInto} from './arenas.js';
import {cutWindows, type LabeledBatch, ShuffledWindows} from './batches.js';
import {NumericError, SessionError} from './errors.js';
import {meanLoss, type TokenSet} from './evaluate.js';
import type {GeneratedToken, GenerationOptions} from './generate.js';
import {makeStepper} from './make-stepper.js';
import {makeWriter} from './make-writer.js';
import type {TrainingOptions} from './options.js';
import {learningRateAt} from './schedule.js';
import type {Stepper} from './stepper.js';
import type {Writer} from './writer.js';

export interface SessionSpec {
  config: GPTConfig;
  options: TrainingOptions;
  trainTokens: Int32Array;
  /** May be shorter than a window: evaluations then give NaN for it. */
  validationTokens: Int32Array;
  /** Tokens between the starts of two neighboring windows. Default: the context length. */
  stride?: number;
  /** Fixes initial weights, batches and dropout. */
  seed: number;
  /** Start from these instead of fresh ones; names not given stay fresh. */
  weights?: Iterable<[string, NamedTensor]>;
}

export interface StepResult {
  /** Steps done, this one included. */
  step: number;
  /** Mean cross-entropy of the batch before the update, nats a token. */
  loss: number;
  /** Global norm before clipping. */
  gradientNorm: number;
  learningRate: number;
  /** Tokens of this step's batch. */
  tokens: number;
  /** Tokens trained on so far, this step's included. */
  tokensSeen: number;
}

/** A step that has begun: its numbers may be asked for later, when others have begun after it. */
export interface BegunStep {
  step: number;
  /**
   * @throws {NumericError} where loss or norm is not finite; the weights stay those of the last good step, and steps begun after it never were
   * @throws {SessionError} where the weights were replaced before this step was done
   */
  read(): Promise<StepResult>;
}

/** Mean losses in nats a token; NaN for a set that is shorter than one window. */
export interface EvalResult {
  trainLoss: number;
  validationLoss: number;
}

/** Everything that a run needs to continue exactly, beside its texts. */
export interface Snapshot {
  config: GPTConfig;
  options: TrainingOptions;
  /** Steps done. */
  step: number;
  /** Tokens trained on so far. */
  tokensSeen: number;
  seed: number;
  stride: number;
  /** Arenas in the order of `parameterLayout(config)`: weights, AdamW's first and second moments. */
  theta: Float32Array;
  m: Float32Array;
  v: Float32Array;
}

/**
 * A GPT in training on the current tfjs backend. One `step()` is one training step; between steps `options` may be replaced, the model
 * may be read, traced and sampled. Whatever a step draws at random is a pure function of (seed, step).
 */
export class TrainingSession {
  readonly config: GPTConfig;
  readonly seed: number;
  readonly stride: number;
  readonly layout: ParameterLayout;
  /** In force from the next step on. */
  options: TrainingOptions;

  private readonly theta: Variable;
  private readonly m: Variable;
  private readonly v: Variable;
  private readonly decay: Tensor1D;
  private readonly train: TokenSet;
  private readonly validation: TokenSet;
  private readonly windows: ShuffledWindows;
  private done = 0;
  private seen = 0;
  /** Steps begun, of which `done` are known to be good. */
  private begun = 0;
  private latest?: BegunStep;
  private begunWith?: TrainingOptions;
  private beginning = false;
  private stepper?: Stepper;
  private stepperKernels?: TrainingOptions['kernels'];
  private readonly writers = new Map<boolean, Writer>();
  /** Goes up whenever the weights change. */
  private weightsEdition = 0;
  /** Goes up whenever the arenas are replaced or freed: a step under way must not overwrite that. */
  private edition = 0;

  /**
   * @throws {SessionError} where the text is shorter than one window
   * @throws {WeightsError} where given weights do not fit
   */
  constructor(spec: SessionSpec) {
    this.config = spec.config;
    this.options = spec.options;
    this.seed = spec.seed;
    this.stride = spec.stride ?? spec.config.contextLength;
    this.layout = parameterLayout(spec.config);
    this.train = this.tokenSet(spec.trainTokens);
    this.validation = this.tokenSet(spec.validationTokens);
    if (this.train.starts.length === 0)
      throw new SessionError(
        `The text to train on has ${spec.trainTokens.length} tokens, but one window needs ${this.config.contextLength + 1}: ` +
          'give more text or choose a shorter context.',
      );
    this.windows = ShuffledWindows.ofRun(this.train.starts, this.seed);

    const arena = initialArena(this.config, this.seed);
    if (spec.weights) writeArena(this.layout, arena, spec.weights);
    const zeros = new Float32Array(this.layout.length);
    this.theta = arenaVariable(arena);
    this.m = arenaVariable(zeros);
    this.v = arenaVariable(zeros);
    this.decay = keep(tensor1d(decayMask(this.layout)));
  }

  /** Continues a run where its snapshot was taken: the next steps are the same, bit for bit, on the same backend. */
  static restore(
    snapshot: Snapshot,
    {trainTokens, validationTokens}: Pick<SessionSpec, 'trainTokens' | 'validationTokens'>,
  ): TrainingSession {
    const session = new TrainingSession({...snapshot, trainTokens, validationTokens});
    session.assign(snapshot.theta, snapshot.m, snapshot.v);
    session.done = session.begun = snapshot.step;
    session.seen = snapshot.tokensSeen;
    return session;
  }

  /** Steps done. */
  get stepsDone(): number {
    return this.done;
  }

  /** Steps begun: those done, and those whose numbers nobody has asked for yet. */
  get stepsBegun(): number {
    return this.begun;
  }

  /** Tokens trained on so far. */
  get tokensSeen(): number {
    return this.seen;
  }

  /** Windows in each set. */
  get windowCounts(): {train: number; validation: number} {
    return {train: this.train.starts.length, validation: this.validation.starts.length};
  }

  /** How the next step is computed. */
  get kernels(): Stepper['kernels'] {
    return this.stepperFor(this.options).kernels;
  }

  /** How a step with other settings would be computed. */
  kernelsWith({kernels}: TrainingOptions): Stepper['kernels'] {
    return kernels === this.options.kernels ? this.kernels : this.makeStepper(kernels).kernels;
  }

  /** How a step with these settings would keep what the forward pass saves for the backward pass. */
  precisionWith(options: TrainingOptions): Precision {
    const stepper =
      options.kernels === this.options.kernels ? this.stepperFor(options) : this.makeStepper(options.kernels);
    return stepper.precisionOf(options);
  }

  /** How the next text is written. */
  get writingKernels(): Writer['kernels'] {
    return this.writerFor(this.options).kernels;
  }

  /** The weights' arena on the backend, for plans that write their own kernels. */
  get arena(): {theta: Variable; m: Variable; v: Variable} {
    return {theta: this.theta, m: this.m, v: this.v};
  }

  /** Makes ready what the first step needs, which on a GPU takes a moment: kernels are compiled and checked. */
  async prepare(onProgress?: Progress): Promise<void> {
    await this.settle();
    await this.exclusively(() => this.stepperFor(this.options).prepare(this.options, onProgress));
  }

  /**
   * One training step: batch, forward, backward, clip, AdamW.
   * The new weights are taken only if loss and norm are finite. Computed by planned WGSL kernels on WebGPU,
   * by the reference elsewhere or where `options.kernels` asks for it: the same numbers.
   * @throws {NumericError} where they are not; the weights stay those of the last good step
   * @throws {SessionError} where another step is beginning, or the weights are replaced before this one is done
   */
  async step(): Promise<StepResult> {
    return (await this.begin()).read();
  }

  /**
   * Begins a step. On planned kernels it is then submitted, and others can begin before its numbers are asked for, so that the device never
   * waits for the page; the reference has computed it.
   * @throws {SessionError} where another step is beginning
   */
  begin(): Promise<BegunStep> {
    return this.exclusively(async () => {
      const {options, config, edition} = this;
      if (this.latest && this.begunWith !== options) await this.settle(); // other settings may need another plan
      this.begunWith = options;
      const step = this.begun + 1;
      const learningRate = learningRateAt(step, options);
      const starts = this.windows.startsAt(this.begun, options.batchSize);
      const batch = cutWindows(this.train.tokens, starts, config.contextLength);
      const dropout = {rate: options.dropRate, key: key(this.seed, STREAM.dropout, step)};

      const read = await this.stepperFor(options).begin(
        {batch, step, learningRate, options, dropout},
        () => edition === this.edition,
      );
      this.weightsEdition++;
      const tokens = batch.labels.length;
      const begun = this.begunStep({step, learningRate, tokens}, read, edition);
      if (edition === this.edition) {
        this.begun = step;
        this.latest = begun;
      }
      return begun;
    });
  }

  /** Mean loss on both sets over `options.evalBatches` batches each, without dropout, always over the same windows. */
  async evaluate(): Promise<EvalResult> {
    await this.settle();
    const {options, config} = this;
    const {evalBatches, batchSize} = options;
    const stepper = this.stepperFor(options);
    const lossOf = (batch: LabeledBatch) => stepper.loss(batch, options);
    const on = (set: TokenSet) => meanLoss(lossOf, config.contextLength, set, evalBatches, batchSize);
    return {trainLoss: await on(this.train), validationLoss: await on(this.validation)};
  }

  /** Writes on from a prompt of at least one token; yields the tokens that are ready at the same time. */
  write(promptIds: ArrayLike<number>, options: GenerationOptions): AsyncGenerator<GeneratedToken[]> {
    return this.writerFor(this.options).write(promptIds, options);
  }

  /** Writes on from a prompt of at least one token. */
  async *generate(promptIds: ArrayLike<number>, options: GenerationOptions): AsyncGenerator<GeneratedToken> {
    for await (const tokens of this.write(promptIds, options)) yield* tokens;
  }

  /** One sequence's intermediates by name; see `TRACE_NAMES`. `*` is a wildcard. */
  trace(
    ids: ArrayLike<number>,
    want: readonly string[],
    options?: TraceOptions,
  ): Promise<Map<string, NamedTensor>> {
    return traceForward(this.lend, this.config, ids, want, options);
  }

  /** The named weights (default: all). */
  async weights(names?: readonly string[]): Promise<Map<string, NamedTensor>> {
    return readArena(this.layout, (await this.theta.data()) as Float32Array, names);
  }

  /**
   * Replaces the named weights; AdamW's moments start afresh.
   * @throws {WeightsError} where a name or shape does not fit; nothing is changed then
   */
  async setWeights(weights: Iterable<[string, NamedTensor]>): Promise<void> {
    const arena = Float32Array.from((await this.theta.data()) as Float32Array);
    writeArena(this.layout, arena, weights);
    this.assign(arena);
  }

  async snapshot(): Promise<Snapshot> {
    await this.settle();
    const [theta, m, v] = await Promise.all(
      [this.theta, this.m, this.v].map(async (arena) =>
        Float32Array.from((await arena.data()) as Float32Array),
      ),
    );
    return {
      config: this.config,
      options: {...this.options},
      step: this.done,
      tokensSeen: this.seen,
      seed: this.seed,
      stride: this.stride,
      theta: theta!,
      m: m!,
      v: v!,
    };
  }

  /** Fresh weights from the seed, step 0. */
  reset(): void {
    this.assign(initialArena(this.config, this.seed));
    this.done = this.begun = 0;
    this.seen = 0;
  }

  /** Frees everything on the backend. */
  dispose(): void {
    this.edition++;
    this.stepper?.dispose();
    for (const writer of this.writers.values()) writer.dispose();
    for (const tensor of [this.theta, this.m, this.v, this.decay]) tensor.dispose();
  }

  private readonly lend = (): Weights =>
    weightsFrom(this.layout, sliceArena(this.layout, this.theta as unknown as Tensor1D));

  private stepperFor({kernels}: TrainingOptions): Stepper {
    if (this.stepper && this.stepperKernels === kernels) return this.stepper;
    this.stepper?.dispose();
    this.stepperKernels = kernels;
    return (this.stepper = this.makeStepper(kernels));
  }

  /** It takes nothing of the device before its first step. */
  private makeStepper(kernels: TrainingOptions['kernels']): Stepper {
    const {config, layout, decay, arena} = this;
    return makeStepper({config, layout, decay, arenas: arena}, kernels);
  }

  private writerFor({kernels}: TrainingOptions): Writer {
    const planned = kernels !== 'reference';
    const {config, arena: arenas, lend, writers} = this;
    let writer = writers.get(planned);
    if (!writer) {
      const edition = () => this.weightsEdition;
      const training = () => this.options;
      writer = makeWriter({config, arenas, lend, edition, training}, planned);
      writers.set(planned, writer);
    }
    return writer;
  }

  /** One at a time: what a step needs may be under way. */
  private async exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (this.beginning)
      throw new SessionError('A training step is still under way: wait for it before the next.');
    this.beginning = true;
    try {
      return await work();
    } finally {
      this.beginning = false;
    }
  }

  /** A step whose numbers are taken in the order of the steps, when they are asked for. */
  private begunStep(
    facts: Pick<StepResult, 'step' | 'learningRate' | 'tokens'>,
    read: () => Promise<StepReport>,
    edition: number,
  ): BegunStep {
    let before = this.latest;
    const take = async (): Promise<StepResult> => {
      const report = read();
      report.catch(() => {}); // the step before may have failed already
      await before?.read();
      before = undefined;
      const {loss, gradientNorm} = await report;
      if (edition !== this.edition)
        throw new SessionError('The weights were replaced while a step was under way: it was dropped.');
      if (this.latest === begun) this.latest = undefined;
      if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
        this.forgetBegun();
        throw new NumericError(facts.step, loss);
      }
      this.done = facts.step;
      this.seen += facts.tokens;
      return {...facts, loss, gradientNorm, tokensSeen: this.seen};
    };
    let result: Promise<StepResult> | undefined;
    const begun: BegunStep = {step: facts.step, read: () => (result ??= take())};
    return begun;
  }

  /** Waits until all steps that have begun are done, so that weights, step and loss belong together. Who began them hears of errors. */
  private async settle(): Promise<void> {
    await this.latest?.read().catch(() => {});
  }

  /** Steps that began after one that was not a number have changed nothing; the next begins where the last good one ended. */
  private forgetBegun(): void {
    this.begun = this.done;
    this.latest = undefined;
    this.stepper?.dispose();
  }

  private tokenSet(tokens: Int32Array): TokenSet {
    return {tokens, starts: slidingWindows(tokens.length, this.config.contextLength, this.stride)};
  }

  /** Puts numbers into the arenas; moments not given become 0. */
  private assign(theta: Float32Array, m?: Float32Array, v?: Float32Array): void {
    this.edition++;
    this.weightsEdition++;
    this.begun = this.done;
    this.latest = undefined;
    moveInto(this.theta, tensor1d(theta));
    moveInto(this.m, tensor1d(m ?? new Float32Array(theta.length)));
    moveInto(this.v, tensor1d(v ?? new Float32Array(theta.length)));
  }
}

/** Each use of the seed draws from a stream of its own: 1 is that of the batches (see `ShuffledWindows.ofRun`). */
const STREAM = {dropout: 2};
