import type {OpenCheckpoint} from '../../checkpoint/open-checkpoint.js';
import type {GPTConfig} from '../../model/config.js';
import {WeightsError} from '../../model/parameters.js';
import type {TensorDistance} from '../protocol.js';
import type {OpenModel} from './open-model.js';
import {checkpointSource, type ReadingListener} from './read-checkpoint.js';

/**
 * Returns how far each tensor of a model lies from that of the same name in a checkpoint, in the order of the model.
 * @throws {WeightsError} where both have no tensor of the same name and shape; and as `checkpointSource`
 */
export async function compareWeights(
  {session: {arenas}, source}: OpenModel,
  checkpoint: OpenCheckpoint,
  listener: ReadingListener,
  signal?: AbortSignal,
): Promise<TensorDistance[]> {
  const slots = new Map(arenas.layout.slots.map((slot) => [slot.name, slot]));
  const sums = new Map<string, Sums>();
  let own = new Float32Array();
  for await (const {name, shape, first, numbers} of checkpointSource(checkpoint, listener).slices(signal)) {
    const slot = slots.get(name);
    if (slot?.shape.join() !== shape.join()) continue;
    if (first === 0) own = (await arenas.readSlot('theta', slot!)) as typeof own;
    const sum = sums.get(name) ?? {squares: 0, differences: 0, largest: 0};
    sums.set(name, sum);
    addDistance(sum, own.subarray(first, first + numbers.length), numbers);
  }
  const distances = [...slots.values()].flatMap(({name, shape, size}) => {
    const sum = sums.get(name);
    if (!sum) return [];
    const {squares, differences, largest} = sum;
    return [
      {
        name,
        shape: [...shape],
        scale: Math.sqrt(squares / size),
        distance: Math.sqrt(differences / size),
        largest,
      },
    ];
  });
  if (distances.length === 0)
    throw new WeightsError(
      `The file’s model (${sizeOf(checkpoint.config)}) and this one (${sizeOf(source.config)}) have no tensor of the same name and shape, so they cannot be compared. Choose a checkpoint of the same size.`,
    );
  return distances;
}

const sizeOf = ({nLayers, embDim, vocabSize}: GPTConfig): string =>
  `${nLayers} ${nLayers === 1 ? 'layer' : 'layers'} of width ${embDim}, ${vocabSize.toLocaleString('en')} tokens`;

interface Sums {
  /** Of the checkpoint’s numbers. */
  squares: number;
  /** Squared. */
  differences: number;
  largest: number;
}

function addDistance(sums: Sums, own: Float32Array, others: Float32Array): void {
  for (const [i, value] of others.entries()) {
    const difference = Math.abs(own[i]! - value);
    sums.squares += value * value;
    sums.differences += difference * difference;
    if (difference > sums.largest) sums.largest = difference;
  }
}
