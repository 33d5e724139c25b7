/**
 * The simplest tokenizer: one token a character. Its vocabulary is every character of a text, sorted.
 *
 *     const tokenizer = CharTokenizer.fromText('hello');
 *     tokenizer.spec.vocab;        // ['e', 'h', 'l', 'o']
 *     tokenizer.encode('hello');   // [1, 0, 2, 2, 3]
 *
 * A character is a Unicode code point: “é” written as e + combining accent is two, “👍🏽” (thumb + skin tone) is two.
 * A lone surrogate (half of a pair, not valid Unicode) counts as a character and survives encode and decode.
 */
import {shorten} from '../math/shorten.js';
import {checkId, type Tokenizer} from './tokenizer.js';
import {UnknownTokenError} from './unknown-token.js';

export class CharTokenizer implements Tokenizer {
  readonly spec: {kind: 'char'; vocab: string[]};
  readonly vocabSize: number;
  readonly specialTokens: ReadonlyMap<string, number> = new Map();
  /** Code point → id. Numbers are quicker keys than strings. */
  readonly #ids = new Map<number, number>();

  /**
   * @param vocab The characters in the order of their ids.
   * @throws {RangeError} where an entry is not exactly one character, or comes twice.
   */
  constructor(vocab: readonly string[]) {
    for (const [id, character] of vocab.entries()) {
      const code = character.codePointAt(0);
      if (code === undefined || character.length !== (code > 0xffff ? 2 : 1))
        throw new RangeError(
          `A character vocabulary holds single characters; entry ${id} is “${shorten(character)}”.`,
        );
      if (this.#ids.has(code))
        throw new RangeError(`“${character}” comes twice in the character vocabulary.`);
      this.#ids.set(code, id);
    }
    this.spec = {kind: 'char', vocab: [...vocab]};
    this.vocabSize = vocab.length;
  }

  /** The vocabulary of a text: its characters, each once, sorted by code point. */
  static fromText(text: string): CharTokenizer {
    const codes = new Set<number>();
    for (let i = 0; i < text.length; ) {
      const code = text.codePointAt(i)!;
      codes.add(code);
      i += code > 0xffff ? 2 : 1;
    }
    return new CharTokenizer([...codes].sort((a, b) => a - b).map((code) => String.fromCodePoint(code)));
  }

  /** @throws {UnknownTokenError} naming every character that the vocabulary lacks. */
  encode(text: string): number[] {
    const ids: number[] = [];
    const unknown = new Set<string>();
    let position = -1;
    for (let i = 0; i < text.length; ) {
      const code = text.codePointAt(i)!;
      const id = this.#ids.get(code);
      if (id !== undefined) ids.push(id);
      else {
        if (position < 0) position = i;
        unknown.add(String.fromCodePoint(code));
      }
      i += code > 0xffff ? 2 : 1;
    }
    if (unknown.size > 0) throw new UnknownTokenError([...unknown], position);
    return ids;
  }

  decode(ids: ArrayLike<number>): string {
    const parts: string[] = [];
    for (let i = 0; i < ids.length; i++) parts.push(this.token(ids[i]!));
    return parts.join('');
  }

  token(id: number): string {
    checkId(id, this.vocabSize);
    return this.spec.vocab[id]!;
  }

  bytes(id: number): Uint8Array {
    return new TextEncoder().encode(this.token(id));
  }
}
