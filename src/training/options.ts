/** The settings of a training run. No tfjs: the page's main thread reads the defaults and the effects. */
import {shorten, show} from '../math/shorten.js';
import {ConfigError} from '../model/config.js';
import type {Intervention} from '../model/interventions.js';
import type {Precision} from '../model/memory.js';

export interface TrainingOptions {
  /** Steps of the whole run. */
  steps: number;
  /** B: windows a step. */
  batchSize: number;
  /** The peak of the schedule. */
  learningRate: number;
  /** The learning rate rises linearly from 0 over this many steps, then falls along a cosine. */
  warmupSteps: number;
  /** The cosine ends at this share of the peak. */
  minLearningRateShare: number;
  /** Decoupled decay, on matrices only: not on biases and norms. */
  weightDecay: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  /** Gradients are scaled down to this global norm; 0 switches clipping off. */
  clipNorm: number;
  /** Overrides the model's dropRate for this run. */
  dropRate: number;
  /** Steps between two evaluations on both sets; 0: never. */
  evalInterval: number;
  /** Batches of each set an evaluation looks at. */
  evalBatches: number;
  /** Steps between two samples; 0: never. */
  sampleInterval: number;
  samplePrompt: string;
  sampleTokens: number;
  /** Steps between two autosaves; 0: never. */
  saveInterval: number;
  /** `auto`: planned WGSL kernels on WebGPU, the reference elsewhere. `reference`: plain tfjs operations everywhere. */
  kernels: 'auto' | 'reference';
  /**
   * `mixed`: planned kernels keep what the forward pass saves for the backward pass in 16 bits: those activations take little more
   * than half the room; sums, weights and AdamW's moments stay float32. Where a device computes it too far from the reference, and with the reference itself: `float32`.
   */
  precision: Precision;
  /**
   * Changes to every forward pass, in training and in evaluation: what is switched off learns nothing, and the rest learns to do without
   * it. The reference then trains. A value that is `set` belongs to one text, and is refused.
   */
  interventions: readonly Intervention[];
}

/** The library's defaults, as in the course: AdamW at 4e-4 with decay 0.1. Presets adjust steps, batch and rate. */
export const DEFAULT_TRAINING: Readonly<TrainingOptions> = Object.freeze({
  steps: 1000,
  batchSize: 8,
  learningRate: 4e-4,
  warmupSteps: 50,
  minLearningRateShare: 0.1,
  weightDecay: 0.1,
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  clipNorm: 1,
  dropRate: 0,
  evalInterval: 50,
  evalBatches: 4,
  sampleInterval: 100,
  samplePrompt: '',
  sampleTokens: 120,
  saveInterval: 100,
  kernels: 'auto',
  precision: 'float32',
  interventions: Object.freeze([]),
});

type NumberOption = {
  [K in keyof TrainingOptions]: TrainingOptions[K] extends number ? K : never;
}[keyof TrainingOptions];

interface Range {
  least: number;
  most: number;
  /** Whether it counts something. */
  whole?: boolean;
}
const count = (least: number, most = 1e9): Range => ({least, most, whole: true});

/**
 * What each number may be. AdamW divides by 1 − β and, where a gradient is 0, by ε alone, in float32: β = 1 or ε = 0 would turn the
 * weights into NaN, and a β or ε that float32 rounds to these does the same.
 */
const RANGES: Record<NumberOption, Range> = {
  steps: count(1),
  batchSize: count(1, 65_536),
  learningRate: {least: 0, most: 100},
  warmupSteps: count(0),
  minLearningRateShare: {least: 0, most: 1},
  weightDecay: {least: 0, most: 1000},
  beta1: {least: 0, most: 0.999999},
  beta2: {least: 0, most: 0.999999},
  epsilon: {least: 1e-16, most: 1},
  clipNorm: {least: 0, most: 1e30},
  dropRate: {least: 0, most: 0.99},
  evalInterval: count(0),
  evalBatches: count(1, 1e6),
  sampleInterval: count(0),
  sampleTokens: count(1, 1e6),
  saveInterval: count(0),
};

/** @throws {ConfigError} on a setting that makes no run; the sentence says which one, and what it may be */
export function checkTraining(options: TrainingOptions): void {
  for (const [name, {least, most, whole}] of Object.entries(RANGES)) {
    const value = options[name as NumberOption];
    const fits = typeof value === 'number' && value >= least && value <= most;
    if (!fits || (whole && !Number.isInteger(value)))
      throw new ConfigError(
        `${name} must be a ${whole ? 'whole ' : ''}number of at least ${least} and at most ${most}, not ${show(value)}.`,
      );
  }
  const {learningRate, weightDecay, kernels, precision, interventions} = options;
  if (learningRate * weightDecay > 1)
    throw new ConfigError(
      `learningRate × weightDecay is ${learningRate * weightDecay}: each step would shrink the weights to below 0. Lower one of them.`,
    );
  if (kernels !== 'auto' && kernels !== 'reference')
    throw new ConfigError(`kernels must be “auto” or “reference”, not “${shorten(String(kernels))}”.`);
  if (precision !== 'float32' && precision !== 'mixed')
    throw new ConfigError(`precision must be “float32” or “mixed”, not “${shorten(String(precision))}”.`);
  if (!Array.isArray(interventions) || interventions.some((one) => typeof one?.at !== 'string'))
    throw new ConfigError(
      `interventions must be a list of changes to the forward pass, not ${show(interventions)}.`,
    );
  if (interventions.some(({change}: Intervention) => change === 'set'))
    throw new ConfigError(
      'interventions must not “set” values in training: they belong to one text. Use “zero”, “mean”, “skip” or “scale”.',
    );
}

/** Every training option acts from the next step on. What the model is made of needs a fresh start. */
export const NEEDS_RESTART = [
  'preset',
  'config',
  'corpus',
  'tokenizer',
  'seed',
  'trainShare',
  'stride',
] as const;
