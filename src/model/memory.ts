/** How much memory a model needs, before any of it is taken. No tfjs. */
import type {GPTConfig} from './config.js';
import {countParameters} from './parameters.js';

const FLOAT_BYTES = 4;

export interface MemoryEstimate {
  /** The weights alone. */
  weights: number;
  /** Weights, gradient, AdamW's two moments, and the activations that a training step saves. */
  training: number;
}

/**
 * Numbers that a training step keeps for its backward pass, for B windows of T tokens (float32):
 *
 * - a block, per token: 2 layer norms (input and output each, 4C), q, k, v (3C), context (C), the residual in between (C),
 *   the feed-forward's inner layer before and after GELU (8C): 17C;
 *   and per head and token one row of attention scores and one of probabilities: 2·H·T
 * - around the blocks, per token: the embedding and the last norm's input and output (3C), logits and probabilities (2V)
 */
export function activationCount(config: GPTConfig, batchSize: number): number {
  const {vocabSize: V, contextLength: T, embDim: C, nHeads: H, nLayers: L} = config;
  return batchSize * T * (L * (17 * C + 2 * H * T) + 3 * C + 2 * V);
}

/** Bytes for the weights and for training with B windows a step. */
export function estimateMemory(config: GPTConfig, batchSize: number): MemoryEstimate {
  const parameters = countParameters(config);
  return {
    weights: parameters * FLOAT_BYTES,
    training: (4 * parameters + activationCount(config, batchSize)) * FLOAT_BYTES,
  };
}

/** The model would not fit. The message holds the numbers and what to change. */
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
 * Refuses a model that needs more memory than there is, before anything is allocated.
 * @param batchSize windows a training step; 0: the weights alone (inference)
 * @param limitBytes what the device can give
 * @throws {MemoryError}
 */
export function checkMemory(config: GPTConfig, batchSize: number, limitBytes: number): MemoryEstimate {
  const estimate = estimateMemory(config, batchSize);
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
