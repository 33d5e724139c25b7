import type {GPTConfig} from '../../model/config.js';
import {checkMemory, MemoryError, type StepKind, type WeightDtype} from '../../model/memory.js';
import {parameterLayout} from '../../model/parameters.js';

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;

/**
 * Refuses what a device cannot hold, before anything is allocated, with the numbers.
 * @param batchSize windows a training step; 0: the weights alone
 * @param kind how a step is computed
 * @param advice what the reader can do about a tensor that is too large
 * @throws {MemoryError}
 */
export function checkFits(
  config: GPTConfig,
  batchSize: number,
  {total, largest}: {total: number; largest: number},
  kind: StepKind = {},
  advice = `Choose a smaller preset${batchSize > 1 ? ', a smaller batch or a shorter context' : ''}.`,
): void {
  checkMemory(config, batchSize, total, kind);
  const {vocabSize: V, contextLength: T, embDim: C, nHeads: H} = config;
  const tensors: [what: string, bytes: number][] = [
    kind.dtype === 'float16'
      ? ['the token embedding in 16 bits', 2 * V * C]
      : ['all weights together', 4 * parameterLayout(config).length],
    ['the logits of a batch', 4 * batchSize * T * V],
    ['the attention weights of a batch', kind.kernels === 'plan' ? 0 : 4 * batchSize * H * T * T],
  ];
  for (const [what, bytes] of tensors)
    if (bytes > largest)
      throw new MemoryError(
        `One tensor of this model (${what}) takes ${megabytes(bytes)}; the largest that this device can hold is ` +
          `${megabytes(largest)}. ${advice}`,
        bytes,
        largest,
      );
}

/** Returns what a reader can do who loads a model of which a tensor is too large. */
export const adviceOnLoading = (dtype: WeightDtype): string =>
  dtype === 'float32'
    ? 'Leave out dtype="float32": the weights are then held in 16 bits, each matrix by itself.'
    : 'Choose a smaller model.';
