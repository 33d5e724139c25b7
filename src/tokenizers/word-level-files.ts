/**
 * Tokenizers of characters and words as Hugging Face's `tokenizer.json`, and back: a `WordLevel` model, which looks up whole
 * pieces, and a pre-tokenizer that cuts a text into these pieces. It gives the same ids there as here, with special tokens
 * recognized in the text. A character that the vocabulary lacks is an error there, too. Decoded words have single spaces
 * between them, also before punctuation marks.
 */
import {show} from '../math/shorten.js';
import {fromTokenizerJson} from './bpe/files.js';
import {CharTokenizer} from './char.js';
import {type Tokenizer, TokenizerSpecError} from './tokenizer.js';
import {addedTokens, inOrder, parse, record, vocabOf} from './tokenizer-json.js';
import {WordTokenizer} from './word.js';

const split = (pattern: string, behavior: 'Isolated' | 'Removed') => ({
  type: 'Split',
  pattern: {Regex: pattern},
  behavior,
  invert: false,
});

/** JavaScript's `\s`, written out: other languages' has other characters. */
const WHITESPACE =
  '[\\t\\n\\x0b\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]';

const BY_CHARACTER = split('[\\s\\S]', 'Isolated');
const BY_WORD = {
  type: 'Sequence',
  pretokenizers: [split('[,.:;?_!"()\']|--', 'Isolated'), split(WHITESPACE, 'Removed')],
};

const FORMS = {
  // No character is called so: whatever is unknown is refused.
  char: {unknown: '<|unk|>', cut: BY_CHARACTER, decoder: {type: 'Fuse'}},
  word: {unknown: '<|unk|>', cut: BY_WORD, decoder: null},
} as const;

/**
 * Returns the content of a `tokenizer.json`.
 * @throws {TokenizerSpecError} where a token is half a surrogate pair, which such a file cannot hold
 */
export function toWordLevelJson({
  spec,
  specialTokens,
}: Pick<CharTokenizer | WordTokenizer, 'spec' | 'specialTokens'>): string {
  const half = spec.vocab.findIndex((token) => /\p{Surrogate}/u.test(token));
  if (half >= 0)
    throw new TokenizerSpecError(
      `Token ${half}, ${show(spec.vocab[half])}, is half of a character, which a tokenizer.json cannot hold. ` +
        'Remove it from the text that the vocabulary is made from.',
    );
  const {unknown, cut, decoder} = FORMS[spec.kind];
  const file = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: addedTokens(specialTokens),
    normalizer: null,
    pre_tokenizer: cut,
    post_processor: null,
    decoder,
    model: {
      type: 'WordLevel',
      vocab: Object.fromEntries(spec.vocab.map((token, id) => [token, id])),
      unk_token: unknown,
    },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * Reads a `tokenizer.json`: BPE as GPT-2 has it, or one that `toWordLevelJson` wrote.
 * @throws {TokenizerSpecError} where the file is of another kind, broken or too large
 */
export function readTokenizerJson(json: string): Tokenizer {
  const file = record(parse(json, 'tokenizer.json'), 'tokenizer.json');
  const model = record(file.model, 'Its “model”');
  if (model.type !== 'WordLevel') return fromTokenizerJson(json);
  const cut = JSON.stringify(file.pre_tokenizer);
  const kind = (['char', 'word'] as const).find((kind) => JSON.stringify(FORMS[kind].cut) === cut);
  if (!kind || file.normalizer || model.unk_token !== FORMS[kind].unknown)
    throw new TokenizerSpecError(
      'This tokenizer looks up whole words ("WordLevel") and cuts a text in another way than this library, so its ids would ' +
        'differ. A byte-pair encoding ("BPE") with the pre-tokenizer "ByteLevel" can be loaded.',
    );
  const vocab = inOrder(vocabOf(model.vocab));
  try {
    return kind === 'char' ? new CharTokenizer(vocab) : new WordTokenizer(vocab);
  } catch (cause) {
    throw new TokenizerSpecError(`This tokenizer.json is damaged: ${(cause as Error).message}`, {cause});
  }
}
