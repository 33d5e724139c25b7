/**
 * What comes before byte-pair encoding: the text is cut into pieces (words with the space before them, numbers, runs of
 * punctuation, runs of whitespace), and no token ever reaches over a cut. So “dog.” and “dog!” share the token “dog”.
 */

/**
 * GPT-2's pattern. `\s` is written as Unicode's White_Space, which it means in the original; JavaScript's `\s` lacks U+0085
 * and has U+FEFF besides. Every character matches one of the parts: the pieces joined are the text.
 *
 * Source: https://github.com/openai/gpt-2/blob/master/src/encoder.py
 */
const PATTERN =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

/** The pieces of a text, in order. A text of megabytes is better `cut` first. */
export const pieces = (text: string): readonly string[] => text.match(PATTERN) ?? [];
