import type {Corpus, CorpusSpec} from '../../data/corpus.js';
import {type TextStatistics, textStatistics} from '../../data/statistics.js';
import type {Tokenizer, TokenizerChoice} from '../../tokenizers/tokenizer.js';
import {encodeAll} from '../../ui/model/encode-all.js';

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
      const tokens = await encodeAll(tokenizer, corpus.text, {signal});
      if (signal.aborted) return;
      this.tokenizer = tokenizer;
      this.tokens = tokens;
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

/** The character tokenizer of a text whose characters have been counted: it need not be read again. */
const charactersOf = ({characterCounts}: TextStatistics): TokenizerChoice => ({
  kind: 'char',
  vocab: characterCounts
    .map(([character]) => character)
    .sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!),
});
