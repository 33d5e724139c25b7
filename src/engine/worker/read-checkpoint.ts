import type {OpenCheckpoint} from '../../checkpoint/open-checkpoint.js';
import {WeightsError} from '../../model/parameters.js';
import type {WeightSource} from '../../model/weight-source.js';
import type {MappedTensor} from '../protocol.js';
import type {OpeningListener} from './checkpoint-files.js';

export interface ReadingListener extends OpeningListener {
  /** Called when a tensor is read. */
  onTensor?: (tensor: MappedTensor) => void;
}

/** Returns the weights of a checkpoint, under their names in the model. Reading throws {WeightsError} where one holds a number that is none. */
export function checkpointSource(
  checkpoint: OpenCheckpoint,
  {progress, onTensor}: ReadingListener,
): WeightSource {
  const onProgress = ({done, total}: {done: number; total: number}) =>
    progress('Reading the weights', done, total);
  return {
    async *slices(signal) {
      for await (const {tensor, first, numbers, isLast} of checkpoint.slices({signal, onProgress})) {
        if (numbers) {
          checkFinite(tensor.file, numbers);
          yield {name: tensor.model, shape: tensor.shape, first, numbers};
        }
        if (isLast) onTensor?.(tensor);
      }
    },
  };
}

function checkFinite(name: string, data: Float32Array): void {
  for (const value of data)
    if (!Number.isFinite(value))
      throw new WeightsError(
        `The tensor “${name}” holds ${value}: the file is damaged. Get another copy of it, or choose another model.`,
      );
}
