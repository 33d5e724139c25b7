/**
 * An arena that is larger than what a device binds at once lies in several buffers. It is cut between parameters, and a table of tokens that
 * is larger than a buffer between its rows. Offsets stay those of the whole arena, so that files and snapshots know nothing of the cuts. No
 * tfjs.
 */
import {type ParameterLayout, SLOT_ALIGNMENT, type Slot} from './parameters.js';
import {rowParts} from './row-parts.js';

/** Neighboring numbers of an arena, in a buffer of their own. */
export interface ArenaPart {
  /** Index of the first number in the whole arena. */
  first: number;
  length: number;
}

/** Where some numbers lie: `count` numbers from `offset` in a part, which are those from `from` on. */
export interface Piece {
  /** Index of the part. */
  part: number;
  offset: number;
  from: number;
  count: number;
}

/** The tables whose rows are tokens: what reads them can read some rows at a time. */
const TABLES: readonly string[] = ['wte.weight', 'lm_head.weight'];

const FLOAT_BYTES = 4;

/** A norm's γ; its β follows, and kernels see both in one binding. */
const isGain = (slot: Slot | undefined): boolean => slot?.shape.length === 1 && slot.name.endsWith('.weight');

/**
 * Returns the parts of an arena of weights: one where it fits into one buffer.
 * @param pieceBytes of the largest buffer. A parameter that is no table is never cut, even where it is larger
 */
export function arenaParts({slots, length}: ParameterLayout, pieceBytes: number): ArenaPart[] {
  const cuts = [0];
  const offsetOf = (index: number) => slots[index]?.offset ?? length;
  for (const [i, slot] of slots.entries()) {
    if (isGain(slots[i - 1])) continue;
    const end = offsetOf(isGain(slot) ? i + 2 : i + 1);
    if (FLOAT_BYTES * (end - cuts.at(-1)!) <= pieceBytes) continue;
    if (slot.offset > cuts.at(-1)!) cuts.push(slot.offset);
    if (!TABLES.includes(slot.name)) continue;
    const [, ...others] = rowParts(slot, FLOAT_BYTES, pieceBytes);
    cuts.push(...others.map(({first}) => slot.offset + first * slot.shape[1]!));
  }
  return cuts.map((first, i) => ({first, length: (cuts[i + 1] ?? length) - first}));
}

/** Returns the parts of the packed arena of what is trained: each has what is trained of the same part of the weights, perhaps nothing. */
export function learningParts(
  {slots}: ParameterLayout,
  learning: ParameterLayout,
  parts: readonly ArenaPart[],
): ArenaPart[] {
  const isLearned = new Set(learning.slots.map(({name}) => name));
  const learned = slots.filter(({name}) => isLearned.has(name));
  const learnedBefore = (place: number) =>
    learned.reduce((sum, {offset, size}) => {
      const padded = Math.ceil(size / SLOT_ALIGNMENT) * SLOT_ALIGNMENT;
      return sum + Math.min(Math.max(place - offset, 0), padded);
    }, 0);
  return parts.map(({first, length}) => {
    const start = learnedBefore(first);
    return {first: start, length: learnedBefore(first + length) - start};
  });
}

/** Returns where `count` neighboring numbers of an arena lie, from the index `first` on. */
export function piecesIn(parts: readonly ArenaPart[], first: number, count: number): Piece[] {
  return parts.flatMap((part, index) => {
    const start = Math.max(first, part.first);
    const end = Math.min(first + count, part.first + part.length);
    return end > start
      ? [{part: index, offset: start - part.first, from: start - first, count: end - start}]
      : [];
  });
}

/** Returns the name of a part’s buffer; that of an arena in one part is the arena’s. */
export const partName = (arena: string, index: number): string =>
  index === 0 ? arena : `${arena}, part ${index + 1}`;
