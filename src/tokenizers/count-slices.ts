import {Slice} from './slices.js';
import type {Tokenizer} from './tokenizer.js';
import {UnknownTokenError} from './unknown-token.js';

/**
 * Returns how many tokens each text has; −1 where the vocabulary lacks something. Other tasks run between slices of the work.
 * @throws {DOMException} `AbortError` if the signal is aborted
 */
export async function countInSlices(
  tokenizer: Tokenizer,
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<Int32Array> {
  const slice = new Slice(signal);
  const lengths = new Int32Array(texts.length);
  for (const [i, text] of texts.entries()) {
    try {
      lengths[i] = tokenizer.encode(text).length;
    } catch (error) {
      if (!(error instanceof UnknownTokenError)) throw error;
      lengths[i] = -1;
    }
    if (slice.isOver) await slice.next();
  }
  return lengths;
}
