/** The text to begin with, where nobody gave one. */
import type {LiveModel} from '../../state/live-model.js';

/**
 * The beginning of a tale of tiny-tales: short enough for large cells, and a pronoun and a thing come again, so that heads have
 * something to look back for.
 */
export const TALE = 'Mia saw a big red kite in the park. She held the kite. She took the kite to Tom.';

/** As many tokens as have large cells on a narrow page. */
const OPENING_TOKENS = 24;
/** Where each character is a token, more than that are still read as words. */
export const OPENING_CHARACTERS = 32;

/** The first words of what a model learns from; of tiny-tales, those above. @param excerpt The beginning of its corpus. */
export function opening(excerpt: string, model: LiveModel): string {
  const isTale = model.spec.corpus?.kind === 'tiny-tales';
  const line = isTale ? TALE : excerpt.trimStart().slice(0, 400).split('\n', 1)[0]!;
  const fits = (text: string): boolean =>
    text.length <= OPENING_CHARACTERS || model.encode(text).length <= OPENING_TOKENS;
  let text = line;
  // From the end: a tokenizer may take what follows into a word's token.
  while (!fits(text)) {
    const space = text.lastIndexOf(' ');
    if (space <= 0) return text.slice(0, OPENING_CHARACTERS);
    text = text.slice(0, space);
  }
  return text;
}
