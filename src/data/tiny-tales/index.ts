/**
 * tiny-tales: an original corpus of very short children's stories from a written grammar, whose true entropy is known.
 *
 * **What the floor means.** `entropyPerCharacter` is the mean number of nats by which a character of a new story surprises a
 * reader who knows the grammar and has read the story from its start. No model can have a lower expected loss on stories that
 * it has not seen. Three things to know when it is drawn into a loss chart:
 * - A model with a window of T characters sits a little above: at a window's start it does not know who the story is about,
 *   so a name or thing that came before the window costs it once more.
 * - The floor is an expectation. The stories of a finite validation set are a little easier or harder than the mean.
 * - On the stories that it is trained on a model can go below, by learning them by heart: overfitting.
 */
import type {Corpus} from '../corpus.js';
import {grammarFacts} from './entropy.js';
import {tellStory} from './generate.js';
import {vocabulary} from './grammar.js';

export {type GrammarFacts, grammarFacts} from './entropy.js';
export {tellStory} from './generate.js';
export {logProbability} from './score.js';

export interface TinyTalesOptions {
  /** Fixes the stories. Default: 1. */
  seed?: number;
  /** How many; a story has some 150 characters. Default: 2,000. */
  stories?: number;
}

export const DEFAULT_STORIES = 2000;

/**
 * The corpus: one story a line. The same options give the same text everywhere; more stories of the same seed begin
 * with the same ones.
 * @throws {RangeError} where `stories` is not a whole number of at least 1.
 */
export function tinyTales({seed = 1, stories = DEFAULT_STORIES}: TinyTalesOptions = {}): Corpus {
  if (!Number.isInteger(stories) || stories < 1)
    throw new RangeError(`stories must be a whole number of at least 1, not ${stories}.`);
  const text = Array.from({length: stories}, (_, index) => tellStory(seed, index)).join('');
  return {
    name: 'tiny-tales',
    text,
    entropyPerCharacter: grammarFacts().entropyPerCharacter,
    words: vocabulary(),
  };
}
