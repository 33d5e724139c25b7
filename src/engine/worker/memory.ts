import type {GPTConfig} from '../../model/config.js';
import {checkMemory, MemoryError, type StepKind} from '../../model/memory.js';
import {parameterLayout} from '../../model/parameters.js';

/** What is to be held. Default: the reference is to train it, which needs all weights in one tensor. */
export interface Holding extends StepKind {
  /** Whether the weights come from elsewhere to be read: where they are too large for one tensor, each matrix is held by itself. */
  loaded?: boolean;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;

/**
 * Refuses what a device cannot hold, before anything is allocated, with the numbers.
 * @param batchSize windows a training step; 0: the weights alone
 * @param kind how a step is computed, and the weights held
 * @throws {MemoryError}
 */
export function checkFits(
  config: GPTConfig,
  batchSize: number,
  {total, largest}: {total: number; largest: number},
  kind: Holding = {},
): void {
  checkMemory(config, batchSize, total, kind);
  const {vocabSize: V, contextLength: T, embDim: C, nHeads: H} = config;
  const isPlanned = kind.kernels === 'plan';
  const tensors: [what: string, bytes: number][] = [
    kind.loaded || isPlanned
      ? ['a matrix of its feed-forward layers', 4 * C * 4 * C] // the token embedding is held in several
      : ['all weights together', 4 * parameterLayout(config).length],
    isPlanned
      ? ['a feed-forward layer’s activations of a batch', 4 * batchSize * T * 4 * C] // planned logits are held in several
      : ['the logits of a batch', 4 * batchSize * T * V],
    ['the attention weights of a batch', isPlanned ? 0 : 4 * batchSize * H * T * T],
  ];
  for (const [what, bytes] of tensors)
    if (bytes > largest)
      throw new MemoryError(
        `One tensor of this model (${what}) takes ${megabytes(bytes)}; the largest that this device can hold is ` +
          `${megabytes(largest)}. Choose a smaller ${kind.loaded ? 'model' : 'preset'}${batchSize > 1 ? ', a smaller batch or a shorter context' : ''}.`,
        bytes,
        largest,
      );
}
