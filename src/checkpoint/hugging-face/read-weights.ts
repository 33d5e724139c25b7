import {withRemedy} from '../../math/remedy.js';
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

/** Neighboring numbers of a tensor of the model, or the end of a tensor that is not loaded. */
export interface SliceRead {
  tensor: MappedTensor;
  /** Index of the first number in the tensor. */
  first: number;
  /** Overwritten by the next slice. Absent where the tensor is only checked. */
  numbers?: Float32Array;
  /** Whether the tensor is done. */
  isLast: boolean;
}

/**
 * Reads the tensors of a map slice by slice, so that never more than a few megabytes of them are in memory; those that must only
 * equal something are checked. The weights are complete when the loop ends, not before: a check can fail at the last tensor.
 * @throws {WeightsError} where a tied head differs from the embedding, or a bias that must be zero is not
 * @throws {SafetensorsError | SourceError} as `SafetensorsReader.read`
 */
export async function* readSlices(
  reader: SafetensorsReader,
  {tensors}: TensorMap,
  {signal, onProgress}: Omit<ReadWeightsOptions, 'into'> = {},
): AsyncGenerator<SliceRead, void, void> {
  const total = tensors.reduce((sum, {use, bytes}) => sum + (use === 'buffer' ? 0 : bytes), 0);
  let done = 0;
  const options: SliceOptions = {
    signal,
    onBytes: (bytes) => onProgress?.({done: (done += bytes), total}),
  };
  const head = tensors.some(({use}) => use === 'tied') ? new TiedHead() : undefined;
  for (const tensor of tensors) {
    const {file, use, shape} = tensor;
    let first = 0;
    if (use !== 'buffer')
      for await (const numbers of reader.slices(file, options)) {
        if (use === 'tied') head?.head.add(numbers);
        if (use === 'zero') checkZeros(tensor, numbers);
        if (use !== 'loaded') continue;
        if (tensor.model === 'wte.weight') head?.embedding.add(numbers);
        yield {tensor, first, numbers, isLast: first + numbers.length === sizeOf(shape)};
        first += numbers.length;
      }
    if (use !== 'loaded') yield {tensor, first, isLast: true};
  }
  head?.check();
}

/**
 * Reads the tensors of a map and yields each when it is done, as `readSlices`.
 * @throws as `readSlices`
 */
export async function* readWeights(
  reader: SafetensorsReader,
  map: TensorMap,
  {into, ...options}: ReadWeightsOptions = {},
): AsyncGenerator<WeightRead, void, void> {
  let data: Float32Array | undefined;
  for await (const {tensor, first, numbers, isLast} of readSlices(reader, map, options)) {
    if (numbers) (data ??= into?.(tensor) ?? new Float32Array(sizeOf(tensor.shape))).set(numbers, first);
    if (!isLast) continue;
    yield data ? {...tensor, data} : tensor;
    data = undefined;
  }
}

/** The file may hold the head before the embedding, and one of them may be gone when the other comes. */
class TiedHead {
  readonly embedding = new Fingerprint();
  readonly head = new Fingerprint();

  check(): void {
    if (!this.head.equals(this.embedding))
      throw withRemedy(
        new WeightsError(
          'The file’s head (lm_head.weight) differs from its embedding (wte.weight), though config.json says that they share ' +
            'their numbers.',
        ),
        'Set "tie_word_embeddings" to false in config.json, and load it again.',
      );
  }
}

function checkZeros({file}: MappedTensor, numbers: Float32Array): void {
  if (numbers.some((value) => value !== 0))
    throw withRemedy(
      new WeightsError(
        `The file holds a bias “${file}” that is not zero, though config.json says that the model has none.`,
      ),
      'Remove "qkv_bias" from config.json, and load it again.',
    );
}
