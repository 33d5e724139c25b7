/** One interface for every way of turning text into token ids. No DOM, no tfjs. */

import type {BpeSpec} from './bpe/spec.js';

export type TiktokenEncoding = 'gpt2' | 'cl100k_base' | 'o200k_base';

/** Everything needed to make the same tokenizer again: in the worker, from a checkpoint, in another page. */
export type TokenizerSpec =
  | {kind: 'char'; vocab: string[]}
  | {kind: 'word'; vocab: string[]}
  | {kind: 'tiktoken'; encoding: TiktokenEncoding}
  | BpeSpec;

/** What a model asks for before its corpus is known: `char` and `word` take their vocabulary from the corpus. */
export type TokenizerChoice = 'char' | 'word' | TiktokenEncoding | TokenizerSpec;

export interface EncodeOptions {
  /**
   * Special tokens (`specialTokens`) that the text may name, e.g. `['<|endoftext|>']`, or all of them.
   * Default: none. What is not allowed is ordinary text, so that pasted text cannot end a document.
   */
  allowedSpecial?: readonly string[] | 'all';
}

export interface Tokenizer {
  readonly spec: TokenizerSpec;
  /** V: ids run from 0 to vocabSize − 1. */
  readonly vocabSize: number;
  /** Tokens that stand for no text of their own, by their name, e.g. `<|endoftext|>` → 50256. Empty where there are none. */
  readonly specialTokens: ReadonlyMap<string, number>;
  /** @throws {UnknownTokenError} where the text holds something that the vocabulary does not. */
  encode(text: string, options?: EncodeOptions): number[];
  /**
   * The text of the ids. Bytes that make no UTF-8 character become U+FFFD.
   * @throws {RangeError} on an id outside 0 … vocabSize − 1.
   */
  decode(ids: ArrayLike<number>): string;
  /** One token as text. A token that is only a part of a UTF-8 character decodes to U+FFFD. */
  token(id: number): string;
  /** One token as its UTF-8 bytes: exact, also for a part of a character. */
  bytes(id: number): Uint8Array;
}

/** Checks an id that comes from outside, e.g. from a model with a larger vocabulary. */
export function checkId(id: number, vocabSize: number): void {
  if (!Number.isInteger(id) || id < 0 || id >= vocabSize)
    throw new RangeError(
      `There is no token ${id}: the ids of this tokenizer run from 0 to ${vocabSize - 1}.`,
    );
}

/** A vocabulary, or a file of one, that contradicts itself or is of another kind. The message is for readers. */
export class TokenizerSpecError extends Error {
  override name = 'TokenizerSpecError';
}

/** A text that no tokenizer can take. The message is for readers. */
export class TextError extends Error {
  override name = 'TextError';
}
