/** The rows of the table and their order. Works on typed arrays, so that 200,000 rows sort and filter quickly. */
import {yieldToEventLoop} from '../../math/yield-to-event-loop.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {whole} from '../../ui/base/whole.js';
import type {CsvRow} from '../../ui/export/csv.js';
import {hex, visibleBytes} from '../../ui/views/token-chips.js';

export const ORDERS = ['id', 'token', 'length', 'frequency'] as const;
export type Order = (typeof ORDERS)[number];

export interface Vocabulary {
  /** By id: the label on show, and how many bytes the token has. */
  labels: string[];
  lengths: Uint16Array;
  /** The labels in lower case, for the search. */
  folded: string[];
  /** By id: the index of its label in alphabetical order. */
  places: Uint32Array;
}

/** Tokens read between two yields to the event loop: about 5 ms of work. */
const TOKENS_PER_SLICE = 4000;

/** Reads a tokenizer's vocabulary in slices, so that the page stays responsive. */
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
    if (id % TOKENS_PER_SLICE === TOKENS_PER_SLICE - 1) await yieldToEventLoop(signal);
  }
  const places = new Uint32Array(vocabSize);
  for (const [place, id] of (await alphabetical(labels, signal)).entries()) places[id] = place;
  return {labels, lengths, folded: labels.map((label) => label.toLowerCase()), places};
}

/** Returns the ids in alphabetical order. Sorting 200,000 strings at once would block the page, so runs are sorted and merged. */
async function alphabetical(labels: readonly string[], signal: AbortSignal): Promise<number[]> {
  const compare = (a: number, b: number) =>
    labels[a]! < labels[b]! ? -1 : labels[a]! > labels[b]! ? 1 : a - b;
  let runs: number[][] = [];
  for (let start = 0; start < labels.length; start += TOKENS_PER_SLICE) {
    const length = Math.min(TOKENS_PER_SLICE, labels.length - start);
    runs.push(Array.from({length}, (_, i) => start + i).sort(compare));
    await yieldToEventLoop(signal);
  }
  while (runs.length > 1) {
    const merged: number[][] = [];
    for (let i = 0; i < runs.length; i += 2) {
      merged.push(mergeRuns(runs[i]!, runs[i + 1] ?? [], compare));
      await yieldToEventLoop(signal);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function mergeRuns(
  left: readonly number[],
  right: readonly number[],
  compare: (a: number, b: number) => number,
): number[] {
  const merged: number[] = [];
  let r = 0;
  for (const id of left) {
    while (r < right.length && compare(right[r]!, id) < 0) merged.push(right[r++]!);
    merged.push(id);
  }
  while (r < right.length) merged.push(right[r++]!);
  return merged;
}

/** How often each id occurs. */
export function countIds(ids: ArrayLike<number>, vocabSize: number): Uint32Array {
  const counts = new Uint32Array(vocabSize);
  for (let i = 0; i < ids.length; i++) counts[ids[i]!]!++;
  return counts;
}

/** Whitespace as it is shown: a reader may type a space or a “·”. */
const asShown = (text: string): string => text.replaceAll(' ', '·').toLowerCase();

/**
 * Returns the ids whose token contains the search, or the one id that it names.
 * @param search Part of a token, or `#` and an id.
 */
export function find({folded}: Vocabulary, search: string): number[] {
  const named = /^#(\d+)$/.exec(search);
  if (named) return Number(named[1]) < folded.length ? [Number(named[1])] : [];
  const wanted = asShown(search);
  const found: number[] = [];
  for (let id = 0; id < folded.length; id++) if (folded[id]!.includes(wanted)) found.push(id);
  return found;
}

/** Ids stay below 2²⁰, so a value and an id fit into one number, and numbers sort quickly. */
const ID_SHIFT = 2 ** 20;

/** Returns the ids sorted; ties by id. */
export function sort(
  ids: readonly number[],
  {lengths, places}: Vocabulary,
  counts: Uint32Array | undefined,
  order: Order,
  descending: boolean,
): number[] {
  const values = {id: undefined, token: places, length: lengths, frequency: counts}[order];
  const sign = descending ? -1 : 1;
  const keys = Float64Array.from(
    ids,
    (id) => sign * (order === 'id' ? id : (values?.[id] ?? 0)) * ID_SHIFT + id,
  );
  keys.sort();
  return Array.from(keys, (key) => ((key % ID_SHIFT) + ID_SHIFT) % ID_SHIFT);
}

/** Returns these tokens as rows of a CSV file; a token that is not whole characters only in hexadecimal. */
export function* csvRows(
  tokenizer: Pick<Tokenizer, 'bytes'>,
  ids: Iterable<number>,
  counts: Uint32Array | undefined,
): Generator<CsvRow> {
  yield ['id', 'token', 'bytes', 'hexadecimal', ...(counts ? ['count'] : [])];
  const utf8 = new TextDecoder();
  for (const id of ids) {
    const bytes = tokenizer.bytes(id);
    const token = visibleBytes(bytes).isText ? utf8.decode(bytes) : '';
    yield [id, token, bytes.length, hex(bytes), ...(counts ? [counts[id]!] : [])];
  }
}

/**
 * Says how many tokens a text uses, and what the others are for.
 * @param learnedHere Whether the vocabulary was learned from this text
 */
export function useInWords({lengths}: Vocabulary, counts: Uint32Array, learnedHere: boolean): string {
  let [bytes, longer] = [0, 0];
  for (const [id, count] of counts.entries())
    if (count === 0) {
      if (lengths[id] === 1) bytes++;
      else longer++;
    }
  const size = counts.length;
  const used = `${whole(size - bytes - longer)} of the ${whole(size)}`;
  if (bytes + longer === 0) return `all ${whole(size)}.`;
  const parts = [
    bytes > 0 && `${whole(bytes)} single bytes, kept so that any text can be written`,
    longer > 0 &&
      `${whole(longer)} pieces ${learnedHere ? 'that only occur inside longer tokens, such as a word’s beginning' : 'that other texts need'}`,
  ].filter(Boolean);
  return `${used}, never the other ${whole(bytes + longer)}: ${parts.join(', and ')}.`;
}
