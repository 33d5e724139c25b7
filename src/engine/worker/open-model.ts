import type {Autosave} from '../../checkpoint/autosave.js';
import {specKey} from '../../checkpoint/spec-key.js';
import {estimateMemory, type StepKind} from '../../model/memory.js';
import {countParameters} from '../../model/parameters.js';
import type {TrainingOptions} from '../../training/options.js';
import {type Snapshot, TrainingSession} from '../../training/session.js';
import type {Task} from '../../training/tasks/task.js';
import type {EvalFact, History, ModelFacts, ModelSpec, StepFact, TrainingStatus} from '../protocol.js';
import {makeTask} from './make-task.js';
import type {ModelSource} from './model-source.js';
import {mergeTraining} from './training-options.js';

const until = <T extends {step: number}>(facts: T[], step: number): T[] =>
  facts.filter((fact) => fact.step <= step);

/** A model that the engine holds: what it is made from, its session on the backend, its curve. */
export class OpenModel {
  readonly name: string;
  readonly spec: ModelSpec;
  readonly source: ModelSource;
  /** Under which its autosave is kept. */
  readonly key: string;
  readonly #task: Task;
  session: TrainingSession;
  status: TrainingStatus = 'idle';
  history: History = {steps: [], evals: [], samples: []};

  /** The weights that it was opened with, until they are given up. */
  #shipped: ModelSource['pretrained'];
  /** From which the session is made again where the device was lost. */
  #snapshot?: Snapshot;

  constructor(name: string, spec: ModelSpec, source: ModelSource) {
    this.name = name;
    this.spec = spec;
    this.source = source;
    this.key = specKey(spec);
    this.#task = makeTask(spec, source);
    this.#shipped = source.pretrained;
    this.session = this.#freshSession(source.training);
  }

  get step(): number {
    return this.session.stepsDone;
  }

  get options(): TrainingOptions {
    return this.session.options;
  }

  set options(options: TrainingOptions) {
    this.session.options = options;
  }

  get facts(): ModelFacts {
    const {config, tokenizer, corpus, seed} = this.source;
    return {
      config,
      tokenizer: tokenizer.spec,
      corpus: corpus.facts,
      training: this.options,
      seed,
      pretrained: this.#shipped && this.spec.pretrained,
      parameters: countParameters(config),
      bytes: estimateMemory(config, this.options.batchSize, this.kindOf(this.options)),
      kernels: this.session.kernels,
      precision: this.session.precisionWith(this.options),
      writingKernels: this.session.writer.kernels,
      step: this.step,
    };
  }

  /** How a step with these settings is computed, as far as memory goes. */
  kindOf(options: TrainingOptions): StepKind {
    const {session} = this;
    return {
      kernels: session.kernelsWith(options),
      precision: session.precisionWith(options),
      dropRate: options.dropRate,
    };
  }

  /** Where text begins when nothing was given: after the end of a line, or else as the corpus does. */
  get startToken(): number {
    const {tokenizer, corpus} = this.source;
    try {
      return tokenizer.encode('\n').at(-1) ?? corpus.train[0]!; // words know no line ends
    } catch {
      return corpus.train[0]!; // a text without line ends has no token for them
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
    return {snapshot: await this.remember(), history: this.history};
  }

  /** Fresh weights from the seed, step 0, an empty history; the settings stay, unless they were meant for trained weights. */
  reset(): void {
    if (this.#shipped) this.options = {...this.options, ...this.#shipped.fromScratch};
    this.#shipped = undefined;
    this.session.reset();
    this.#snapshot = undefined;
    this.history = {steps: [], evals: [], samples: []};
  }

  /** Continues where an autosave was made. */
  continueFrom({snapshot, history}: Autosave<History>): void {
    this.session.dispose();
    this.#shipped = undefined;
    this.#useSnapshot(snapshot);
    this.history = history;
  }

  /**
   * Makes the session again on the backend that is current now: from the last snapshot, else from the seed.
   * Steps since then are forgotten; they come again, the same.
   */
  rebuild(): void {
    const {options} = this;
    try {
      this.session.dispose();
    } catch {
      // The device that held it is gone, and its memory with it.
    }
    if (this.#snapshot) this.#useSnapshot({...this.#snapshot, options});
    else this.session = this.#freshSession(options);
    const {steps, evals, samples} = this.history;
    this.history = {
      steps: until(steps, this.step),
      evals: until(evals, this.step),
      samples: until(samples, this.step),
    };
  }

  dispose(): void {
    this.session.dispose();
  }

  #useSnapshot(snapshot: Snapshot): void {
    const options = mergeTraining(snapshot.options, {}); // an older release saved fewer settings
    this.session = TrainingSession.restore({...snapshot, options}, this.#task);
    this.#snapshot = snapshot;
  }

  #freshSession(options: TrainingOptions): TrainingSession {
    const {config, seed} = this.source;
    return new TrainingSession({
      config,
      options,
      task: this.#task,
      seed,
      weights: this.#shipped?.weights,
    });
  }
}
