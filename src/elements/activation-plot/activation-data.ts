/** What `<activation-plot>` shows of a model: the numbers that enter its activation function. */
import type {LiveModel} from '../../state/live-model.js';
import {nearestIndex} from '../../ui/base/chosen-index.js';

export interface ActivationData {
  /** Every number that enters the function, for all tokens of the text: `[T · 4C]`. */
  values: ArrayLike<number>;
  layers: number;
  /** Counted from 0. */
  layer: number;
  step?: number;
}

/** @param layer Counted from 0; the last one if there are not so many. */
export async function readPreActivations(
  model: LiveModel,
  ids: readonly number[],
  layer: number,
  signal: AbortSignal,
): Promise<ActivationData> {
  const {nLayers} = (await model.ready).config;
  const shown = nearestIndex(layer, nLayers);
  const name = `h.${shown}.mlp.pre`;
  const trace = await model.trace({ids, want: [name], signal});
  return {values: trace[name]!.data, layers: nLayers, layer: shown, step: model.step};
}

/** The share of the values that lie below x. */
export function shareBelow(values: ArrayLike<number>, x: number): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! < x) count++;
  return count / values.length;
}

/** How many values fall into each of `bins` equal parts of a range; those outside count at its ends. */
export function histogram(
  values: ArrayLike<number>,
  [low, high]: readonly [number, number],
  bins: number,
): number[] {
  const counts = Array.from({length: bins}, () => 0);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor(((values[i]! - low) / (high - low)) * bins);
    counts[Math.max(0, Math.min(bins - 1, bin))]!++;
  }
  return counts;
}
