/** What all figures are for, unless they say otherwise: the same for every contestant. */
import type {GPTConfig} from '../../src/model/config.js';
import type {StepSettings} from '../../src/webgpu/train-plan.js';
import config from '../config.json';

export const CONFIG: GPTConfig = config.model;
/** B: windows a step. */
export const BATCH: number = config.batchSize;

/** Of the weights that every contestant starts from. */
export const SEED = 1;

/** AdamW as in nanoGPT, with clipping, at a constant rate. */
export const settings = (step: number): StepSettings => ({
  step,
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  weightDecay: 0.1,
  clipNorm: 1,
});
