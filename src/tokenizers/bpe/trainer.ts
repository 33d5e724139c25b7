import {BYTE_CHARACTERS, idOfByte} from './bytes.js';
import {type Pair, PairQueue} from './pair-queue.js';

/** One merge that training has made. */
export interface Merge {
  /** Token ids of the two parts. */
  first: number;
  second: number;
  /** The id of the token that they become. */
  id: number;
  /** How often the pair stood in the text. */
  count: number;
  /** Tokens that the text has after this merge. */
  tokens: number;
}

export interface PairCount {
  first: number;
  second: number;
  count: number;
}

/** Pairs as map keys: more ids than a training may make. */
const KEY_SHIFT = 2 ** 18;
const NONE = -1;

/**
 * Learns the merges of byte-pair encoding, one a `step()`: the pair of neighboring tokens that is most frequent becomes a
 * token of its own, everywhere.
 *
 * Each step costs as much as the places that it changes. The text is never read again: every pair knows where it stands,
 * and a merge at one place changes the counts of four pairs (before: `left first`, `second right`; after: `left new`,
 * `new right`). Only different pieces are kept, each with the number of times that it occurs.
 */
export class BpeTrainer {
  /** Id → the token in GPT-2's spelling of bytes. */
  readonly vocab: string[] = [...BYTE_CHARACTERS];
  /** Tokens that the text has at present. At the start: its bytes. */
  tokens = 0;

  /** All different pieces in one row, a token a place; NONE where a token was merged into the one before it. */
  readonly #symbols: Int32Array;
  /** The place of the next and the previous token of the same piece; NONE at its ends. */
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** How often the piece of a place occurs in the text. */
  readonly #weights: Uint32Array;

  readonly #pairs = new Map<number, Pair>();
  readonly #queue = new PairQueue();
  /** The same token can come about in two ways, e.g. “aaa” as a+aa and aa+a: it is one token. */
  readonly #ids = new Map(BYTE_CHARACTERS.map((character, id) => [character, id]));
  readonly #minFrequency: number;

  /**
   * @param pieceCounts Every different piece of the text and how often it occurs.
   * @param options.minFrequency A pair that is rarer than this is not merged.
   */
  constructor(pieceCounts: ReadonlyMap<string, number>, {minFrequency = 2}: {minFrequency?: number} = {}) {
    this.#minFrequency = Math.max(1, minFrequency);
    const encoder = new TextEncoder();
    const encoded = Array.from(pieceCounts, ([piece, count]) => ({bytes: encoder.encode(piece), count}));
    const length = encoded.reduce((sum, {bytes}) => sum + bytes.length, 0);
    this.#symbols = new Int32Array(length);
    this.#next = new Int32Array(length);
    this.#previous = new Int32Array(length);
    this.#weights = new Uint32Array(length);
    let place = 0;
    for (const {bytes, count} of encoded) {
      this.#addPiece(bytes, count, place);
      place += bytes.length;
    }
    for (const pair of this.#pairs.values()) this.#queue.push(pair);
  }

  /** The pairs that would be merged next, most frequent first. */
  topPairs(size: number): PairCount[] {
    return this.#queue
      .first(size)
      .filter(({count}) => count >= this.#minFrequency)
      .map(({first, second, count}) => ({first, second, count}));
  }

  // #region bpe-trainer
  /** Merges the most frequent pair. Undefined where no pair is frequent enough any more. */
  step(): Merge | undefined {
    const pair = this.#queue.pop();
    if (!pair || pair.count < this.#minFrequency) return undefined;
    const {first, second, count} = pair;
    const id = this.#idOf(first, second);
    this.#replace(pair, id);
    return {first, second, id, count, tokens: this.tokens};
  }

  /** Makes one token of the pair wherever it stands, from left to right: “aaa” becomes aa a. */
  #replace(pair: Pair, id: number): void {
    const {first, second, places} = pair;
    if (first === second) places.sort((a, b) => a - b); // a token made in two ways adds its places later
    const symbols = this.#symbols;
    const next = this.#next;
    const previous = this.#previous;
    const grown = new Set<Pair>();
    for (const place of places) {
      const right = next[place]!;
      if (symbols[place] !== first || right === NONE || symbols[right] !== second) continue; // not any more
      const weight = this.#weights[place]!;
      const before = previous[place]!;
      const after = next[right]!;
      if (before !== NONE) {
        this.#remove(symbols[before]!, first, weight);
        grown.add(this.#add(symbols[before]!, id, weight, before));
      }
      if (after !== NONE) {
        this.#remove(second, symbols[after]!, weight);
        grown.add(this.#add(id, symbols[after]!, weight, place));
        previous[after] = place;
      }
      symbols[place] = id;
      symbols[right] = NONE;
      next[place] = after;
      this.tokens -= weight;
    }
    this.#pairs.delete(first * KEY_SHIFT + second);
    pair.count = 0;
    for (const other of grown) if (other.count > 0) this.#queue.push(other);
  }
  // #endregion

  #addPiece(bytes: Uint8Array, count: number, start: number): void {
    this.tokens += bytes.length * count;
    for (let i = 0; i < bytes.length; i++) {
      const place = start + i;
      const isLast = i === bytes.length - 1;
      this.#symbols[place] = idOfByte[bytes[i]!]!;
      this.#next[place] = isLast ? NONE : place + 1;
      this.#previous[place] = i === 0 ? NONE : place - 1;
      this.#weights[place] = count;
      if (!isLast) this.#add(this.#symbols[place]!, idOfByte[bytes[i + 1]!]!, count, place);
    }
  }

  #idOf(first: number, second: number): number {
    const token = this.vocab[first]! + this.vocab[second]!;
    const known = this.#ids.get(token);
    if (known !== undefined) return known;
    this.#ids.set(token, this.vocab.length);
    return this.vocab.push(token) - 1;
  }

  #add(first: number, second: number, weight: number, place: number): Pair {
    const key = first * KEY_SHIFT + second;
    let pair = this.#pairs.get(key);
    if (!pair) this.#pairs.set(key, (pair = {first, second, count: 0, places: []}));
    pair.count += weight;
    pair.places.push(place);
    return pair;
  }

  #remove(first: number, second: number, weight: number): void {
    const pair = this.#pairs.get(first * KEY_SHIFT + second);
    if (pair) pair.count -= weight;
  }
}
