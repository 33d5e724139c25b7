import {type Tensor, tidy} from '@tensorflow/tfjs-core';
import {key} from '../math/rng.js';
import type {GPTConfig} from '../model/config.js';
import {fineTuningLayout, initialTunedArena} from '../model/fine-tuning.js';
import type {Intervention} from '../model/interventions.js';
import {logitAttribution} from '../model/logit-attribution.js';
import {logitLens} from '../model/logit-lens.js';
import type {Precision, WeightDtype} from '../model/memory.js';
import type {NamedTensor} from '../model/named-tensor.js';
import {type ParameterLayout, writeArena} from '../model/parameters.js';
import type {AttributionOptions, LensOptions, LensReading, LogitAttribution} from '../model/readings.js';
import {traceForward} from '../model/trace-forward.js';
import type {TraceOptions} from '../model/trace-options.js';
import {collectWeights, type WeightSource} from '../model/weight-source.js';
import type {Weights} from '../model/weights.js';
import type {Progress} from '../webgpu/progress.js';
import {type ArenaValues, ModelArenas} from './arenas.js';
import type {GeneratedToken, GenerationOptions, Writer} from './generate.js';
import {inspectWeights, type LastStep} from './inspect-weights.js';
import {checkTraining, type TrainingOptions} from './options.js';
import {referenceLoss} from './reference-stepper.js';
import {learningRateAt} from './schedule.js';
import {type PendingStep, StepQueue, type StepResult} from './step-queue.js';
import type {Stepper} from './stepper.js';
import {Steppers} from './steppers.js';
import type {EvalMetrics} from './tasks/metrics.js';
import type {EvaluatedModel, ReadableModel, Task} from './tasks/task.js';
import {TextWriter, writingDevice} from './text-writer.js';
import type {WeightReading} from './weight-reading.js';

export interface SessionSpec {
  config: GPTConfig;
  options: TrainingOptions;
  /** What the model is trained on. */
  task: Task;
  /** Determines the initial weights and dropout. */
  seed: number;
  /** Start from these instead of fresh ones; names not given stay fresh. Or how they are held: they are 0 then, until they are filled. */
  weights?: Iterable<[string, NamedTensor]> | WeightDtype;
  /** Bytes of the largest buffer: larger weights lie in several. Default: what the device gives. */
  pieceBytes?: number;
}

export interface EvaluationOptions {
  /** Changes to every forward pass; the reference then computes it. Default: those of the settings. */
  interventions?: readonly Intervention[];
  /** Batches of each set. Default: `evalBatches` of the settings. */
  batches?: number;
}

/** Everything that a run needs to continue exactly, besides its task. The arenas are in the order of `fineTuningLayout` and `learningLayout`. */
export interface Snapshot extends ArenaValues {
  config: GPTConfig;
  options: TrainingOptions;
  /** Steps done. */
  step: number;
  /** Tokens trained on so far. */
  tokensSeen: number;
  seed: number;
}

/**
 * A GPT in training on the current tfjs backend. One `step()` is one training step; between steps `options` may be replaced and the model may
 * be read, traced and sampled. Everything random is a pure function of (seed, step).
 */
export class TrainingSession implements ReadableModel {
  readonly config: GPTConfig;
  readonly seed: number;
  readonly task: Task;
  readonly layout: ParameterLayout;
  /** Continues texts with the weights as they are now. */
  readonly writer: Writer;
  /** The weights and AdamW's moments on the backend. */
  readonly arenas: ModelArenas;

