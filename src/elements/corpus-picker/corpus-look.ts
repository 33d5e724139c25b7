import type {Corpus, CorpusSpec} from '../../data/corpus.js';
import {type TextStatistics, textStatistics} from '../../data/statistics.js';
import {encodeText} from '../../state/text-work.js';
import {encodeInSlices} from '../../tokenizers/encode-slices.js';
import type {Tokenizer, TokenizerChoice} from '../../tokenizers/tokenizer.js';

/** What is found out about a text, one thing after the other; whatever is asked ends what was under way. */
export class CorpusLook {
  /** What the text was asked for as. */
  spec?: CorpusSpec;
  corpus?: Corpus;
  statistics?: TextStatistics;
  tokenizer?: Tokenizer;
  tokens?: Int32Array;
  /** Why the tokenizer cannot write the text, for the reader. */
  problem?: string;
  working = false;

  #work?: AbortController;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /**
   * @param load Reads the text; where there is none, what was looked at before stays.
   * @param choose Says what turns it into tokens.
   */
  async at(
    spec: CorpusSpec,
    load: (signal: AbortSignal) => Promise<Corpus | undefined>,
    choose: () => Promise<TokenizerChoice>,
  ): Promise<void> {
    this.stop();
    const work = (this.#work = new AbortController());
    const {signal} = work;
    this.working = true;
    this.#onChange();
    try {
      const corpus = await load(signal);
      if (!corpus || signal.aborted) return;
      this.#begin(spec, corpus);
      this.statistics = await textStatistics(corpus.text, signal);
      this.#onChange();
      const {loadTokenizer} = await import('../../tokenizers/load.js');
      const choice = await choose();
      const tokenizer = await loadTokenizer(
        choice === 'char' ? charactersOf(this.statistics) : choice,
        corpus.text,
      );
      const ids = await encode(tokenizer, corpus.text, signal);
      if (signal.aborted) return;
      this.tokenizer = tokenizer;
      this.tokens = new Int32Array(ids.buffer);
    } catch (error) {
      if (!signal.aborted) this.problem = (error as Error).message;
    } finally {
      if (this.#work === work) {
        this.working = false;
        this.#onChange();
      }
    }
  }

  stop(): void {
    this.#work?.abort();
    this.#work = undefined;
    this.working = false;
  }

  #begin(spec: CorpusSpec, corpus: Corpus): void {
    this.spec = spec;
    this.corpus = corpus;
    this.statistics = this.tokenizer = this.tokens = this.problem = undefined;
    this.#onChange();
  }
}

/** A longer text is encoded in the worker for text: there may be no place in it to cut, and then it is one piece of work. */
const LONG = 1_000_000;

const encode = (tokenizer: Tokenizer, text: string, signal: AbortSignal): Promise<Uint32Array> =>
  text.length > LONG ? encodeText(text, tokenizer.spec, {signal}) : encodeInSlices(tokenizer, text, {signal});

/** The character tokenizer of a text whose characters have been counted: it need not be read again. */
const charactersOf = ({characterCounts}: TextStatistics): TokenizerChoice => ({
  kind: 'char',
  vocab: characterCounts
    .map(([character]) => character)
    .sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!),
});
