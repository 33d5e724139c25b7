import {TokenizerSpecError} from '../tokenizer.js';
import type {BpeSpec} from './spec.js';

/** Pairs of ids are looked up as one number, `first · MAX_TOKENS + second`. Published vocabularies have up to 262,144. */
export const MAX_TOKENS = 2 ** 20;

/** @throws {TokenizerSpecError} where this is no such data, whatever its type says: it may come from a file. */
export function checkBpeSpec({vocab, merges, specialTokens}: BpeSpec): void {
  const isList = (list: unknown): boolean =>
    Array.isArray(list) && list.every((entry) => typeof entry === 'string');
  if (![vocab, merges, specialTokens].every(isList))
    throw new TokenizerSpecError(
      'A BPE tokenizer is described by three lists of texts: vocab, merges and specialTokens.',
    );
  if (vocab.length > MAX_TOKENS)
    throw new TokenizerSpecError(
      `This vocabulary has ${vocab.length.toLocaleString('en')} tokens; at most ${MAX_TOKENS.toLocaleString('en')} can be used.`,
    );
}
