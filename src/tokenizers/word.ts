/**
 * Words as tokens: the first tokenizer that comes to mind, and a lesson in what is wrong with it. A word that the text it
 * was made from does not hold is out of vocabulary: it becomes `<|unk|>`, and what it was is lost.
 *
 *     const tokenizer = WordTokenizer.fromText('The cat sat.');
 *     tokenizer.decode(tokenizer.encode('The dog sat.'));   // 'The <|unk|> sat.'
 *
 * Whitespace is not kept either: words come back with single spaces between them, so `decode(encode(text))` is not the text.
 *
 * Source: the tokenizer of chapter 2 of S. Raschka, “Build a Large Language Model (From Scratch)”, 2024: the same tokens
 * with the same ids.
 */
import {shorten} from '../math/shorten.js';
import {SpecialTokens} from './special-tokens.js';
import {checkId, type EncodeOptions, type Tokenizer, TokenizerSpecError} from './tokenizer.js';

const END_OF_TEXT = '<|endoftext|>';
const UNKNOWN = '<|unk|>';

/** Where words end. The parentheses keep what the text is split at: punctuation is a token, too. */
const BETWEEN_WORDS = /([,.:;?_!"()']|--|\s)/u;
const SPACE_BEFORE_PUNCTUATION = /\s+([,.:;?!"()'])/gu;

/** “Hello, world” → “Hello” “,” “world”. */
const wordsOf = (text: string): string[] =>
  text
    .split(BETWEEN_WORDS)
    .map((word) => word.trim())
    .filter((word) => word !== '');

export class WordTokenizer implements Tokenizer {
  readonly spec: {kind: 'word'; vocab: string[]};
  readonly vocabSize: number;
  readonly specialTokens: ReadonlyMap<string, number>;
  readonly #special: SpecialTokens;
  readonly #ids: Map<string, number>;
  readonly #unknown: number;

  /**
   * @param vocab The words in the order of their ids; `<|endoftext|>` and `<|unk|>` are among them.
   * @throws {TokenizerSpecError} where a word comes twice or one of the two is missing.
   */
  constructor(vocab: readonly string[]) {
    this.spec = {kind: 'word', vocab: [...vocab]};
    this.vocabSize = vocab.length;
    this.#ids = new Map(vocab.map((word, id) => [word, id]));
    const twice = vocab.find((word, id) => this.#ids.get(word) !== id);
    if (twice !== undefined)
      throw new TokenizerSpecError(`“${shorten(twice)}” comes twice in the vocabulary of words.`);
    this.#special = new SpecialTokens([END_OF_TEXT, UNKNOWN], this.#ids);
    this.specialTokens = this.#special.ids;
    this.#unknown = this.#ids.get(UNKNOWN)!;
    for (const name of this.specialTokens.keys()) this.#ids.delete(name); // as ordinary words they are unknown
  }

  /** The vocabulary of a text: its words and punctuation marks, each once, sorted, and then the two special tokens. */
  static fromText(text: string): WordTokenizer {
    const words = new Set(wordsOf(text));
    for (const name of [END_OF_TEXT, UNKNOWN]) words.delete(name);
    return new WordTokenizer([...[...words].sort(), END_OF_TEXT, UNKNOWN]);
  }

  /** Every word that the vocabulary lacks becomes `<|unk|>`. */
  encode(text: string, {allowedSpecial = []}: EncodeOptions = {}): number[] {
    const ids: number[] = [];
    for (const part of this.#special.split(text, allowedSpecial)) {
      if (typeof part === 'number') ids.push(part);
      else for (const word of wordsOf(part)) ids.push(this.#ids.get(word) ?? this.#unknown);
    }
    return ids;
  }

  /** The words with spaces between them, none before punctuation. */
  decode(ids: ArrayLike<number>): string {
    const words = Array.from(ids, (id) => this.token(id));
    return words.join(' ').replace(SPACE_BEFORE_PUNCTUATION, '$1');
  }

  token(id: number): string {
    checkId(id, this.vocabSize);
    return this.spec.vocab[id]!;
  }

  bytes(id: number): Uint8Array {
    return new TextEncoder().encode(this.token(id));
  }
}
