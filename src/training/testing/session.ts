import {normalizeConfig} from '../../model/config.js';
import {DEFAULT_TRAINING, type TrainingOptions} from '../options.js';
import type {SessionSpec, TrainingSession} from '../session.js';
import {LanguageTask, type LanguageTaskOptions} from '../tasks/language.js';

export const config = normalizeConfig({
  vocabSize: 11,
  contextLength: 8,
  embDim: 16,
  nHeads: 2,
  nLayers: 2,
  tieWeights: true,
});
/** Counting up from 0 to 10 over and over, with a stumble at every 7th place. */
export const tokens = (length: number) => Int32Array.from({length}, (_, i) => (i % 7 === 0 ? 3 : i % 11));
export const options: TrainingOptions = {
  ...DEFAULT_TRAINING,
  steps: 40,
  batchSize: 4,
  learningRate: 1e-2,
  warmupSteps: 4,
  evalBatches: 2,
};
/** A session of a tiny model on that text. */
export const spec = ({
  trainTokens = tokens(300),
  validationTokens = tokens(60),
  seed = 3,
  ...changes
}: Partial<SessionSpec & LanguageTaskOptions> = {}): SessionSpec => ({
  config,
  options,
  task: new LanguageTask({trainTokens, validationTokens, contextLength: config.contextLength, seed}),
  seed,
  ...changes,
});
/** The losses of so many steps. */
export const losses = async (session: TrainingSession, steps: number) => {
  const list: number[] = [];
  for (let i = 0; i < steps; i++) list.push((await session.step()).loss);
  return list;
};
