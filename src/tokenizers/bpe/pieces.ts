/**
 * What comes before byte-pair encoding: the text is cut into pieces (words with the space before them, numbers, runs of
 * punctuation, runs of whitespace), and no token ever reaches over a cut. So “dog.” and “dog!” share the token “dog”.
 */
import {tiktokenPieces} from '../tiktoken-patterns.js';

/** Returns the pieces of a text in order, as GPT-2's pattern cuts it. A text of megabytes is better `cut` first. */
export const pieces = (text: string): Iterable<string> => tiktokenPieces(text, 'gpt2');
