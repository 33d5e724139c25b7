import type {Autosave, SettingsChange} from '../../checkpoint/autosave.js';
import {specKey} from '../../checkpoint/spec-key.js';
import {estimateMemory, type StepKind} from '../../model/memory.js';
import {countParameters} from '../../model/parameters.js';
import {collectWeights, type WeightSource} from '../../model/weight-source.js';
import type {TrainingOptions} from '../../training/options.js';
import {type Snapshot, TrainingSession} from '../../training/session.js';
import type {Task} from '../../training/tasks/task.js';
import {EngineError} from '../errors.js';
import type {EvalFact, History, ModelFacts, ModelSpec, StepFact, TrainingStatus} from '../protocol.js';
import {classificationFacts} from './classifying.js';
import {makeTask} from './make-task.js';
import type {ModelSource} from './model-source.js';
import {mergeTraining} from './training-options.js';

const until = <T extends {step: number}>(facts: T[], step: number): T[] =>
  facts.filter((fact) => fact.step <= step);

/** A name for a run that no other run has. Not `crypto.randomUUID`, which pages without https lack. */
const newRunId = (): string =>
  `${Date.now().toString(36)}-${Math.floor(Math.random() * Number.MAX_SAFE_INTEGER).toString(36)}`;

const isSame = (a: TrainingOptions, b: TrainingOptions): boolean =>
  (Object.keys(a) as (keyof TrainingOptions)[]).every((name) => Object.is(a[name], b[name]));

/** A model that the engine holds: what it is made from, its session on the backend, its curve. */
export class OpenModel {
  readonly name: string;
  readonly spec: ModelSpec;
  readonly source: ModelSource;
  /** The instance that the page knows it by; see `EngineFact`. */
  readonly instance: number;
  /** Under which its autosave is kept. */
  readonly key: string;
  readonly #task: Task;
  status: TrainingStatus = 'idle';
  history: History = {steps: [], evals: [], samples: []};

  #session: TrainingSession;
  #closed = false;
  #runId = newRunId();
  /** The weights that it was opened with, until they are given up. */
  #shipped: ModelSource['pretrained'];
  /** From which the session is made again where the device was lost. */
  #snapshot?: Snapshot;
  /** The settings that were last asked for. While lost steps are repeated, the session still uses older ones. */
  #options: TrainingOptions;
  /** The settings with which the run began. */
  #firstOptions: TrainingOptions;
  /**
   * Changes of settings in this run: steps that are repeated use them from the same step on. All are kept, since the last
   * autosave that was stored may be older than the last snapshot.
   */
  #changes: SettingsChange[] = [];

  private constructor(
    name: string,
    spec: ModelSpec,
    source: ModelSource,
    instance: number,
    task: Task,
    session: TrainingSession,
  ) {
    this.name = name;
    this.spec = spec;
    this.source = source;
    this.instance = instance;
    this.key = specKey(spec);
    this.#task = task;
    this.#shipped = source.pretrained;
    this.#options = this.#firstOptions = source.training;
    this.#session = session;
  }

  /** Makes a model on the backend; its weights are read now. @throws what reading them throws */
  static async open(
    name: string,
    spec: ModelSpec,
    source: ModelSource,
    instance = 0,
    signal?: AbortSignal,
  ): Promise<OpenModel> {
    const task = makeTask(spec, source);
    const session = await makeSession(source, task, source.training, source.pretrained?.weights, signal);
    return new OpenModel(name, spec, source, instance, task, session);
  }

  /** @throws {EngineError} `canceled` where the model was closed */
  get session(): TrainingSession {
    if (this.#closed) throw new EngineError('canceled', 'The model was closed.');
    return this.#session;
  }

  get step(): number {
    return this.#session.stepsDone;
  }

  /** Whether it learns something else than what its first weights were made for. */
  get #isFinetuned(): boolean {
    return this.#task.tuning.classes !== undefined;
  }

  /** Whether its weights are those of the seed. */
  get isUntrained(): boolean {
    return this.step === 0 && !this.#shipped && !this.#snapshot;
  }

  get runId(): string {
    return this.#runId;
  }

  /** The settings that were last asked for. Those of the next step are the session's. */
  get options(): TrainingOptions {
    return this.#options;
  }

  /** Changes of settings in this run, for the autosave. */
  get changes(): SettingsChange[] {
    return this.#changes;
  }

