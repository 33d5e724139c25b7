/** A tokenizer as the files that `AutoTokenizer.from_pretrained` loads, and back. */

import {fromVocabAndMerges, toTokenizerJson, toVocabAndMerges} from '../../tokenizers/bpe/files.js';
import {bpeFromRanks} from '../../tokenizers/bpe/from-ranks.js';
import {BytePairTokenizer} from '../../tokenizers/bpe/tokenizer.js';
import {CharTokenizer} from '../../tokenizers/char.js';
import {TiktokenTokenizer} from '../../tokenizers/tiktoken.js';
import {type Tokenizer, TokenizerSpecError} from '../../tokenizers/tokenizer.js';
import {WordTokenizer} from '../../tokenizers/word.js';
import {readTokenizerJson, toWordLevelJson} from '../../tokenizers/word-level-files.js';
import {type ByteSource, readText} from '../byte-source.js';

const END_OF_TEXT = '<|endoftext|>';
const UNKNOWN = '<|unk|>';
type SpecialTokens = Tokenizer['specialTokens'];
const TOKENIZER_BYTES = 64e6;

/** Returns the id of the token that ends a text; undefined where the tokenizer has none. */
export const endOfText = (tokenizer: Tokenizer | undefined): number | undefined =>
  tokenizer?.specialTokens.get(END_OF_TEXT);

/**
 * Returns the files by name: `tokenizer.json` and `tokenizer_config.json`, and for a byte-pair encoding `vocab.json` and `merges.txt`.
 * @param contextLength T: the most tokens that the model can look at.
 * @param padId The id of `<|endoftext|>` where texts are padded with it; a tokenizer that has no such token gets one.
 * @throws {TokenizerSpecError} where Hugging Face's files cannot hold such a tokenizer
 */
export function tokenizerFiles(
  tokenizer: Tokenizer,
  contextLength: number,
  padId?: number,
): Map<string, string> {
  const files = new Map<string, string>();
  const specialTokens = withPadding(tokenizer, padId);
  if (tokenizer instanceof CharTokenizer || tokenizer instanceof WordTokenizer)
    files.set('tokenizer.json', toWordLevelJson({spec: tokenizer.spec, specialTokens}));
  else {
    const bpe = asBytePairs(tokenizer);
    const {vocab, merges} = toVocabAndMerges(bpe);
    files.set('tokenizer.json', toTokenizerJson({spec: bpe.spec, specialTokens}));
    files.set('vocab.json', vocab);
    files.set('merges.txt', merges);
  }
  files.set('tokenizer_config.json', tokenizerConfig(specialTokens, contextLength, padId !== undefined));
  return files;
}

const withPadding = ({specialTokens}: Tokenizer, padId: number | undefined): SpecialTokens =>
  padId === undefined ? specialTokens : new Map([...specialTokens, [END_OF_TEXT, padId]]);

function asBytePairs(tokenizer: Tokenizer): BytePairTokenizer {
  if (tokenizer instanceof TiktokenTokenizer) return new BytePairTokenizer(bpeFromRanks(tokenizer));
  if (!(tokenizer instanceof BytePairTokenizer))
    throw new TokenizerSpecError('This tokenizer is of a kind that Hugging Face’s files cannot hold.');
  const half = [...tokenizer.specialTokens.keys()].find((name) => /\p{Surrogate}/u.test(name));
  if (half !== undefined)
    throw new TokenizerSpecError(
      `The name of the special token ${JSON.stringify(half)} holds half of a character, which Hugging Face’s files cannot hold. Rename it.`,
    );
  return tokenizer;
}

function tokenizerConfig(specialTokens: SpecialTokens, contextLength: number, isPadded: boolean): string {
  const end = specialTokens.has(END_OF_TEXT) ? {bos_token: END_OF_TEXT, eos_token: END_OF_TEXT} : {};
  const unknown = specialTokens.has(UNKNOWN) ? {unk_token: UNKNOWN} : {};
  const config = {
    tokenizer_class: 'PreTrainedTokenizerFast',
    model_max_length: contextLength,
    clean_up_tokenization_spaces: false,
    model_input_names: ['input_ids', 'attention_mask'], // token types would be embedded, too
    ...end,
    ...unknown,
    ...(isPadded ? {pad_token: END_OF_TEXT, padding_side: 'right'} : {}),
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

/**
 * Reads `tokenizer.json`, or the older pair `vocab.json` and `merges.txt`.
 * @returns undefined where neither is there
 * @throws {TokenizerSpecError} where they are broken, or of a kind that is not there
 * @throws {SourceError} where they cannot be read
 */
export async function readTokenizer(
  files: ReadonlyMap<string, ByteSource>,
  signal?: AbortSignal,
): Promise<Tokenizer | undefined> {
  const [json, vocab, merges] = ['tokenizer.json', 'vocab.json', 'merges.txt'].map((name) => {
    const source = files.get(name);
    return source && (() => readText(name, source, TOKENIZER_BYTES, signal));
  });
  if (json) return readTokenizerJson(await json());
  if (vocab && merges) return fromVocabAndMerges(await vocab(), await merges());
  if (vocab || merges)
    throw new TokenizerSpecError(
      `The folder has ${vocab ? 'vocab.json but no merges.txt' : 'merges.txt but no vocab.json'}: add it.`,
    );
  return undefined;
}
