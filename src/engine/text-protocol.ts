/** What crosses between a page and its text worker. Only typed arrays and plain objects. */
import type {CorpusSpec} from '../data/corpus.js';
import type {LabeledReading, ReadLabeledSettings} from '../data/labeled/read-labeled.js';
import type {BpeSpec} from '../tokenizers/bpe/spec.js';
import type {Merge, PairCount} from '../tokenizers/bpe/trainer.js';
import type {EncoderTimes} from '../tokenizers/race.js';
import type {EncodeOptions, TiktokenEncoding, TokenizerChoice} from '../tokenizers/tokenizer.js';

export interface TextProgress {
  /**
   * `loading`: a vocabulary or a corpus is on its way, in bytes. `reading`: the corpus is cut into pieces, in characters.
   * `merging`: merges learned. `encoding`: characters (UTF-16 units) turned into ids.
   */
  phase: 'loading' | 'reading' | 'merging' | 'encoding';
  done: number;
  /** 0 where it is not known. */
  total: number;
}

/** A merge, and the most frequent pairs before it: it is the first of them. */
export interface MergeRecord extends Merge {
  top: PairCount[];
}

export interface TrainTokenizerSettings {
  /** How many merges to learn. */
  merges: number;
  /** A pair that occurs less often than this is left alone. Default: 2. */
  minFrequency?: number;
  /** They take the ids after all others. Default: `<|endoftext|>` alone. */
  specialTokens?: readonly string[];
  /** So many of the most frequent pairs are told with each merge. Default: 0. */
  topPairs?: number;
}

export interface TrainedTokenizer {
  spec: BpeSpec;
  merges: MergeRecord[];
  /** The pairs that would be merged next. */
  top: PairCount[];
  /** What it was trained on. */
  corpus: {
    name: string;
    /** Unicode code points. */
    characters: number;
    /** UTF-8 bytes: the tokens before the first merge. */
    bytes: number;
    /** The first few thousand characters. */
    excerpt: string;
  };
}

/** What comes down while a request is under way. */
export interface TextFact {
  request: number;
  progress: TextProgress;
}

export interface TextRequests {
  encode(
    request: number,
    text: string,
    choice: TokenizerChoice,
    options: EncodeOptions,
  ): Promise<Uint32Array>;
  train(request: number, corpus: CorpusSpec, settings: TrainTokenizerSettings): Promise<TrainedTokenizer>;
  /** Reads, balances and splits a table of labeled texts. */
  labeled(request: number, text: string, settings: ReadLabeledSettings): Promise<LabeledReading>;
  /** Returns how many tokens each text has; −1 where the vocabulary lacks something. */
  countTokens(request: number, texts: readonly string[], choice: TokenizerChoice): Promise<Int32Array>;
  /** Times this library's encoder and js-tiktoken on the same text. */
  race(request: number, text: string, encoding: TiktokenEncoding): Promise<EncoderTimes>;
  /** The request then ends in the error `canceled`; one that has ended is left alone. */
  cancel(request: number): Promise<void>;
}
