import type {Merges} from './apply-merges.js';
import {MAX_TOKENS} from './check-spec.js';

/** The list of merges, ready to be applied. */
export class MergeTable implements Merges {
  /** Pair of ids → its rank: its place in the list. */
  readonly #ranks = new Map<number, number>();
  /** Rank → the id that the pair becomes. */
  readonly #merged: number[] = [];

  /**
   * Adds the merge of the next rank.
   * @returns false where the pair is there already.
   */
  add(first: number, second: number, merged: number): boolean {
    const key = first * MAX_TOKENS + second;
    if (this.#ranks.has(key)) return false;
    this.#ranks.set(key, this.#merged.push(merged) - 1);
    return true;
  }

  rank(first: number, second: number): number | undefined {
    return this.#ranks.get(first * MAX_TOKENS + second);
  }

  merged(rank: number): number {
    return this.#merged[rank]!;
  }
}
