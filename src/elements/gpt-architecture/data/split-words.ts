/** Words that a model’s vocabulary lacks: its tokenizer cuts them into pieces. */
import {isByteLabel} from '../../../tokenizers/token-label.js';
import {visibleToken} from '../../../ui/base/format.js';

/** A word, and the tokens that it is cut into. */
export interface SplitWord {
  word: string;
  pieces: readonly string[];
}

const LETTER = /[\p{L}\p{M}]/u;

/**
 * Returns the words of a text that are more than one token.
 * @param tokens the text, token by token; a word’s first token may begin with a space
 */
export function splitWords(tokens: readonly string[]): SplitWord[] {
  const words: string[][] = [];
  let isInside = false;
  for (const token of tokens) {
    const letters = isByteLabel(token) || [...token.trimStart()].every((character) => LETTER.test(character));
    const startsWord = !isInside || token.trimStart() !== token;
    if (letters && token.trim() !== '') {
      if (startsWord) words.push([token.trimStart()]);
      else words.at(-1)!.push(token);
    }
    isInside = letters && token.trim() !== '';
  }
  return words.filter((pieces) => pieces.length > 1).map((pieces) => ({word: pieces.join(''), pieces}));
}

/** Returns a sentence on the first word that the vocabulary lacks; undefined where it has all of them. */
export function splitWordNote(tokens: readonly string[], vocabSize: number): string | undefined {
  const [first, ...more] = splitWords(tokens);
  if (!first) return undefined;
  const {word, pieces} = first;
  const isCut = pieces.some(isByteLabel);
  const name = isCut ? 'A word' : `“${word}”`;
  const others =
    more.length > 0
      ? ` ${more.length} more ${more.length === 1 ? 'word is' : 'words are'} in pieces too.`
      : '';
  const shown = isCut ? '' : ` (${pieces.map(visibleToken).join(' + ')})`;
  return `${name} is not among the ${vocabSize} tokens of this model’s vocabulary: it is read in ${pieces.length} pieces${shown}. Expect a poorer guess: the model has seldom or never seen it.${others}`;
}
