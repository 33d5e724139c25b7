/** The experiment: the same small GPT trained with the mask and without, both at the same time. */
import type {ModelSpec} from '../../state/index.js';
import {PairedRuns} from '../../ui/model/paired-runs.js';

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

/** The first side is the model with the mask, the second the one without. */
export class LeakExperiment extends PairedRuns {
  /** @param steps Of each run; fewer for tests. */
  run(corpus: ModelSpec['corpus'], prompt: string, steps: number = LEAK_TRAINING.steps): Promise<void> {
    return this.train({
      models: (make) =>
        [LEAK_MODEL, {...LEAK_MODEL, causal: false}].map((config) =>
          make({corpus, config, tokenizer: 'char', seed: 1}),
        ),
      settings: {...LEAK_TRAINING, steps},
      sample: {prompt, tokens: 80},
    });
  }
}
