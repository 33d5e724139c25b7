/** Weights that are read a part at a time, so that they need not be in memory twice. No tfjs. */
import type {NamedTensor} from './named-tensor.js';
import {type ParameterLayout, type Slot, WeightsError} from './parameters.js';

/** Neighboring numbers of one weight. */
export interface WeightSlice {
  name: string;
  shape: readonly number[];
  /** Index of the first number in the tensor. */
  first: number;
  /** May be overwritten by the next slice. */
  numbers: Float32Array;
}

/** All weights of a model, which can be read again and again: from a file, or from memory. */
export interface WeightSource {
  /** Yields every weight, its slices in order. @throws where a file can no longer be read */
  slices(signal?: AbortSignal): AsyncIterable<WeightSlice>;
}

/** Returns a source of weights that are in memory. */
export function sourceOf(weights: ReadonlyMap<string, NamedTensor>): WeightSource {
  return {
    async *slices(signal) {
      for (const [name, {shape, data}] of weights) {
        signal?.throwIfAborted();
        yield {name, shape, first: 0, numbers: data};
      }
    },
  };
}

/** Reads a source into memory. */
export async function collectWeights(
  source: WeightSource,
  signal?: AbortSignal,
): Promise<Map<string, NamedTensor>> {
  const weights = new Map<string, NamedTensor>();
  for await (const {name, shape, first, numbers} of source.slices(signal)) {
    let tensor = weights.get(name);
    if (!tensor) {
      const length = shape.reduce((product, side) => product * side, 1);
      weights.set(name, (tensor = {shape: [...shape], data: new Float32Array(length)}));
    }
    tensor.data.set(numbers, first);
  }
  return weights;
}

/**
 * Reads a source slot by slot.
 * @param write called with each slice, and awaited
 * @throws {WeightsError} where the source holds other weights than the layout
 */
export async function readInto(
  {slots}: ParameterLayout,
  source: WeightSource,
  write: (slot: Slot, first: number, numbers: Float32Array) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const missing = new Map(slots.map((slot) => [slot.name, slot.size]));
  const byName = new Map(slots.map((slot) => [slot.name, slot]));
  for await (const {name, shape, first, numbers} of source.slices(signal)) {
    const slot = byName.get(name);
    if (slot?.shape.join() !== shape.join())
      throw new WeightsError(
        `The weight “${name}” of the shape [${shape}] does not belong to this model: it comes from a model of another size.`,
      );
    missing.set(name, missing.get(name)! - numbers.length);
    await write(slot!, first, numbers);
  }
  for (const [name, left] of missing)
    if (left !== 0)
      throw new WeightsError(`The weight “${name}” is incomplete: ${left} numbers are missing.`);
}
