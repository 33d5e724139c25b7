/** What `<activation-plot>` shows of a model: the numbers that enter its activation function. */
import type {LiveModel} from '../../state/live-model.js';
import {tokenLabel} from '../../tokenizers/token-label.js';
import {nearestIndex} from '../../ui/base/chosen-index.js';
import {type Outcome, readOutcome} from '../../ui/model/outcome.js';

export interface ActivationData {
  /** Every number that enters the function, for all tokens of the text: `[T · 4C]`. */
  values: ArrayLike<number>;
  layers: number;
  /** Counted from 0. */
  layer: number;
  /** The last token of the text. */
  last?: string;
  /** What the model predicts as it is, and with a straight line in place of each GELU. Absent for given numbers. */
  outcomes?: {bent: Outcome; straight: Outcome};
  step?: number;
}

/** Without its GELU, each MLP is two matrices in a row. */
const STRAIGHT = [{at: 'h.*.mlp.hidden', change: 'skip'}] as const;
/** How many of the likeliest next tokens are shown. */
const GUESSES = 3;

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
  const [trace, bent, straight] = await Promise.all([
    model.trace({ids, want: [name], signal}),
    readOutcome(model, ids, {count: GUESSES}, signal),
    readOutcome(model, ids, {count: GUESSES, interventions: STRAIGHT}, signal),
  ]);
  return {
    values: trace[name]!.data,
    layers: nLayers,
    layer: shown,
    last: tokenLabel(model.tokenizer!, ids.at(-1)!),
    outcomes: {bent, straight},
    step: model.step,
  };
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
