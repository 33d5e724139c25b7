/** A text and its tokens, ready to be drawn. */
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {MAX_CHIPS} from './token-chips.js';
import {type TokenSpan, tokenSpans} from './token-spans.js';

/** A longer text is no longer edited in the field: typing in it, and encoding at each key, would not keep up. */
export const LONGEST_EDITED = 4000;

export interface EncodedText {
  text: string;
  tokenizer: Tokenizer;
  ids: ArrayLike<number>;
  /** Unicode code points, and bytes in UTF-8. */
  characters: number;
  bytes: number;
  /** Of the tokens that are drawn. */
  spans: readonly TokenSpan[];
}

/** Where the tokens come from: a tokenizer, or what makes one from the characters of the text. */
export type TokenizerSource = Tokenizer | ((characters: string[]) => Tokenizer);

/** @throws {UnknownTokenError} where the vocabulary lacks something. */
export function encodeShort(text: string, source: TokenizerSource, special: readonly string[]): EncodedText {
  const counted = new Counted();
  counted.add(text, text.length);
  const tokenizer = counted.tokenizerFrom(source);
  return encodedText(text, tokenizer, tokenizer.encode(text, {allowedSpecial: special}), counted);
}

export function encodedText(
  text: string,
  tokenizer: Tokenizer,
  ids: ArrayLike<number>,
  {characters, bytes}: Counted,
): EncodedText {
  const drawn = Array.from({length: Math.min(ids.length, MAX_CHIPS)}, (_, i) => ids[i]!);
  const spans = tokenSpans(
    text,
    drawn.map((id) => tokenizer.bytes(id).length),
  );
  return {text, tokenizer, ids, characters, bytes, spans};
}

/** Counts characters and bytes, and notes which characters there are. */
export class Counted {
  characters = 0;
  bytes = 0;
  /** How far it has come. */
  end = 0;
  readonly #codes = new Set<number>();

  /** Goes on from where it has come to, up to `end`. */
  add(text: string, end: number): void {
    let at = this.end;
    while (at < end && at < text.length) {
      const code = text.codePointAt(at)!;
      this.#codes.add(code);
      this.characters++;
      this.bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      at += code > 0xffff ? 2 : 1;
    }
    this.end = at;
  }

  tokenizerFrom(source: TokenizerSource): Tokenizer {
    if (typeof source !== 'function') return source;
    return source([...this.#codes].sort((a, b) => a - b).map((code) => String.fromCodePoint(code)));
  }
}
