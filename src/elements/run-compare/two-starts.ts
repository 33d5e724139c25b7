/** The experiment: two models of one size learn the same text, one from random weights and one from those of a model of the page. */
import type {LiveModel} from '../../state/index.js';
import {PairedRuns} from '../../ui/model/paired-runs.js';

/** Long enough that the curves show how far ahead the second one is. */
export const STARTS_TRAINING = {
  steps: 80,
  batchSize: 8,
  learningRate: 1e-3,
  warmupSteps: 10,
  evalInterval: 10,
  evalBatches: 4,
  sampleInterval: 0,
  saveInterval: 0,
} as const;

/** The first side starts from random weights, the second from those of the base. */
export class TwoStarts extends PairedRuns {
  /** @param steps Of each run */
  run(base: LiveModel, text: string, prompt: string, steps: number): Promise<void> {
    const corpus = {kind: 'text', text} as const;
    return this.train({
      async models(make) {
        const learned = make({from: base.name, corpus, seed: 1});
        learned.backendChoice = base.backendChoice; // it may be the first to start the engine
        const {config, tokenizer} = await learned.ready;
        return [make({config, tokenizer, corpus, seed: 1}), learned];
      },
      settings: {...STARTS_TRAINING, steps},
      sample: {prompt, tokens: 36},
    });
  }
}
