/** Settings that work well for each preset. No tfjs: the page's main thread shows them before anything runs. */
import type {PresetName} from '../model/presets.js';
import type {TrainingOptions} from './options.js';

export const RECOMMENDED_TRAINING: Readonly<Record<PresetName, Partial<TrainingOptions>>> = {
  nano: {steps: 2500, batchSize: 16, learningRate: 4e-3, warmupSteps: 50},
  micro: {steps: 2000, batchSize: 16, learningRate: 3e-3, warmupSteps: 100},
  mini: {steps: 3000, batchSize: 16, learningRate: 1e-3, warmupSteps: 100},
  small: {steps: 5000, batchSize: 16, learningRate: 6e-4, warmupSteps: 200},
  'gpt2-124M': {steps: 10000, batchSize: 4, learningRate: 4e-4, warmupSteps: 500},
};

/** Settings that turn the model that ships trained into a classifier, in some 600 steps. */
export const RECOMMENDED_CLASSIFICATION: Partial<TrainingOptions> = {
  steps: 600,
  batchSize: 16,
  learningRate: 5e-4,
  warmupSteps: 20,
  minLearningRateShare: 0.05,
  weightDecay: 0.5, // few messages: less overfitting to their words
  evalInterval: 50,
  evalBatches: 13,
  sampleInterval: 0,
  saveInterval: 100,
};