  readonly #steppers: Steppers;
  readonly #queue = new StepQueue(() => {
    this.#lastStep = undefined;
    this.#steppers.restart();
  });
  #options: TrainingOptions;
  /** Undefined where the weights are not the result of a step of this session. */
  #lastStep?: LastStep;

  /**
   * @throws {ConfigError} where a setting makes no run
   * @throws {WeightsError} where given weights do not fit
   */
  constructor({config, options, task, seed, weights, pieceBytes}: SessionSpec) {
    this.config = config;
    this.task = task;
    this.seed = seed;
    checkTraining(options);
    this.#options = options;
    this.layout = fineTuningLayout(config, task.tuning);
    const theta = typeof weights === 'string' ? weights : this.#initial(weights);
    this.arenas = new ModelArenas(config, theta, task.tuning, pieceBytes);
    this.#steppers = new Steppers({config, task, arenas: this.arenas});
    this.writer = new TextWriter({
      config,
      getWeights: this.arenas.weights,
      gpu: task.tuning.lora ? undefined : writingDevice(config, this.arenas), // planned writing knows no adapters
      options: () => this.#options,
    });
  }

  /**
   * Makes a session whose weights are read a few megabytes at a time, so that they are in memory once.
   * @param spec.dtype how they are held; in 16 bits, or where they are larger than any buffer of the device, the model cannot be trained.
   *   What fine-tuning adds is fresh, and takes 32 bits
   * @throws {WeightsError} where the source holds the weights of another model; and what the source throws
   */
  static async load(
    {source, dtype, ...spec}: Omit<SessionSpec, 'weights'> & {source: WeightSource; dtype: WeightDtype},
    signal?: AbortSignal,
  ): Promise<TrainingSession> {
    const {classes, lora} = spec.task.tuning;
    if (classes || lora) return new TrainingSession({...spec, weights: await collectWeights(source, signal)});
    const session = new TrainingSession({...spec, weights: dtype});
    try {
      await session.arenas.fill(source, signal);
      return session;
    } catch (error) {
      session.dispose();
      throw error;
    }
  }

  /** Continues a run where its snapshot was taken: the next steps are the same, bit for bit, on the same backend. */
  static restore(snapshot: Snapshot & Pick<SessionSpec, 'pieceBytes'>, task: Task): TrainingSession {
    const session = new TrainingSession({...snapshot, task});
    session.arenas.replace(snapshot);
    session.#queue.restart(snapshot.step, snapshot.tokensSeen);
    return session;
  }

  /** The settings of the next step. @throws {ConfigError} where one of them makes no run */
  get options(): TrainingOptions {
    return this.#options;
  }

  set options(options: TrainingOptions) {
    checkTraining(options);
    this.#options = options;
  }

  get stepsDone(): number {
    return this.#queue.done;
  }

  /** Steps begun: those done, and those whose results were not read yet. */
  get stepsBegun(): number {
    return this.#queue.begun;
  }

  /** Tokens trained on so far. */
  get tokensSeen(): number {
    return this.#queue.tokensSeen;
  }

  /** What computes the next step. */
  get kernels(): Stepper['kernels'] {
    return this.kernelsWith(this.options);
  }

  /** What would compute a step with other settings. */
  kernelsWith(options: TrainingOptions): Stepper['kernels'] {
    return this.#steppers.peek(options).kernels;
  }

  /** How a step with these settings would store what the forward pass saves for the backward pass. */
  precisionWith(options: TrainingOptions): Precision {
    return this.#steppers.peek(options).precisionOf(options);
  }

  /** Prepares what the first step needs: on a GPU, kernels are compiled and checked, which takes seconds. */
  async prepare(onProgress?: Progress): Promise<void> {
    await this.#queue.settle();
    await this.#queue.exclusively(() => this.#stepper.prepare(this.options, onProgress));
  }

  /**
   * Does one training step: batch, forward, backward, clip, AdamW.
   * @throws {NumericError} where loss or gradient norm is not finite; the weights stay those of the last good step
   * @throws {StepError} where another step is being submitted, or the run restarts before this one is done
   */
  async step(): Promise<StepResult> {
    return (await this.begin()).read();
  }

  /**
   * Begins a step. Planned kernels have then submitted it, and other steps can begin before its result is read, so that the device never waits
   * for the page; the reference has computed it.
   * @throws {StepError} where another step is being submitted
   */
  begin(): Promise<PendingStep> {
    const {options, task, seed} = this;
    return this.#queue.begin(options, async (step, isWanted) => {
      const learningRate = learningRateAt(step, options);
      const batch = task.batch(step, options.batchSize);
      const dropout = {rate: options.dropRate, key: key(seed, STREAM.dropout, step)};
      const stepper = this.#steppers.use(options);
      const report = await stepper.begin({batch, step, learningRate, options, dropout}, isWanted);
      this.arenas.changed();
      this.#lastStep = {step, learningRate, options};
      return {learningRate, tokens: batch.labels.length, report};
    });
  }

  /**
   * Returns the task's metrics on both sets, without dropout, always over the same examples.
   * @throws {InterventionError} on an intervention that the model cannot apply
   */
  async evaluate({
    interventions = this.options.interventions,
    batches,
  }: EvaluationOptions = {}): Promise<EvalMetrics> {
    await this.#queue.settle();
    const {config, options, task, arenas} = this;
    const {evalBatches, batchSize} = options;
    const count = batches ?? evalBatches;
    const stepper = this.#stepper;
    const model: EvaluatedModel = {
      config,
      loss: (batch) =>
        interventions.length > 0
          ? referenceLoss({config, task, arenas}, batch, interventions)
          : stepper.loss(batch, options),
      read: (compute) => this.read(compute, {interventions}),
    };
    return {
      train: await task.evaluate(model, 'train', count, batchSize),
      validation: await task.evaluate(model, 'validation', count, batchSize),
    };
  }

  /** Continues a prompt of at least one token, token by token. See `writer`, which yields them as they are ready. */
  async *generate(promptIds: ArrayLike<number>, options: GenerationOptions): AsyncGenerator<GeneratedToken> {
    for await (const tokens of this.writer.write(promptIds, options)) yield* tokens;
  }

  /** Returns one sequence's intermediates by name; see `TRACE_NAMES`. `*` is a wildcard. */
  trace(
    ids: ArrayLike<number>,
    want: readonly string[],
    options?: TraceOptions,
  ): Promise<Map<string, NamedTensor>> {
    return traceForward(this.arenas.weights, this.config, ids, want, options);
  }

  /** Returns the numbers of a tensor, computed from the weights as they are now; `compute` is called inside a tidy. */
  async read(
    compute: (weights: Weights, options: TraceOptions) => Tensor,
    options: TraceOptions = {},
  ): Promise<Float32Array> {
    const tensor = tidy(() => compute(this.arenas.weights(), options));
    const data = Float32Array.from((await tensor.data()) as Float32Array);
    tensor.dispose();
    return data;
  }

  /** Returns what each part of the model adds to the targets' logits. */
  attribution(
    ids: ArrayLike<number>,
    targets: readonly number[],
    options?: AttributionOptions,
  ): Promise<LogitAttribution> {
    return logitAttribution(this.arenas.weights, this.config, ids, targets, options);
  }

  /** Returns what the model would predict at each point of the residual stream. */
  lens(ids: ArrayLike<number>, options?: LensOptions): Promise<LensReading[]> {
    return logitLens(this.arenas.weights, this.config, ids, options);
  }

  /** Returns the named weights (default: all). */
  async weights(names?: readonly string[]): Promise<Map<string, NamedTensor>> {
    const wanted = this.layout.slots.filter(({name}) => !names || names.includes(name));
    const weights = new Map<string, NamedTensor>();
    for (const slot of wanted)
      weights.set(slot.name, {shape: [...slot.shape], data: await this.arenas.readSlot('theta', slot)});
    return weights;
  }

  /**
   * Returns one tensor's statistics, with gradient and update of the last step. No step may begin meanwhile.
   * @throws {WeightsError} on a name that the model does not have
   */
  inspect(name: string): Promise<WeightReading> {
    return inspectWeights(this.arenas, name, this.stepsBegun, this.seed, this.#lastStep, (one) =>
      this.#steppers.gradient(one),
    );
  }

  /**
   * Replaces the named weights, once the steps that were begun are done; AdamW's moments become 0.
   * @throws {WeightsError} where a name or shape does not fit; nothing is changed then
   * @throws {ConfigError} where the weights can only be read
   */
  async setWeights(weights: Iterable<[string, NamedTensor]>): Promise<void> {
    this.arenas.checkTrainable();
    await this.settle(); // the weights hold the steps in flight already
    const theta = await this.arenas.readTheta();
    writeArena(this.layout, theta, weights);
    this.#queue.discard();
    this.arenas.replace({theta});
    this.#lastStep = undefined;
  }

  /** Waits for the steps that were begun. */
  settle(): Promise<void> {
    return this.#queue.settle();
  }

  async snapshot(): Promise<Snapshot> {
    await this.settle();
    const {config, options, seed, stepsDone: step, tokensSeen} = this;
    return {config, options: {...options}, step, tokensSeen, seed, ...(await this.arenas.read())};
  }

  /**
   * Returns to fresh weights from the seed, at step 0.
   * @param weights start from these instead; names not given are fresh
   * @throws {ConfigError} where the weights can only be read
   */
  reset(weights: Iterable<[string, NamedTensor]> = []): void {
    this.arenas.checkTrainable();
    const theta = this.#initial(weights);
    this.#queue.restart(0, 0);
    this.#lastStep = undefined;
    this.arenas.replace({theta});
  }

  /** @throws {WeightsError} where given weights do not fit */
  #initial(weights: Iterable<[string, NamedTensor]> = []): Float32Array {
    const given = new Map(weights);
    const isWhole = this.layout.slots.every(({name}) => given.has(name)); // drawing others would take seconds
    const theta = isWhole
      ? new Float32Array(this.layout.length)
      : initialTunedArena(this.config, this.task.tuning, this.seed);
    writeArena(this.layout, theta, given);
    return theta;
  }

  /** Frees everything on the backend. */
  dispose(): void {
    this.#queue.discard();
    this.#steppers.dispose();
    this.writer.dispose();
    this.arenas.dispose();
  }

  get #stepper(): Stepper {
    return this.#steppers.use(this.options);
  }
}

/** Each use of the seed draws from a stream of its own: 1 is that of the batches (see `ShuffledWindows.ofRun`). */
const STREAM = {dropout: 2};
