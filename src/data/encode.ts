/** A whole corpus as token ids, without holding the page up. */
import type {Tokenizer} from '../tokenizers/tokenizer.js';
import {inSlices, type SlicedOptions} from './slices.js';

/**
 * The same ids as `tokenizer.encode(text)`, computed slice by slice.
 * @throws {UnknownTokenError} where the tokenizer cannot write the text.
 * @throws {DOMException} `AbortError` where the signal was given.
 */
export async function encodeInSlices(
  text: string,
  tokenizer: Tokenizer,
  options: SlicedOptions = {},
): Promise<Int32Array> {
  const parts: number[][] = [];
  let length = 0;
  const mayCut = tokenizer.spec.kind === 'char' ? anywhere : betweenWords;
  const encode = (slice: string): void => {
    const ids = tokenizer.encode(slice);
    parts.push(ids);
    length += ids.length;
  };
  await inSlices(text, mayCut, encode, options);
  const tokens = new Int32Array(length);
  let end = 0;
  for (const part of parts) {
    tokens.set(part, end);
    end += part.length;
  }
  return tokens;
}

/** Characters do not care what stands beside them. */
const anywhere = (): boolean => true;

/**
 * Where a letter is followed by a space and another letter: every tokenizer that first splits a text into words (as GPT-2's,
 * GPT-4's and simple ones do) splits it there, whatever comes before or after, so the ids do not change.
 * After a line end it would be wrong: GPT-2 takes two newlines together only at the end of a text.
 */
const betweenWords = (text: string, i: number): boolean =>
  text[i] === ' ' && LETTER.test(text[i - 1]!) && LETTER.test(text[i + 1] ?? '');
const LETTER = /^\p{L}$/u;
