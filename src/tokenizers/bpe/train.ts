/** Byte-pair encoding learned from a text. */
import {cut} from '../cut.js';
import {Slice} from '../slices.js';
import {pieces} from './pieces.js';
import {BytePairTokenizer} from './tokenizer.js';
import {BpeTrainer, type Merge, type PairCount} from './trainer.js';

export interface TrainProgress {
  phase: 'reading' | 'merging';
  /** Characters (UTF-16 units) read, or merges made. */
  done: number;
  total: number;
}

export interface TrainBpeOptions {
  /** How many merges to learn: the vocabulary has 256 + merges tokens, and the special ones. */
  merges: number;
  /** A pair that occurs less often than this is left alone. Default: 2, as in Hugging Face's ByteLevelBPETokenizer. */
  minFrequency?: number;
  /** They take the ids after all others. Their names in the text are ordinary text. */
  specialTokens?: readonly string[];
  signal?: AbortSignal;
  onProgress?: (progress: TrainProgress) => void;
  onMerge?: (merge: Merge) => void;
  /** Called before each merge, and after the last, with the pairs that would be merged next: `topPairs` of them (default 0). */
  onTop?: (pairs: PairCount[]) => void;
  topPairs?: number;
}

/** Characters that are cut into pieces at once: about a millisecond. */
const PART_LENGTH = 16_384;

/** Published vocabularies have up to 262,144 tokens. */
export const MAX_MERGES = 250_000;

/**
 * Learns a byte-level BPE from a text: the same merges, in the same order, as Hugging Face's `BpeTrainer` with GPT-2's
 * `ByteLevel` pre-tokenizer and its whole alphabet. Ends early where no pair is frequent enough.
 *
 * Works in slices of some milliseconds, so it may run on a page's main thread.
 *
 * @throws {RangeError} where `merges` is not a whole number from 0 to {@link MAX_MERGES}.
 * @throws {DOMException} `AbortError` where the signal was given.
 */
export async function trainBPE(text: string, options: TrainBpeOptions): Promise<BytePairTokenizer> {
  const {merges, minFrequency, specialTokens = [], onProgress, topPairs = 0} = options;
  if (!Number.isInteger(merges) || merges < 0 || merges > MAX_MERGES)
    throw new RangeError(
      `The number of merges must be a whole number from 0 to ${MAX_MERGES.toLocaleString('en')}, not ${merges}.`,
    );
  const slice = new Slice(options.signal);

  const counts = new Map<string, number>();
  let read = 0;
  for (const part of cut(text, PART_LENGTH)) {
    for (const piece of pieces(part)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
    read += part.length;
    if (slice.isOver) {
      onProgress?.({phase: 'reading', done: read, total: text.length});
      await slice.next();
    }
  }

  const trainer = new BpeTrainer(counts, {minFrequency});
  const learned: Merge[] = [];
  options.onTop?.(trainer.topPairs(topPairs));
  while (learned.length < merges) {
    const merge = trainer.step();
    if (!merge) break;
    learned.push(merge);
    options.onMerge?.(merge);
    options.onTop?.(trainer.topPairs(topPairs));
    if (slice.isOver) {
      onProgress?.({phase: 'merging', done: learned.length, total: merges});
      await slice.next();
    }
  }
  onProgress?.({phase: 'merging', done: learned.length, total: learned.length});

  const {vocab} = trainer;
  return new BytePairTokenizer({
    kind: 'bpe',
    vocab: [...vocab, ...specialTokens],
    merges: learned.map(({first, second}) => `${vocab[first]} ${vocab[second]}`),
    specialTokens: [...specialTokens],
  });
}
