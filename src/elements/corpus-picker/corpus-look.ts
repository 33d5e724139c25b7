import type {Corpus, CorpusSpec} from '../../data/corpus.js';
import {type TextStatistics, textStatistics} from '../../data/statistics.js';
import type {Tokenizer, TokenizerChoice} from '../../tokenizers/tokenizer.js';
import {encodeAll} from '../../ui/model/encode-all.js';

/** What is known about a text; the optional parts come one after the other. */
export interface CorpusLook {
  spec: CorpusSpec;
  corpus: Corpus;
  statistics?: TextStatistics;
  tokenizer?: Tokenizer;
  /** [T]: the whole text. */
  tokens?: Int32Array;
}

/**
 * Reads, counts and encodes a text.
 * @param choose Returns how to encode it; called when the text has been counted.
 * @param show Shows what is known so far.
 * @throws {CorpusError} {@link UnknownTokenError} with a sentence for the reader
 */
export async function lookAt(
  spec: CorpusSpec,
  choose: () => TokenizerChoice | Promise<TokenizerChoice>,
  signal: AbortSignal,
  show: (look: CorpusLook) => void,
): Promise<CorpusLook> {
  const {loadCorpus} = await import('../../data/loaders.js');
  const corpus = await loadCorpus(spec, {signal});
  show({spec, corpus});
  const statistics = await textStatistics(corpus.text, signal);
  show({spec, corpus, statistics});
  const {loadTokenizer} = await import('../../tokenizers/load.js');
  const choice = await choose();
  const tokenizer = await loadTokenizer(choice === 'char' ? charactersOf(statistics) : choice, corpus.text);
  const tokens = await encodeAll(tokenizer, corpus.text, {signal});
  return {spec, corpus, statistics, tokenizer, tokens};
}

/** The character tokenizer of a text whose characters are already counted. */
const charactersOf = ({characterCounts}: TextStatistics): TokenizerChoice => ({
  kind: 'char',
  vocab: characterCounts
    .map(([character]) => character)
    .sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!),
});
