/**
 * Which pair of tokens is merged next: the most frequent one. Of pairs that are equally frequent the one with the smaller
 * first id, then with the smaller second id: older tokens before newer ones, bytes in GPT-2's order. This is the rule of
 * Hugging Face's `tokenizers`, so that the same text gives the same merges.
 */

/** Two tokens that stand side by side somewhere. */
export interface Pair {
  readonly first: number;
  readonly second: number;
  /** How often, at present, in the whole text. */
  count: number;
  /** Places where the pair stands, or stood once. */
  readonly places: number[];
}

interface Entry {
  readonly pair: Pair;
  /** The pair's count when the entry was made. */
  readonly count: number;
}

function isBefore(a: Entry, b: Entry): boolean {
  if (a.count !== b.count) return a.count > b.count;
  if (a.pair.first !== b.pair.first) return a.pair.first < b.pair.first;
  return a.pair.second < b.pair.second;
}

/**
 * A binary heap whose entries may hold outdated counts: an entry is compared by the count it was made with, and an outdated one is
 * pushed back when it is popped. A count that has risen needs a new `push`.
 */
export class PairQueue {
  readonly #heap: Entry[] = [];

  push(pair: Pair): void {
    const heap = this.#heap;
    const entry = {pair, count: pair.count};
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(entry, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = entry;
  }

  /** Takes out the first pair; undefined where none is left that stands anywhere. */
  pop(): Pair | undefined {
    for (let entry = this.#popEntry(); entry; entry = this.#popEntry()) {
      const {pair, count} = entry;
      if (count === pair.count) return pair;
      if (pair.count > 0 && pair.count < count) this.push(pair);
    }
    return undefined;
  }

  /** The first `size` pairs, which stay in the queue. */
  first(size: number): Pair[] {
    const pairs = new Set<Pair>();
    while (pairs.size < size) {
      const pair = this.pop();
      if (!pair) break;
      pairs.add(pair);
    }
    for (const pair of pairs) this.push(pair);
    return [...pairs];
  }

  #popEntry(): Entry | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (!last || heap.length === 0) return top;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
