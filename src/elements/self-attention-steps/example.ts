/** The sentence that the view starts with, and numbers for the words of any other. */
import {key, uniformStream} from '../../math/rng.js';

export const EXAMPLE_TEXT = 'Mia held her red kite';

/** How many numbers a token has: few enough to follow each. */
export const WIDTH = 3;

/** More tokens than this make tables that nobody follows. */
export const MOST_TOKENS = 8;

/** What the chosen numbers say of a word: how much it is a person, a thing, an act. */
export const DIMENSIONS = ['who', 'what', 'act'] as const;

/** Chosen by hand by {@link DIMENSIONS}: so “her” resembles “Mia”, and “red” goes with “kite”. */
const CHOSEN: Readonly<Record<string, readonly number[]>> = {
  Mia: [1.8, 0.1, 0.4],
  held: [0.3, 0.5, 1.7],
  her: [1.5, 0.4, 0.2],
  red: [0.1, 1.3, 0.1],
  kite: [0.2, 1.9, 0.5],
};

/** Whether a word's numbers were chosen by {@link DIMENSIONS}. */
export const isChosen = (word: string): boolean => Object.hasOwn(CHOSEN, word);

/** A word's numbers: the chosen ones, else some that are always the same for the same word. */
export function vectorOf(word: string): number[] {
  const chosen = CHOSEN[word];
  if (chosen) return [...chosen];
  const next = uniformStream(key(...Array.from(word, (character) => character.codePointAt(0)!)));
  return Array.from({length: WIDTH}, () => Math.round(20 * next()) / 10);
}

export const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean);
