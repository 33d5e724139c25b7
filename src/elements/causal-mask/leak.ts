/** The experiment: the same small GPT trained twice, with the mask and without. */
import {createModel, type LiveModel, type ModelSpec, removeModel, type StepFact} from '../../state/index.js';

/** Small enough that both are trained in well under a minute on any laptop, and that the leak is found by then. */
export const LEAK_MODEL = {embDim: 32, nHeads: 2, nLayers: 1, contextLength: 16, dropRate: 0} as const;
export const LEAK_TRAINING = {
  steps: 300,
  batchSize: 32,
  learningRate: 1e-2,
  warmupSteps: 20,
  evalInterval: 0,
  sampleInterval: 0,
  saveInterval: 0,
} as const;
const SAMPLE_TOKENS = 80;

export interface LeakSide {
  causal: boolean;
  steps: readonly StepFact[];
  /** What it writes once it is trained. */
  text?: string;
}

/** One after the other, so that neither slows the other down. */
export class LeakExperiment {
  readonly sides: [LeakSide, LeakSide] = [
    {causal: true, steps: []},
    {causal: false, steps: []},
  ];
  running = false;
  error?: string;
  readonly #onChange: () => void;
  #model?: LiveModel;
  #ending?: AbortController;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether both have been trained and have written. */
  get done(): boolean {
    return this.sides.every(({text}) => text !== undefined);
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
      for (const i of [0, 1] as const) await this.#train(i, corpus, prompt, steps, ending.signal);
    } catch (error) {
      if (!ending.signal.aborted) this.error = (error as Error).message;
    }
    if (this.#ending !== ending) return;
    this.running = false;
    this.#onChange();
  }

  /** Ends it; the curves so far stay. */
  stop(): void {
    this.#ending?.abort();
    this.#ending = undefined;
    this.running = false;
    const model = this.#model;
    this.#model = undefined;
    if (model) void removeModel(model);
  }

  async #train(
    i: 0 | 1,
    corpus: ModelSpec['corpus'],
    prompt: string,
    steps: number,
    signal: AbortSignal,
  ): Promise<void> {
    const {causal} = this.sides[i];
    const config = causal ? LEAK_MODEL : {...LEAK_MODEL, causal: false};
    const model = (this.#model = createModel(undefined, {corpus, config, tokenizer: 'char', seed: 1}));
    try {
      model.addEventListener('gpt-step', ({detail}) => {
        this.sides[i] = {...this.sides[i], steps: [...this.sides[i].steps, detail]};
        this.#onChange();
      });
      await model.train({...LEAK_TRAINING, steps});
      await ended(model, signal);
      let text = '';
      for await (const token of model.generate({
        prompt,
        maxNewTokens: SAMPLE_TOKENS,
        temperature: 0.8,
        seed: 1,
        signal,
      }))
        text += token.text;
      this.sides[i] = {...this.sides[i], text};
      this.#onChange();
    } finally {
      if (this.#model === model) this.#model = undefined;
      await removeModel(model);
    }
  }
}

/** Resolves when the run is over. */
function ended(model: LiveModel, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = (): void => {
      if (model.status === 'done') resolve();
      else if (model.status === 'error') reject(new Error('The training could not go on.'));
    };
    model.addEventListener('gpt-status', check, {signal});
    model.addEventListener('gpt-error', ({detail}) => reject(new Error(detail.message)), {signal});
    signal.addEventListener('abort', () => reject(new Error('Stopped.')), {once: true});
    check();
  });
}
