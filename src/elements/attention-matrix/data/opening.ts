/** The default text. */
import type {LiveModel} from '../../../state/live-model.js';
import {openingOf} from '../../../ui/base/text-field.js';

/**
 * The beginning of a tale of tiny-tales: short enough for large cells, with a pronoun and a repeated thing, so that heads have
 * something to look back at.
 */
export const TALE = 'Mia saw a big red kite in the park. She held the kite. She took the kite to Tom.';

/** So many tokens have large cells on a narrow page. */
const OPENING_TOKENS = 24;
/** If each character is a token, a longer text is allowed, so that it has some words. */
export const OPENING_CHARACTERS = 32;

/** Returns the first words of the text that a model learns from; for tiny-tales, `TALE`. @param excerpt The beginning of the corpus */
export function opening(excerpt: string, model: LiveModel): string {
  const isTale = model.spec.corpus?.kind === 'tiny-tales';
  const line = isTale ? TALE : openingOf(excerpt);
  const fits = (text: string): boolean =>
    text.length <= OPENING_CHARACTERS || model.encode(text).length <= OPENING_TOKENS;
  let text = line;
  // Shortened from the end: how a word is encoded may depend on what follows it.
  while (!fits(text)) {
    const space = text.lastIndexOf(' ');
    if (space <= 0) return text.slice(0, OPENING_CHARACTERS);
    text = text.slice(0, space);
  }
  return text;
}
