/** Telling stories: every choice of the grammar is drawn. */
import {key, uniformStream} from '../../math/rng.js';
import {GRAMMAR, optionsFor, remember, type Story} from './grammar.js';
import {KINDS} from './words.js';

/** Story number `index` of a seed, with its closing newline. Depends on nothing but these two numbers. */
export function tellStory(seed: number, index: number): string {
  const next = uniformStream(key(seed, index));
  const pick = <T>(options: readonly T[]): T =>
    options.length === 1 ? options[0]! : options[Math.floor(next() * options.length)]!;

  let story: Story = {kind: pick(KINDS), remembered: {}};
  let text = '';
  for (const templates of GRAMMAR) {
    for (const part of pick(templates)) {
      if ('literal' in part) {
        text += part.literal;
        continue;
      }
      const word = pick(optionsFor(part.slot, story));
      text += word;
      story = remember(story, part.slot, word);
    }
  }
  return text;
}
