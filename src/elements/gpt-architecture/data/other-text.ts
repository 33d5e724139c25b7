import {isByteLabel} from '../../../tokenizers/token-label.js';
import type {ArchitectureData} from './architecture-data.js';

const isWord = (token = ''): boolean => /\p{L}/u.test(token) && !isByteLabel(token);

/**
 * Returns a text for patches: the one on show with its last possible word replaced by another that the model expects there.
 * @param lengthOf how many tokens a text has: the two have to have equally many
 * @returns undefined if no word can be replaced, or the text has letters that are cut into bytes
 */
export function otherText(
  {tokens, stream}: Pick<ArchitectureData, 'tokens' | 'stream'>,
  lengthOf: (text: string) => number,
): string | undefined {
  if (tokens.some(isByteLabel)) return undefined;
  const guesses = stream.at(-1)?.guesses ?? [];
  for (let t = tokens.length - 1; t > 0; t--) {
    if (!isWord(tokens[t])) continue;
    for (const {token} of guesses[t - 1] ?? []) {
      if (token === tokens[t] || !isWord(token)) continue;
      const text = [...tokens.slice(0, t), token, ...tokens.slice(t + 1)].join('');
      if (lengthOf(text) === tokens.length) return text;
    }
  }
  return undefined;
}
