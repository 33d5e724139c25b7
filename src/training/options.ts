/** The settings of a training run. No tfjs: the page's main thread reads the defaults and the effects. */
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
});

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
