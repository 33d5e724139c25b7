/** The experiment: the model as it is and the changed one, both trained some steps further from the same weights on the same batches. */
import type {LiveModel, ModelSpec, StepFact, TraceOptions} from '../../state/index.js';
import {loadModels} from '../../ui/model/default-model.js';
import {endExperiment, runEnded} from '../../ui/model/experiment.js';

/** Enough for the largest fall of the loss, and a matter of seconds with a small model. */
export const RETRAIN_STEPS = 40;

const TRAINING = {
  batchSize: 8,
  learningRate: 1e-3,
  warmupSteps: 4,
  evalInterval: 0,
  evalBatches: 2,
  sampleInterval: 0,
  saveInterval: 0,
  kernels: 'reference', // for both, so that the change is all in which they differ
} as const;

/** A step of a larger model takes seconds. */
const MOST_PARAMETERS = 3e6;

/** Returns why a model cannot be retrained here, as a sentence for the reader; undefined where it can. */
export function obstacleTo({facts, spec}: LiveModel): string | undefined {
  if (spec.task && spec.task.kind !== 'language')
    return 'A classifier is not retrained here. Choose a model that writes.';
  if (facts?.corpusProblem) return facts.corpusProblem;
  if ((facts?.parameters ?? 0) > MOST_PARAMETERS)
    return `Retraining ${Math.round(facts!.parameters / 1e6)} million parameters would take too long in a page. Choose a smaller model.`;
  return undefined;
}

export interface RetrainedSide {
  steps: readonly Pick<StepFact, 'step' | 'loss'>[];
  /** Loss on the held-out text: before the first step, and after the last. */
  before?: number;
  after?: number;
}

type Changes = Pick<TraceOptions, 'interventions' | 'norm'>;

/** The engine takes a step of each in turn. */
export class Retraining {
  intact: RetrainedSide = {steps: []};
  changed: RetrainedSide = {steps: []};
  isRunning = false;
  problem?: string;
  readonly #onChange: () => void;
  #models: LiveModel[] = [];
  #ending?: AbortController;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether both have done all their steps. */
  get isDone(): boolean {
    return !this.isRunning && [this.intact, this.changed].every(({after}) => after !== undefined);
  }

  /** Steps that both have done. */
  get step(): number {
    return Math.min(this.intact.steps.length, this.changed.steps.length);
  }

  /** @param changes What the changed model does otherwise, in every forward pass */
  async run(base: LiveModel, changes: Changes, steps = RETRAIN_STEPS): Promise<void> {
    this.stop();
    const ending = (this.#ending = new AbortController());
    const {signal} = ending;
    this.isRunning = true;
    this.problem = undefined;
    this.intact = this.changed = {steps: []};
    this.#onChange();
    try {
      const {createModel} = await loadModels();
      if (signal.aborted) return;
      const {name, spec, facts} = base;
      const {corpus, trainShare, stride} = spec;
      const own: ModelSpec = {from: name, corpus, trainShare, stride, seed: facts?.seed};
      const models = [own, {...own, ...(changes.norm && {config: {norm: changes.norm}})}].map((one) =>
        createModel(undefined, one, {backend: base.backendChoice}),
      );
      this.#models = models;
      await Promise.all(models.map((model) => model.ready)); // so that both begin with the same step
      const interventions = changes.interventions ?? [];
      await Promise.all([
        this.#train(models[0]!, 'intact', {steps, interventions: []}, signal),
        this.#train(models[1]!, 'changed', {steps, interventions}, signal),
      ]);
    } catch (error) {
      if (!signal.aborted) this.problem = (error as Error).message;
    }
    if (this.#ending !== ending) return;
    this.stop();
    this.#onChange();
  }

  /** Ends it; what was seen so far stays. */
  stop(): void {
    this.#ending?.abort();
    this.#ending = undefined;
    this.isRunning = false;
    for (const model of this.#models.splice(0)) void endExperiment(model);
  }

  async #train(
    model: LiveModel,
    side: 'intact' | 'changed',
    options: {steps: number; interventions: NonNullable<Changes['interventions']>},
    signal: AbortSignal,
  ): Promise<void> {
    const change = (changes: Partial<RetrainedSide>): void => {
      this[side] = {...this[side], ...changes};
      this.#onChange();
    };
    model.addEventListener('gpt-step', ({detail}) => change({steps: [...this[side].steps, detail]}), {
      signal,
    });
    model.addEventListener(
      'gpt-eval',
      ({detail}) => change({[detail.step === 0 ? 'before' : 'after']: detail.validation.loss}),
      {signal},
    );
    await model.train({...TRAINING, ...options});
    await runEnded(model, signal);
  }
}