  /** Uses other settings from the next step on. Must not be called while a step is being computed. */
  changeOptions(options: TrainingOptions): void {
    if (isSame(options, this.#options)) return;
    const from = this.session.stepsBegun + 1;
    this.#changes = [...this.#changes.filter((change) => change.from < from), {from, options}];
    this.#options = this.session.options = options;
  }

  /** Gives the session the settings of its next step. Call it before each step. */
  prepareStep(): void {
    const next = this.session.stepsBegun + 1;
    const change = this.#changes.findLast(({from}) => from <= next);
    if (change) this.session.options = change.options;
  }

  get facts(): ModelFacts {
    const {config, tokenizer, corpus, corpusProblem, seed, loaded} = this.source;
    return {
      config,
      tokenizer: tokenizer.spec,
      corpus: corpus.facts,
      corpusProblem,
      training: this.options,
      seed,
      pretrained: this.#shipped && this.spec.pretrained,
      parameters: countParameters(config),
      bytes: estimateMemory(config, this.options.batchSize, this.kindOf(this.options)),
      kernels: this.session.kernels,
      precision: this.session.precisionWith(this.options),
      writingKernels: this.session.writer.kernels,
      dtype: this.session.arenas.held.dtype,
      rounding: this.session.arenas.held.rounding,
      step: this.step,
      runId: this.#runId,
      classification: classificationFacts(this.#task, this.session.arenas, loaded?.classes !== undefined),
    };
  }

  /** How a step with these settings is computed, as far as memory goes. */
  kindOf(options: TrainingOptions): StepKind {
    const {session} = this;
    return {
      kernels: session.kernelsWith(options),
      precision: session.precisionWith(options),
      dropRate: options.dropRate,
      dtype: session.arenas.held.dtype,
    };
  }

  /** Where text begins when nothing was given: after the end of a line, or else as the corpus does. */
  get startToken(): number {
    const {tokenizer, corpus} = this.source;
    const first = corpus.train[0] ?? 0;
    try {
      return tokenizer.encode('\n').at(-1) ?? first; // words know no line ends
    } catch {
      return first; // a text without line ends has no token for them
    }
  }

  addStep(fact: StepFact): void {
    this.history.steps.push(fact);
  }

  /** At most one evaluation a step. */
  addEval(fact: EvalFact): void {
    this.history.evals = [...this.history.evals.filter(({step}) => step !== fact.step), fact];
  }

  /** Remembers how things stand, for `rebuild`. */
  async remember(): Promise<Snapshot> {
    return (this.#snapshot = await this.session.snapshot());
  }

  async autosave(): Promise<Autosave<History>> {
    const snapshot = await this.remember();
    return {snapshot, history: this.history, runId: this.#runId, changes: this.#changes};
  }

  /**
   * Step 0, an empty history, and fresh weights from the seed; a classifier returns to the weights that it was made from. The settings
   * stay, unless they were meant for trained weights.
   */
  async reset(): Promise<void> {
    const options = this.#isFinetuned ? this.#options : {...this.#options, ...this.#shipped?.fromScratch};
    const first = this.#isFinetuned ? this.#shipped : undefined;
    this.session.reset(first && (await collectWeights(first.weights)));
    this.#shipped = first;
    this.#begin(options);
    this.#runId = newRunId();
    this.history = {steps: [], evals: [], samples: []};
  }

  /**
   * Continues where an autosave was made.
   * @param saved as `checkAutosave` returns it
   * @throws where the device cannot hold it; the model then stands where it stood
   */
  async continueFrom({snapshot, history, runId, changes = []}: Autosave<History>): Promise<void> {
    const before = await this.session.snapshot();
    this.#session.dispose();
    try {
      this.#session = this.#restored(snapshot);
    } catch (error) {
      this.#session = this.#restored(before);
      throw error;
    }
    if (!this.#isFinetuned) this.#shipped = undefined;
    this.#snapshot = snapshot;
    this.#runId = runId ?? newRunId();
    this.#changes = changes.filter(({from}) => from > snapshot.step);
    this.#options = this.#changes.at(-1)?.options ?? snapshot.options;
    this.prepareStep();
    this.history = history;
  }

  /**
   * Makes the session again, on another device: from the last snapshot, or from the start. Steps since then are forgotten;
   * they come again, the same.
   */
  async rebuild(): Promise<void> {
    this.#free();
    this.#session = this.#snapshot
      ? this.#restored(this.#snapshot)
      : await makeSession(this.source, this.#task, this.#firstOptions, this.#shipped?.weights);
    this.prepareStep();
    const {steps, evals, samples} = this.history;
    this.history = {
      steps: until(steps, this.step),
      evals: until(evals, this.step),
      samples: until(samples, this.step),
    };
  }

  dispose(): void {
    this.#closed = true;
    this.#free();
  }

  #free(): void {
    try {
      this.#session.dispose();
    } catch {
      // The device that held it is gone, and its memory with it.
    }
  }

  /** The run begins anew with these settings. */
  #begin(options: TrainingOptions): void {
    this.#options = this.#firstOptions = this.session.options = options;
    this.#changes = [];
    this.#snapshot = undefined;
  }

  #restored(snapshot: Snapshot): TrainingSession {
    const options = mergeTraining(snapshot.options, {}); // an older release saved fewer settings
    return TrainingSession.restore({...snapshot, options}, this.#task);
  }
}

/** Makes a session at step 0. @param weights default: those of the seed */
async function makeSession(
  {config, seed, dtype}: ModelSource,
  task: Task,
  options: TrainingOptions,
  weights?: WeightSource,
  signal?: AbortSignal,
): Promise<TrainingSession> {
  const spec = {config, seed, task, options};
  return weights
    ? TrainingSession.load({...spec, source: weights, dtype}, signal)
    : new TrainingSession(spec);
}
