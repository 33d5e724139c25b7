import {sizeOf} from '../../model/named-tensor.js';
import {WeightsError} from '../../model/parameters.js';
import type {ByteProgress, SafetensorsReader, SliceOptions} from '../safetensors-reader.js';
import {Fingerprint} from './fingerprint.js';
import type {MappedTensor, TensorMap} from './tensor-map.js';

export interface ReadWeightsOptions {
  /** Gives the array that a tensor of the model is read into. Default: a new one for each. */
  into?: (tensor: MappedTensor) => Float32Array;
  signal?: AbortSignal;
  onProgress?: (progress: ByteProgress) => void;
}

export interface WeightRead extends MappedTensor {
  /** Row-major. Only of tensors that are loaded. */
  data?: Float32Array;
}

/**
 * Reads the tensors of a map and yields each when it is done; those that must only equal something are checked. The weights are
 * complete when the loop ends, not before: a check can fail at the last tensor.
 * @throws {WeightsError} where a tied head differs from the embedding, or a bias that must be zero is not
 * @throws {SafetensorsError | SourceError} as `SafetensorsReader.read`
 */
export async function* readWeights(
  reader: SafetensorsReader,
  {tensors}: TensorMap,
  {into, signal, onProgress}: ReadWeightsOptions = {},
): AsyncGenerator<WeightRead, void, void> {
  const total = tensors.reduce((sum, {use, bytes}) => sum + (use === 'buffer' ? 0 : bytes), 0);
  let done = 0;
  const options: SliceOptions = {
    signal,
    onBytes: (bytes) => onProgress?.({done: (done += bytes), total}),
  };
  const head = tensors.some(({use}) => use === 'tied') ? new TiedHead() : undefined;
  for (const tensor of tensors) {
    const {file, use, shape} = tensor;
    if (use === 'loaded') {
      const data = into?.(tensor) ?? new Float32Array(sizeOf(shape));
      await reader.readInto(file, data, options);
      if (tensor.model === 'wte.weight') head?.embedding.add(data);
      yield {...tensor, data};
      continue;
    }
    if (use === 'tied') for await (const numbers of reader.slices(file, options)) head?.head.add(numbers);
    if (use === 'zero') for await (const numbers of reader.slices(file, options)) checkZeros(tensor, numbers);
    yield tensor;
  }
  head?.check();
}

/** The file may hold the head before the embedding, and one of them may be gone when the other comes. */
class TiedHead {
  readonly embedding = new Fingerprint();
  readonly head = new Fingerprint();

  check(): void {
    if (!this.head.equals(this.embedding))
      throw new WeightsError(
        'The file’s head (lm_head.weight) differs from its embedding (wte.weight), though config.json says that they share ' +
          'their numbers. Set "tie_word_embeddings" to false in config.json, and load it again.',
      );
  }
}

function checkZeros({file}: MappedTensor, numbers: Float32Array): void {
  if (numbers.some((value) => value !== 0))
    throw new WeightsError(
      `The file holds a bias “${file}” that is not zero, though config.json says that the model has none. ` +
        'Remove "qkv_bias" from config.json, and load it again.',
    );
}
