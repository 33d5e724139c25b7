import {ConfigError} from '../../model/config.js';
import {DEFAULT_TRAINING, type TrainingOptions} from '../../training/options.js';

type NumberOption = {
  [K in keyof TrainingOptions]: TrainingOptions[K] extends number ? K : never;
}[keyof TrainingOptions];

/** Each number with the least it may be, and whether it counts things. */
const RULES: Record<NumberOption, {least: number; most?: number; whole?: boolean}> = {
  steps: {least: 1, whole: true},
  batchSize: {least: 1, whole: true},
  learningRate: {least: 0},
  warmupSteps: {least: 0, whole: true},
  minLearningRateShare: {least: 0, most: 1},
  weightDecay: {least: 0},
  beta1: {least: 0, most: 1},
  beta2: {least: 0, most: 1},
  epsilon: {least: 0},
  clipNorm: {least: 0},
  dropRate: {least: 0, most: 0.99},
  evalInterval: {least: 0, whole: true},
  evalBatches: {least: 1, whole: true},
  sampleInterval: {least: 0, whole: true},
  sampleTokens: {least: 1, whole: true},
  saveInterval: {least: 0, whole: true},
};

/**
 * Settings in part, on top of those in force.
 * @throws {ConfigError} on a name that is none, or a number that makes no run
 */
export function mergeTraining(base: TrainingOptions, changes: Partial<TrainingOptions>): TrainingOptions {
  const merged = {...DEFAULT_TRAINING, ...base}; // a run that was saved by an older release knows fewer
  for (const [name, value] of Object.entries(changes)) {
    if (!(name in DEFAULT_TRAINING))
      throw new ConfigError(
        `“${name}” is not a training setting. Known: ${Object.keys(DEFAULT_TRAINING).join(', ')}.`,
      );
    if (value !== undefined) Object.assign(merged, {[name]: value});
  }
  for (const [name, {least, most = Number.POSITIVE_INFINITY, whole}] of Object.entries(RULES)) {
    const value = merged[name as NumberOption];
    const fits =
      Number.isFinite(value) && value >= least && value <= most && (!whole || Number.isInteger(value));
    if (!fits)
      throw new ConfigError(
        `${name} must be a ${whole ? 'whole ' : ''}number of at least ${least}` +
          `${Number.isFinite(most) ? ` and at most ${most}` : ''}, not ${value}.`,
      );
  }
  if (merged.kernels !== 'auto' && merged.kernels !== 'reference')
    throw new ConfigError(`kernels must be “auto” or “reference”, not “${merged.kernels}”.`);
  if (merged.precision !== 'float32' && merged.precision !== 'mixed')
    throw new ConfigError(`precision must be “float32” or “mixed”, not “${merged.precision}”.`);
  return merged;
}
