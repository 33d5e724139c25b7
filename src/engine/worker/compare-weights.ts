import type {OpenCheckpoint} from '../../checkpoint/open-checkpoint.js';
import {WeightsError} from '../../model/parameters.js';
import type {TensorDistance} from '../protocol.js';
import type {OpenModel} from './open-model.js';
import {type ReadingListener, readCheckpoint} from './read-checkpoint.js';

/**
 * Returns how far each tensor of a model lies from that of the same name in a checkpoint, in the order of the model.
 * @throws {WeightsError} where both have no tensor of the same name and shape; and as `readCheckpoint`
 */
export async function compareWeights(
  {session: {arenas}}: OpenModel,
  checkpoint: OpenCheckpoint,
  listener: ReadingListener,
  signal?: AbortSignal,
): Promise<TensorDistance[]> {
  const others = await readCheckpoint(checkpoint, listener, signal);
  const distances: TensorDistance[] = [];
  for (const slot of arenas.layout.slots) {
    const other = others.get(slot.name);
    if (other?.shape.join() !== slot.shape.join()) continue;
    const {name, shape} = slot;
    distances.push({name, shape: [...shape], ...distance(await arenas.readSlot('theta', slot), other.data)});
  }
  if (distances.length === 0)
    throw new WeightsError(
      'The file’s model and this one have no tensor of the same name and shape, so they cannot be compared. Choose a checkpoint of the same size.',
    );
  return distances;
}

function distance(a: Float32Array, b: Float32Array): Pick<TensorDistance, 'scale' | 'distance' | 'largest'> {
  let [squares, differences, largest] = [0, 0, 0];
  for (const [i, value] of b.entries()) {
    const difference = Math.abs(a[i]! - value);
    squares += value * value;
    differences += difference * difference;
    if (difference > largest) largest = difference;
  }
  return {scale: Math.sqrt(squares / b.length), distance: Math.sqrt(differences / b.length), largest};
}
