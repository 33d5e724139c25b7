/** Two models that are trained at the same time for a comparison, and thrown away. */
import type {EvalFact, LiveModel, ModelSpec, StepFact, TrainingOptions} from '../../state/index.js';
import {loadModels} from './default-model.js';
import {endExperiment, runEnded} from './experiment.js';

export interface PairedRun {
  steps: readonly Pick<StepFact, 'step' | 'loss'>[];
  evals: readonly Pick<EvalFact, 'step' | 'validation'>[];
  /** What it writes once it is trained; before that, undefined. */
  text?: string;
}

const NOT_BEGUN: PairedRun = {steps: [], evals: []};

export interface PairedTraining {
  /** Makes both models, in the order of the runs. */
  models: (make: (spec: ModelSpec) => LiveModel) => LiveModel[] | Promise<LiveModel[]>;
  settings: Partial<TrainingOptions>;
  /** In which the second run differs from the first. Default: nothing. */
  changes?: Partial<TrainingOptions>;
  /** What each model writes once it is trained. Default: nothing. */
  sample?: {prompt: string; tokens: number};
}

/** The engine takes a step of each in turn, so that their curves can be compared from the first step on. */
export class PairedRuns {
  readonly sides: [PairedRun, PairedRun] = [NOT_BEGUN, NOT_BEGUN];
  running = false;
  error?: string;
  readonly #onChange: () => void;
  readonly #models: LiveModel[] = [];
  #ending?: AbortController;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether both have been trained, and have written what they should. */
  get done(): boolean {
    return this.sides.every(({text}) => text !== undefined);
  }

  /** Whether anything has been trained here. */
  get begun(): boolean {
    return this.sides.some(({steps}) => steps.length > 0);
  }

  /** Trains both anew, and lets both write. What goes wrong is in `error`. */
  async train(training: PairedTraining): Promise<void> {
    this.stop();
    const ending = (this.#ending = new AbortController());
    const {signal} = ending;
    this.running = true;
    this.error = undefined;
    for (const i of [0, 1] as const) this.sides[i] = NOT_BEGUN;
    this.#onChange();
    try {
      const {createModel} = await loadModels();
      if (signal.aborted) return;
      const models = await training.models((spec) => {
        signal.throwIfAborted();
        const model = createModel(undefined, spec);
        this.#models.push(model);
        return model;
      });
      await Promise.all(models.map((model) => model.ready)); // so that both begin with the same step
      await Promise.all(models.map((model, i) => this.#train(model, i, training, signal)));
    } catch (error) {
      if (!signal.aborted) this.error = (error as Error).message;
    }
    if (this.#ending !== ending) return;
    this.stop();
    this.#onChange();
  }

  /** Ends it; the curves so far stay. */
  stop(): void {
    this.#ending?.abort();
    this.#ending = undefined;
    this.running = false;
    for (const model of this.#models.splice(0)) void endExperiment(model);
  }

  /** @param i The index of the model's side. */
  async #train(
    model: LiveModel,
    i: number,
    {settings, changes, sample}: PairedTraining,
    signal: AbortSignal,
  ): Promise<void> {
    const change = (changes: Partial<PairedRun>): void => {
      this.sides[i] = {...this.sides[i]!, ...changes};
      this.#onChange();
    };
    model.addEventListener('gpt-step', ({detail}) => change({steps: [...this.sides[i]!.steps, detail]}), {
      signal,
    });
    model.addEventListener('gpt-eval', ({detail}) => change({evals: [...this.sides[i]!.evals, detail]}), {
      signal,
    });
    await model.train({...settings, ...(i === 1 && changes)});
    await runEnded(model, signal);
    change({text: sample ? await written(model, sample, signal) : ''});
  }
}

async function written(
  model: LiveModel,
  {prompt, tokens}: NonNullable<PairedTraining['sample']>,
  signal: AbortSignal,
): Promise<string> {
  let text = '';
  const options = {prompt, maxNewTokens: tokens, temperature: 0.8, seed: 1, signal};
  for await (const token of model.generate(options)) text += token.text;
  return text;
}
