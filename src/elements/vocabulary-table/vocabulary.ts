/** The rows of the table: which tokens there are, in which order. Pure, so that 200,000 rows are quick to sort and search. */
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {visibleBytes} from '../../ui/token-chips.js';

export const ORDERS = ['id', 'token', 'length', 'frequency'] as const;
export type Order = (typeof ORDERS)[number];

export interface Vocabulary {
  /** By id: what a reader sees, and how many bytes it has. */
  labels: string[];
  lengths: Uint16Array;
}

/** So many tokens are read at a time: about 5 ms of work. */
const READ_A_TURN = 4000;

/** Reads a tokenizer's vocabulary in turns. */
export async function readVocabulary(
  {vocabSize, bytes}: Pick<Tokenizer, 'vocabSize'> & {bytes: (id: number) => Uint8Array},
  signal: AbortSignal,
): Promise<Vocabulary> {
  const labels: string[] = [];
  const lengths = new Uint16Array(vocabSize);
  for (let id = 0; id < vocabSize; id++) {
    const token = bytes(id);
    labels.push(visibleBytes(token).label);
    lengths[id] = token.length;
    if (id % READ_A_TURN === READ_A_TURN - 1) {
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
  }
  return {labels, lengths};
}

/** How often each id occurs. */
export function countIds(ids: ArrayLike<number>, vocabSize: number): Uint32Array {
  const counts = new Uint32Array(vocabSize);
  for (let i = 0; i < ids.length; i++) counts[ids[i]!]!++;
  return counts;
}

/** White space as it is shown: a reader may type a space or a “·”. */
const asShown = (text: string): string => text.replaceAll(' ', '·').toLowerCase();

/**
 * The ids whose token holds the search, or the one id that it names.
 * @param search Part of a token, or `#` and an id.
 */
export function find({labels}: Vocabulary, search: string): number[] {
  const named = /^#(\d+)$/.exec(search);
  if (named) return Number(named[1]) < labels.length ? [Number(named[1])] : [];
  const wanted = asShown(search);
  const found: number[] = [];
  for (const [id, label] of labels.entries()) if (label.toLowerCase().includes(wanted)) found.push(id);
  return found;
}

/** Sorts ids in place; of equal ones the lower id first. */
export function sort(
  ids: number[],
  {labels, lengths}: Vocabulary,
  counts: Uint32Array | undefined,
  order: Order,
  descending: boolean,
): number[] {
  const sign = descending ? -1 : 1;
  const by = {
    id: () => 0,
    token: (a: number, b: number) => (labels[a]! < labels[b]! ? -1 : labels[a]! > labels[b]! ? 1 : 0),
    length: (a: number, b: number) => lengths[a]! - lengths[b]!,
    frequency: (a: number, b: number) => (counts?.[a] ?? 0) - (counts?.[b] ?? 0),
  }[order];
  return ids.sort((a, b) => sign * by(a, b) || (order === 'id' ? sign * (a - b) : a - b));
}
