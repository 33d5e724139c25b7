/**
 * Adapters of a rank that is no multiple of 4: kernels see copies with columns (A) and rows (B) of zeros up to one, made anew each step, and their
 * gradients are copied back without. A zero column of A gives a zero in u = x A, and a zero there and in B gives zero gradients: nothing of the rest
 * changes. The arenas keep the rank that was asked for.
 */
import type {FineTuning} from '../../model/fine-tuning.js';
import {isLora} from '../../model/lora.js';
import {layOut, type ParameterLayout, type Slot} from '../../model/parameters.js';
import {type Matrix, resizeGroups, resizeMatrices, resizePlaces} from '../kernels/resize-matrices.js';
import type {Region} from '../program.js';
import type {TrainNames} from './train-names.js';

/** The rank that kernels see. */
export const paddedRank = (rank: number): number => Math.ceil(rank / 4) * 4;

/** Where the padded copies stand, in a buffer of their own; undefined where none are needed. */
export function paddedLayout(
  {slots}: ParameterLayout,
  {lora}: Pick<FineTuning, 'lora'>,
): ParameterLayout | undefined {
  if (!lora || lora.rank % 4 === 0) return undefined;
  const padded = (name: string, [rows, columns]: number[]): number[] =>
    name.endsWith('.lora_A') ? [rows!, paddedRank(lora.rank)] : [paddedRank(lora.rank), columns!];
  return layOut(slots.filter(({name}) => isLora(name)).map(({name, shape}) => [name, padded(name, shape)]));
}

/** Copies the adapters of the arena, before the forward pass. */
export function planPadding(names: TrainNames): void {
  const {padded, layout, builder} = names;
  if (!padded) return;
  const pairs = pairsOf(layout.slots, padded.slots);
  const weights = builder.given('theta', 0, layout.length);
  plan(names, 'adapters, padded', pairs, weights, builder.buffer('adapters', padded.length));
}

/** Copies the gradients of those that learn, after the backward pass. */
export function planUnpadding(names: TrainNames): void {
  const {padded, learning, builder} = names;
  if (!padded) return;
  const pairs = pairsOf(padded.slots, learning.slots);
  if (pairs.length === 0) return;
  const gradients = builder.buffer('adapter gradients', padded.length);
  plan(names, 'adapters’ gradients', pairs, gradients, names.gradients());
}

/** Matrices that both have, by their places. */
function pairsOf(from: readonly Slot[], to: readonly Slot[]): [Matrix, Matrix][] {
  const targets = new Map(to.map((slot) => [slot.name, slot]));
  return from.flatMap((slot) => {
    const target = isLora(slot.name) && targets.get(slot.name);
    return target ? [[matrixOf(slot), matrixOf(target)]] : [];
  });
}

const matrixOf = ({offset, shape: [rows, columns]}: Slot): Matrix => ({
  offset,
  rows: rows!,
  columns: columns!,
});

function plan(
  {builder}: TrainNames,
  label: string,
  pairs: readonly (readonly [Matrix, Matrix])[],
  original: Region,
  resized: Region,
): void {
  const places = builder.constant(`places of ${label}`, resizePlaces(pairs));
  builder.dispatch({
    label,
    kernel: resizeMatrices,
    buffers: {original, places, resized},
    ...resizeGroups(pairs),
  });
}
