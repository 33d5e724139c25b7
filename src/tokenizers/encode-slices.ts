import {Slice} from './slices.js';
import type {EncodeOptions, Tokenizer} from './tokenizer.js';
import {UnknownTokenError} from './unknown-token.js';

/** Characters (UTF-16 units) between two looks at the clock: some milliseconds of work. */
const SLICE_LENGTH = 8192;

/**
 * Where a text may be cut so that the parts give the same ids as the whole: between a letter and a single space before
 * another letter, and after a single newline between two lines. Every pattern in use here ends a piece there.
 */
const CUT = /\p{L}(?= \p{L})|\P{White_Space}\n(?=\p{L})/gu;

/** The text in parts of about `SLICE_LENGTH`; longer where it has no place to cut. */
function* slices(text: string): Generator<string, void, void> {
  for (let start = 0; start < text.length; ) {
    CUT.lastIndex = start + SLICE_LENGTH;
    const end = CUT.exec(text) ? CUT.lastIndex : text.length;
    yield text.slice(start, end);
    start = end;
  }
}

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
  for (const part of uncut ? [text] : slices(text)) {
    encoded.push(encodePart(tokenizer, part, allowedSpecial, done));
    done += part.length;
    if (slice.isOver) {
      onProgress?.(done, text.length);
      await slice.next();
    }
  }
  onProgress?.(text.length, text.length);
  return joined(encoded);
}

function encodePart(
  tokenizer: Tokenizer,
  part: string,
  allowedSpecial: readonly string[] | 'all',
  start: number,
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
