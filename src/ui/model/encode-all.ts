/** Texts of any length as tokens, without holding the page up. */
import {encodeText} from '../../state/text-work.js';
import {cut} from '../../tokenizers/cut.js';
import {encodeInSlices} from '../../tokenizers/encode-slices.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';

/** From so many characters on, a text is encoded in the worker for text. */
const LONG = 1_000_000;
/** And from so many without a place to cut, which are one piece of work: some milliseconds. */
const LONG_PIECE = 65_536;

/**
 * The ids of a text: in slices on the page, or in the worker for text where that would be too much.
 * @throws {UnknownTokenError} {@link EngineError} `token` where the vocabulary lacks something.
 * @throws {DOMException} {@link EngineError} where the signal was given.
 */
export async function encodeAll(
  tokenizer: Tokenizer,
  text: string,
  {signal}: {signal?: AbortSignal} = {},
): Promise<Int32Array> {
  const ids = await (isMuch(text)
    ? encodeText(text, tokenizer.spec, {signal})
    : encodeInSlices(tokenizer, text, {signal}));
  return new Int32Array(ids.buffer, ids.byteOffset, ids.length);
}

function isMuch(text: string): boolean {
  if (text.length > LONG) return true;
  if (text.length <= LONG_PIECE) return false;
  for (const piece of cut(text, LONG_PIECE / 2)) if (piece.length > LONG_PIECE) return true;
  return false;
}
