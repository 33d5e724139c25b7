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

/** Settings that turn the model that ships trained into a classifier, in some 600 steps of the generated messages. */
const CLASSIFICATION: Partial<TrainingOptions> = {
  batchSize: 16,
  learningRate: 5e-4,
  warmupSteps: 20,
  minLearningRateShare: 0.05,
  weightDecay: 0.5, // few messages: less overfitting to their words
  evalBatches: 13,
  sampleInterval: 0,
  saveInterval: 100,
};

/** So often a text is seen, within these numbers of steps. */
const PASSES = 7;
const [FEWEST_STEPS, MOST_STEPS] = [100, 600];

/** Returns settings for a classifier that learns from so many texts. */
export function recommendedClassification(texts: number): Partial<TrainingOptions> {
  const steps = 50 * Math.round((PASSES * texts) / CLASSIFICATION.batchSize! / 50);
  const chosen = Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, steps));
  return {...CLASSIFICATION, steps: chosen, evalInterval: chosen < 300 ? 10 : 50};
}
