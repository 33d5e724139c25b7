import {MinHeap} from './min-heap.js';

/** Pairs as map keys: ids stay below 2²⁰. */
const KEY_SHIFT = 2 ** 20;
const NONE = -1;

/** The list of merges, ready to be applied. */
export class MergeTable {
  /** Pair of ids → its rank: its place in the list. Lower ranks are merged first. */
  readonly #ranks = new Map<number, number>();
  /** Rank → the id that the pair becomes. */
  readonly #merged: number[] = [];

  /**
   * Adds the merge of the next rank.
   * @returns false where the pair is there already.
   */
  add(first: number, second: number, merged: number): boolean {
    const key = first * KEY_SHIFT + second;
    if (this.#ranks.has(key)) return false;
    this.#ranks.set(key, this.#merged.push(merged) - 1);
    return true;
  }

  /** The rank of a pair; undefined where it is never merged. */
  rank(first: number, second: number): number | undefined {
    return this.#ranks.get(first * KEY_SHIFT + second);
  }

  /**
   * Byte-pair encoding of one piece: of all neighbouring pairs, merge the one with the lowest rank (the leftmost of these),
   * until none has a rank.
   *
   * Each pair waits in a heap under `rank · length + place`, so that a piece of n bytes takes time in n log n. A pair whose
   * parts were merged with others meanwhile is known by its rank, which is not the waiting one.
   */
  apply(ids: readonly number[]): number[] {
    if (ids.length < 2) return [...ids];
    const {length} = ids;
    const symbols = [...ids];
    const next = Int32Array.from(ids, (_, i) => (i + 1 < length ? i + 1 : NONE));
    const previous = Int32Array.from(ids, (_, i) => i - 1);
    const waiting = new MinHeap();

    const rankAt = (place: number): number | undefined => {
      const right = next[place]!;
      return right === NONE ? undefined : this.rank(symbols[place]!, symbols[right]!);
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
      symbols[place] = this.#merged[rank]!;
      symbols[right] = NONE;
      next[right] = NONE;
      next[place] = after;
      if (after !== NONE) previous[after] = place;
      wait(place);
      if (previous[place] !== NONE) wait(previous[place]!);
    }
    return symbols.filter((id) => id !== NONE);
  }
}
