/** The experiment: the model as it is and the changed one, both trained some steps further from the same weights on the same batches. */
import type {LiveModel, ModelSpec} from '../../state/index.js';
import {PairedRuns} from '../../ui/model/paired-runs.js';
import {type Change, optionsFor} from './block-nodes.js';

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

/** What is retrained, as it was when the reader started it. */
export interface Retrained {
  /** The block, counted from 0. */
  layer: number;
  change: Change;
  steps: number;
}

/** Losses on the held-out text: before the first step, and after the last. */
export interface HeldOut {
  before: number;
  after: number;
}

/** The first side is the model as it is, the second the changed one. */
export class Retraining extends PairedRuns {
  /** What the curves are of; undefined before the first run. */
  about?: Retrained;

  /** Steps that both have done. */
  get step(): number {
    return Math.min(...this.sides.map(({steps}) => steps.length));
  }

  /** Both sides’ losses on the held-out text; undefined until both are trained. */
  get heldOut(): [HeldOut, HeldOut] | undefined {
    if (!this.done) return undefined;
    return this.sides.map(({evals}) => ({
      before: evals[0]!.validation.loss,
      after: evals.at(-1)!.validation.loss,
    })) as [HeldOut, HeldOut];
  }

  run(base: LiveModel, about: Retrained): Promise<void> {
    this.about = about;
    const {name, spec, facts, backendChoice} = base;
    const {corpus, trainShare, stride} = spec;
    const {interventions, norm} = optionsFor(about.change, about.layer);
    const own: ModelSpec = {from: name, corpus, trainShare, stride, seed: facts?.seed};
    return this.train({
      models: (make) =>
        [own, {...own, ...(norm && {config: {norm}})}].map((one) =>
          Object.assign(make(one), {backendChoice}),
        ),
      settings: {...TRAINING, steps: about.steps},
      changes: {interventions: interventions ?? []},
    });
  }
}
