/**
 * Adapters of a rank that is no multiple of 4: kernels see copies with columns (A) and rows (B) of zeros up to one, made anew each step, and their
 * gradients are copied back without. A zero column of A gives a zero in u = x A, and a zero there and in B gives zero gradients: nothing of the rest
 * changes. The arenas keep the rank that was asked for.
 */
import {type ArenaPart, partName} from '../../model/arena-parts.js';
import {isLora} from '../../model/lora.js';
import type {Slot} from '../../model/parameters.js';
import {type Matrix, resizeGroups, resizeMatrices, resizePlaces} from '../kernels/resize-matrices.js';
import type {Region} from '../program.js';
import type {TrainNames} from './train-names.js';

/** Copies the adapters of the arena, before the forward pass. */
export function planPadding(names: TrainNames): void {
  const {padded, layout, parts, builder} = names;
  if (!padded) return;
  for (const [part, {first, length}] of parts.entries()) {
    const pairs = pairsOf(slotsIn(layout.slots, {first, length}), padded.slots);
    const weights = () => builder.given(partName('theta', part), 0, length);
    plan(names, partName('adapters, padded', part), pairs, weights, () =>
      builder.buffer('adapters', padded.length),
    );
  }
}

/** Copies the gradients of those that learn, after the backward pass. */
export function planUnpadding(names: TrainNames): void {
  const {padded, learning, learningParts, builder} = names;
  if (!padded) return;
  for (const [index, part] of learningParts.entries()) {
    const pairs = pairsOf(padded.slots, slotsIn(learning.slots, part));
    const gradients = () => builder.buffer('adapter gradients', padded.length);
    plan(names, partName('adapters’ gradients', index), pairs, gradients, () => names.gradients(index));
  }
}

/** The slots that lie in a part, by their places there. */
const slotsIn = (slots: readonly Slot[], part: ArenaPart): Slot[] =>
  slots
    .filter(({offset}) => offset >= part.first && offset < part.first + part.length)
    .map((slot) => ({...slot, offset: slot.offset - part.first}));

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
  original: () => Region,
  resized: () => Region,
): void {
  if (pairs.length === 0) return;
  const places = builder.constant(`places of ${label}`, resizePlaces(pairs));
  builder.dispatch({
    label,
    kernel: resizeMatrices,
    buffers: {original: original(), places, resized: resized()},
    ...resizeGroups(pairs),
  });
}
