/** How much memory a model needs, computed before anything is allocated. No tfjs. */
import type {GPTConfig} from './config.js';
import {sizeOf} from './named-tensor.js';
import {countParameters, parameterShapes} from './parameters.js';

const FLOAT_BYTES = 4;

export interface MemoryEstimate {
  /** The weights alone. */
  weights: number;
  /** Weights, gradient, AdamW's two moments, and a training step's activations, at its peak. */
  training: number;
}

/** What computes a training step. Planned kernels keep what the backward pass needs; tfjs's tape keeps the result of every operation. */
export type StepKernels = 'plan' | 'reference';

/** How planned kernels store what the forward pass saves for the backward pass: in 32 bits, or most of it in 16. The rest has 32 bits. */
export type Precision = 'float32' | 'mixed';

/** How weights are held: in 32 bits, or to be read only, their matrices in 16. */
export type WeightDtype = 'float32' | 'float16';

/** What rounding to 16 bits has changed, over all matrices. */
export interface Rounding {
  /** The largest difference of a number. */
  largest: number;
  /** Root mean square of the differences, as a share of that of the numbers. */
  relative: number;
}

/** Default: the reference, in 32 bits, without dropout. */
export interface StepKind {
  kernels?: StepKernels;
  /** How the weights are held. */
  dtype?: WeightDtype;
  /** Of the plan; the reference always has `float32`. */
  precision?: Precision;
  dropRate?: number;
}

/**
 * Numbers (float32) that a training step holds beside the parameters, for B windows of T tokens. Per token:
 *
 * - the plan, a block: two norms' outputs (2C), q, k, v (3C), context (C), the stream twice (2C), the feed-forward's inner layer before and
 *   after GELU (8C): 16C (in 16 bits all but the stream take half as much), and for each head and norm a number or two. Around the blocks: the stream's start, the last norm, and the gradients
 *   that all blocks share (11C), logits, which become their own gradient (V).
 * - the reference: every result of every operation until the backward pass is over. Its factors are measured (`training/memory.test.ts`): GELU alone is
 *   some ten operations on 4C numbers, each with its gradient; of the T × T attention weights there are eight, of the logits as well.
 */
export function activationCount(
  config: GPTConfig,
  batchSize: number,
  {kernels = 'reference', precision = 'float32', dropRate = 0}: StepKind = {},
): number {
  const {vocabSize: V, contextLength: T, embDim: C, nHeads: H, nLayers: L} = config;
  const drops = dropRate > 0 ? 1 : 0;
  const halved = precision === 'mixed' ? 14 * L + 1 : 0; // times C: of each block, and the last norm's output
  const aToken =
    kernels === 'plan'
      ? L * (16 * C + H + 4) + (11 + drops - halved / 2) * C + V
      : L * ((187 + 4 * drops) * C + (8.7 + 2 * drops) * H * T) + (28 + 16 * drops) * C + 8 * V;
  return Math.round(batchSize * T * aToken);
}

/** What the cache of keys and values takes when a full context has been read, in bytes. */
export interface CacheEstimate {
  /** Keys and values of every block: 2 L T C numbers. */
  keysAndValues: number;
  /** What this library's decoding plan allocates: it keeps the queries beside them, 3 L T C numbers. */
  allocated: number;
}

export function estimateCache({contextLength: T, embDim: C, nLayers: L}: GPTConfig): CacheEstimate {
  return {keysAndValues: 2 * L * T * C * FLOAT_BYTES, allocated: 3 * L * T * C * FLOAT_BYTES};
}

/** Copies of each parameter: weights, gradient and two moments; the reference allocates new ones before it frees the old. */
const COPIES: Record<StepKernels, number> = {plan: 4, reference: 7.4};

/** Returns the bytes of the weights: in 16 bits, vectors (biases and norms) still take 32. */
export function weightBytes(config: GPTConfig, dtype: WeightDtype = 'float32'): number {
  return parameterShapes(config).reduce(
    (sum, [, shape]) => sum + sizeOf(shape) * (dtype === 'float16' && shape.length > 1 ? 2 : FLOAT_BYTES),
    0,
  );
}

/** Returns the bytes of the weights, and of training with B windows a step. */
export function estimateMemory(config: GPTConfig, batchSize: number, kind: StepKind = {}): MemoryEstimate {
  const parameters = countParameters(config);
  const copies = COPIES[kind.kernels ?? 'reference'];
  return {
    weights: weightBytes(config, kind.dtype),
    training: Math.round(copies * parameters + activationCount(config, batchSize, kind)) * FLOAT_BYTES,
  };
}

/** Thrown for a model that would not fit. The message has the numbers and what to change. */
export class MemoryError extends Error {
  override name = 'MemoryError';
  constructor(
    message: string,
    readonly needed: number,
    readonly limit: number,
  ) {
    super(message);
  }
}

const size = (bytes: number) =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1e6))} MB`;

/**
 * Returns what a model needs, or refuses one that needs more memory than there is, before anything is allocated.
 * @param batchSize windows a training step; 0: the weights alone (inference)
 * @param limitBytes what the device has
 * @throws {MemoryError}
 */
export function checkMemory(
  config: GPTConfig,
  batchSize: number,
  limitBytes: number,
  kind?: StepKind,
): MemoryEstimate {
  const estimate = estimateMemory(config, batchSize, kind);
  const needed = batchSize > 0 ? estimate.training : estimate.weights;
  if (needed > limitBytes) {
    const parameters = countParameters(config).toLocaleString('en');
    const what =
      batchSize > 0
        ? `Training this model (${parameters} parameters, ${batchSize} windows of ${config.contextLength} tokens a step) takes about ` +
          `${size(needed)}, ${size(estimate.weights)} of it for the weights alone`
        : `This model (${parameters} parameters) takes ${size(needed)}`;
    throw new MemoryError(
      `${what}; this device can give about ${size(limitBytes)}. Choose a smaller preset${batchSize > 1 ? ', a smaller batch or a shorter context' : ''}.`,
      needed,
      limitBytes,
    );
  }
  return estimate;
}
