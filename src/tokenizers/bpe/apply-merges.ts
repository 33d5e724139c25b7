import {MinHeap} from './min-heap.js';

export interface Merges {
  /** The rank of a pair of ids: lower ranks are merged first. Undefined: never merged. */
  rank(first: number, second: number): number | undefined;
  /** The id that the pair of this rank becomes. */
  merged(rank: number): number;
}

const NONE = -1;

/**
 * Byte-pair encoding of one piece: of all neighboring pairs, merge the one with the lowest rank (the leftmost of these),
 * until none has a rank.
 *
 * Each pair waits in a heap under `rank · length + place`, so that a piece of n bytes takes time in n log n. An entry is
 * outdated where its rank is not the pair's current one.
 *
 * @param ids The ids of the piece's bytes.
 */
export function applyMerges(ids: readonly number[], merges: Merges): number[] {
  const {length} = ids;
  const symbols = [...ids];
  const next = Int32Array.from(ids, (_, i) => (i + 1 < length ? i + 1 : NONE));
  const previous = Int32Array.from(ids, (_, i) => i - 1);
  const waiting = new MinHeap();

  const rankAt = (place: number): number | undefined => {
    const right = next[place]!;
    return right === NONE ? undefined : merges.rank(symbols[place]!, symbols[right]!);
  };
  const wait = (place: number): void => {
    const rank = rankAt(place);
    if (rank !== undefined) waiting.push(rank * length + place);
  };

  for (let place = 0; place < length; place++) wait(place);
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    const rank = Math.floor(entry / length);
    const place = entry % length;
    if (rankAt(place) !== rank) continue;
    const right = next[place]!;
    const after = next[right]!;
    symbols[place] = merges.merged(rank);
    symbols[right] = NONE;
    next[right] = NONE;
    next[place] = after;
    if (after !== NONE) previous[after] = place;
    wait(place);
    if (previous[place] !== NONE) wait(previous[place]!);
  }
  return symbols.filter((id) => id !== NONE);
}
