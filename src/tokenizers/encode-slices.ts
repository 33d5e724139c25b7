import {cut} from './cut.js';
import {Slice} from './slices.js';
import type {EncodeOptions, Tokenizer} from './tokenizer.js';
import {UnknownTokenError} from './unknown-token.js';

/** Characters (UTF-16 units) between two looks at the clock: some milliseconds of work. */
const SLICE_LENGTH = 8192;

export interface EncodeInSlicesOptions extends EncodeOptions {
  signal?: AbortSignal;
  /** Characters (UTF-16 units) of the text that are done. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * `tokenizer.encode(text)` for long texts: in slices of some milliseconds, with progress. Gives the same ids.
 * @throws {UnknownTokenError} as `encode` does; `position` counts from the start of the whole text.
 * @throws {DOMException} `AbortError` where the signal was given.
 */
export async function encodeInSlices(
  tokenizer: Tokenizer,
  text: string,
  {allowedSpecial = [], signal, onProgress}: EncodeInSlicesOptions = {},
): Promise<Uint32Array> {
  const names = allowedSpecial === 'all' ? [...tokenizer.specialTokens.keys()] : allowedSpecial;
  const uncut = names.some((name) => /\s/.test(name)); // a cut might go through such a name
  const slice = new Slice(signal);
  const encoded: number[][] = [];
  let done = 0;
  for (const part of uncut ? [text] : cut(text, SLICE_LENGTH)) {
    encoded.push(encodePart(tokenizer, part, done, allowedSpecial));
    done += part.length;
    if (slice.isOver) {
      onProgress?.(done, text.length);
      await slice.next();
    }
  }
  onProgress?.(text.length, text.length);
  return joined(encoded);
}

/**
 * Returns the ids of a part of a text.
 * @param start where it begins in the whole text
 * @throws {UnknownTokenError} its `position` counts from the start of the whole text
 */
export function encodePart(
  tokenizer: Tokenizer,
  part: string,
  start: number,
  allowedSpecial: readonly string[] | 'all' = [],
): number[] {
  try {
    return tokenizer.encode(part, {allowedSpecial});
  } catch (error) {
    if (error instanceof UnknownTokenError)
      throw new UnknownTokenError(error.unknown, start + error.position);
    throw error;
  }
}

function joined(parts: readonly number[][]): Uint32Array {
  const ids = new Uint32Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    ids.set(part, end);
    end += part.length;
  }
  return ids;
}
