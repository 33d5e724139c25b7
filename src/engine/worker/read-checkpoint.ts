import type {OpenCheckpoint} from '../../checkpoint/open-checkpoint.js';
import type {NamedTensor} from '../../model/named-tensor.js';
import {WeightsError} from '../../model/parameters.js';
import type {MappedTensor} from '../protocol.js';
import type {OpeningListener} from './checkpoint-files.js';

export interface ReadingListener extends OpeningListener {
  /** Called when a tensor is read. */
  onTensor?: (tensor: MappedTensor) => void;
}

/**
 * Reads all weights of a checkpoint, under their names in the model.
 * @throws {WeightsError} where one holds a number that is none; and as `readWeights`
 */
export async function readCheckpoint(
  checkpoint: OpenCheckpoint,
  {progress, onTensor}: ReadingListener,
  signal?: AbortSignal,
): Promise<Map<string, NamedTensor>> {
  const weights = new Map<string, NamedTensor>();
  const onProgress = ({done, total}: {done: number; total: number}) =>
    progress('Reading the weights', done, total);
  for await (const {data, ...tensor} of checkpoint.weights({signal, onProgress})) {
    if (data) {
      checkFinite(tensor.file, data);
      weights.set(tensor.model, {shape: tensor.shape, data});
    }
    onTensor?.(tensor);
  }
  return weights;
}

function checkFinite(name: string, data: Float32Array): void {
  for (const value of data)
    if (!Number.isFinite(value))
      throw new WeightsError(`The tensor “${name}” holds ${value}: the file is damaged. Load it again.`);
}
