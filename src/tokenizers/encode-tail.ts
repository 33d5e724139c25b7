import {nextCut} from './cut.js';
import {encodePart} from './encode-slices.js';
import type {Tokenizer} from './tokenizer.js';

/** Characters (UTF-16 units) for each id that are read first: enough in most texts. */
const LENGTH_PER_ID = 8;
/** How much more is read when that was not enough. */
const FACTOR = 4;
/** Without a place to cut, a text is one piece of work; up to this length it takes some milliseconds. */
const MOST_UNCUT = 65_536;

/**
 * Returns the last `count` ids of a text, the same as `tokenizer.encode(text).slice(-count)`, without reading more of a long text
 * than these need. Nothing is said of unknown characters before.
 * @returns undefined where the text is long and has no place to cut: it should be encoded as a whole, by a worker
 * @throws {UnknownTokenError} as `encode` does
 */
export function encodeTail(tokenizer: Tokenizer, text: string, count: number): number[] | undefined {
  const isChar = tokenizer.spec.kind === 'char';
  for (let length = LENGTH_PER_ID * count; length < text.length; length *= FACTOR) {
    const from = text.length - length;
    const start = isChar ? characterAt(text, from) : nextCut(text, from);
    if (start === undefined) continue;
    const ids = encodePart(tokenizer, text.slice(start), start);
    if (ids.length >= count) return ids.slice(-count);
  }
  return text.length > MOST_UNCUT ? undefined : tokenizer.encode(text).slice(-count);
}

/** The position itself, or the next one where it is in the middle of a surrogate pair. */
function characterAt(text: string, position: number): number {
  return text.codePointAt(position - 1)! > 0xffff ? position + 1 : position;
}
