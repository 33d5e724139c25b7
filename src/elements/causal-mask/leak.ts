/** The experiment: the same small GPT trained with the mask and without, both at the same time. */
import type {LiveModel, ModelSpec, StepFact} from '../../state/index.js';
import {loadedModels, loadModels} from '../../ui/model/default-model.js';
import {runEnded} from '../../ui/model/experiment.js';

/** Small enough that a laptop trains both in some ten seconds, with so short a context that the leak is found early. */
export const LEAK_MODEL = {embDim: 32, nHeads: 1, nLayers: 1, contextLength: 8, dropRate: 0} as const;
export const LEAK_TRAINING = {
  steps: 200,
  batchSize: 32,
  learningRate: 1e-2,
  warmupSteps: 10,
  evalInterval: 0,
  sampleInterval: 0,
  saveInterval: 0,
} as const;
const SAMPLE_TOKENS = 80;

export interface LeakSide {
  causal: boolean;
  steps: readonly Pick<StepFact, 'step' | 'loss'>[];
  /** What it writes once it is trained. */
  text?: string;
}

/** The engine takes a step of each in turn, so that their curves can be compared from the first step on. */
export class LeakExperiment {
  readonly sides: [LeakSide, LeakSide] = [
    {causal: true, steps: []},
    {causal: false, steps: []},
  ];
  running = false;
  error?: string;
  readonly #onChange: () => void;
  #models: LiveModel[] = [];
  #ending?: AbortController;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether both have been trained and have written. */
  get done(): boolean {
    return this.sides.every(({text}) => text !== undefined);
  }

  /** Whether anything has been trained here. */
  get begun(): boolean {
    return this.sides.some(({steps}) => steps.length > 0);
  }

  /** @param steps Of each run; fewer for tests. */
  async run(corpus: ModelSpec['corpus'], prompt: string, steps: number = LEAK_TRAINING.steps): Promise<void> {
    this.stop();
    const ending = (this.#ending = new AbortController());
    this.running = true;
    this.error = undefined;
    for (const i of [0, 1] as const) this.sides[i] = {causal: this.sides[i].causal, steps: []};
    this.#onChange();
    try {
      const {createModel} = await loadModels();
      if (ending.signal.aborted) return;
      const models = (this.#models = this.sides.map(({causal}) =>
        createModel(undefined, {
          corpus,
          config: causal ? LEAK_MODEL : {...LEAK_MODEL, causal: false},
          tokenizer: 'char',
          seed: 1,
        }),
      ));
      await Promise.all(models.map((model) => model.ready)); // so that both begin with the same step
      await Promise.all(models.map((model, i) => this.#train(model, i, prompt, steps, ending.signal)));
    } catch (error) {
      if (!ending.signal.aborted) this.error = (error as Error).message;
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
    for (const model of this.#models.splice(0)) void loadedModels()?.removeModel(model);
  }

  /** @param i The index of the model's side. */
  async #train(
    model: LiveModel,
    i: number,
    prompt: string,
    steps: number,
    signal: AbortSignal,
  ): Promise<void> {
    const change = (changes: Partial<LeakSide>): void => {
      this.sides[i] = {...this.sides[i]!, ...changes};
      this.#onChange();
    };
    model.addEventListener('gpt-step', ({detail}) => change({steps: [...this.sides[i]!.steps, detail]}), {
      signal,
    });
    await model.train({...LEAK_TRAINING, steps});
    await runEnded(model, signal);
    let text = '';
    const options = {prompt, maxNewTokens: SAMPLE_TOKENS, temperature: 0.8, seed: 1, signal};
    for await (const token of model.generate(options)) text += token.text;
    change({text});
  }
}
