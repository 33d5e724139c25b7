/** What is on show after a number of merges: numbers that training has counted, and the text in the tokens of that moment. */
import type {MergeRecord, TrainedTokenizer} from '../../state/text-work.js';
import {firstMerges} from '../../tokenizers/bpe/spec.js';
import {BytePairTokenizer} from '../../tokenizers/bpe/tokenizer.js';
import type {PairCount} from '../../tokenizers/bpe/trainer.js';

export interface Moment {
  /** Merges made. */
  at: number;
  tokenizer: BytePairTokenizer;
  /** The merge that led here; none at the start. */
  last?: MergeRecord;
  /** The most frequent pairs now: the first is merged next. */
  top: readonly PairCount[];
  /** Tokens that the whole corpus has now. */
  tokens: number;
  charactersPerToken: number;
  /** The excerpt in tokens. */
  ids: readonly number[];
}

/** Characters of the excerpt that are shown. */
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

/** Whole characters, up to the end of a word. */
function shownExcerpt(text: string): string {
  if (text.length <= SHOWN) return text;
  const end = text.lastIndexOf(' ', SHOWN);
  return Array.from(text.slice(0, end > 0 ? end : SHOWN)).join('');
}

/** Characters per token after 0, 1, 2, … merges. */
export function compressionCurve({merges, corpus}: TrainedTokenizer): Float64Array {
  return Float64Array.from(
    {length: merges.length + 1},
    (_, at) => corpus.characters / (merges[at - 1]?.tokens ?? corpus.bytes),
  );
}
