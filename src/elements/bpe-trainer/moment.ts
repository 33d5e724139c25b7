/** What is shown after a number of merges: numbers that training has counted, and the text in the tokens at that step. */
import type {MergeRecord, TrainedTokenizer} from '../../state/text-work.js';
import {firstMerges} from '../../tokenizers/bpe/spec.js';
import {BytePairTokenizer} from '../../tokenizers/bpe/tokenizer.js';
import type {PairCount} from '../../tokenizers/bpe/trainer.js';

export interface Moment {
  /** Merges made. */
  at: number;
  tokenizer: BytePairTokenizer;
  /** The last merge; undefined at the start. */
  last?: MergeRecord;
  /** The most frequent pairs; the first is merged next. */
  top: readonly PairCount[];
  /** Tokens in the whole corpus. */
  tokens: number;
  charactersPerToken: number;
  /** [T]: the excerpt. */
  ids: readonly number[];
}

/** Characters of the excerpt on show. */
const SHOWN = 640;

export function momentAt(trained: TrainedTokenizer, at: number): Moment {
  const {merges, corpus} = trained;
  const tokenizer = new BytePairTokenizer(firstMerges(trained.spec, at));
  const last = merges[at - 1];
  const tokens = last?.tokens ?? corpus.bytes;
  return {
    at,
    tokenizer,
    last,
    top: merges[at]?.top ?? trained.top,
    tokens,
    charactersPerToken: corpus.characters / tokens,
    ids: tokenizer.encode(shownExcerpt(corpus.excerpt)),
  };
}

/** Returns whole characters, up to the end of a word. */
function shownExcerpt(text: string): string {
  if (text.length <= SHOWN) return text;
  const end = text.lastIndexOf(' ', SHOWN);
  return Array.from(text.slice(0, end > 0 ? end : SHOWN)).join('');
}

/** Returns characters per token after 0, 1, 2, … merges. */
export function compressionCurve({merges, corpus}: TrainedTokenizer): Float64Array {
  return Float64Array.from(
    {length: merges.length + 1},
    (_, at) => corpus.characters / (merges[at - 1]?.tokens ?? corpus.bytes),
  );
}
