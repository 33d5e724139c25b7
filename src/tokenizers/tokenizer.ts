/** One interface for every way of turning text into token ids. No DOM, no tfjs. */

export type TiktokenEncoding = 'gpt2' | 'cl100k_base' | 'o200k_base';

/** Everything needed to make the same tokenizer again: in the worker, from a checkpoint, in another page. */
export type TokenizerSpec =
  | {kind: 'char'; vocab: string[]}
  | {kind: 'tiktoken'; encoding: TiktokenEncoding};

/** What a model asks for before its corpus is known: `char` learns its vocabulary from the corpus. */
export type TokenizerChoice = 'char' | TiktokenEncoding | TokenizerSpec;

export interface Tokenizer {
  readonly spec: TokenizerSpec;
  /** V: ids run from 0 to vocabSize − 1. */
  readonly vocabSize: number;
  /** @throws {UnknownTokenError} where the text holds something that the vocabulary does not. */
  encode(text: string): number[];
  decode(ids: ArrayLike<number>): string;
  /** One token as text. A token that is only a part of a UTF-8 character decodes to U+FFFD. */
  token(id: number): string;
}

/** The text holds characters that the tokenizer has never seen. */
export class UnknownTokenError extends Error {
  override name = 'UnknownTokenError';
  constructor(
    /** The characters, each once, in order of appearance. */
    readonly unknown: string[],
    /** Index of the first one in the text, in UTF-16 units. */
    readonly position: number,
  ) {
    const list = unknown.slice(0, 5).map((c) => `“${c}”`).join(', ');
    super(
      `${list}${unknown.length > 5 ? ' …' : ''} ${unknown.length === 1 ? 'does' : 'do'} not occur in the text this tokenizer ` +
        `was made from, so there is no token for ${unknown.length === 1 ? 'it' : 'them'}.`,
    );
  }
}
