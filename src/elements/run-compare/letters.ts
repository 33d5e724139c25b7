/** A text that is new to a model of tiny-tales, in words that it mostly knows: letters from a small grammar of their own. */
import {key, uniformStream} from '../../math/rng.js';

const GIRLS = ['Mia', 'Amy', 'Sue', 'Meg', 'Lily', 'Ann'];
const BOYS = ['Tom', 'Ben', 'Sam', 'Max', 'Tim', 'Leo'];
const NAMES = [...GIRLS, ...BOYS];
const SIZES = ['big', 'tiny', 'nice', 'small'];
const COLORS = ['red', 'blue', 'green', 'pink', 'white', 'black'];
const THINGS = ['kite', 'ball', 'drum', 'boat', 'bell', 'doll'];
const PLACES = ['in the park', 'by the pond', 'on the hill', 'by the lake', 'by the gate', 'at the farm'];
const MOODS = ['glad', 'happy', 'proud', 'tired'];
const DEEDS = ['sang', 'played', 'danced', 'laughed'];
const FAREWELLS = ['Yours', 'Love', 'Write soon'];

/** Returns so many letters, one a line. The same seed gives the same letters. */
export function letters(count: number, seed = 1): string {
  const next = uniformStream(key(seed));
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)]!;
  const letter = (): string => {
    const hero = pick(NAMES);
    const she = GIRLS.includes(hero) ? 'She' : 'He';
    const thing = pick(THINGS);
    const friend = pick(NAMES.filter((name) => name !== hero));
    return (
      `Dear ${pick(NAMES)}, ${hero} found a ${pick(SIZES)} ${pick(COLORS)} ${thing} ${pick(PLACES)}. ${she} took the ${thing} to ${friend}. ` +
      `"I like your ${thing}," said ${friend}. ${hero} ${pick(DEEDS)} and was ${pick(MOODS)}. ${pick(FAREWELLS)}, ${pick(NAMES)}`
    );
  };
  return `${Array.from({length: count}, letter).join('\n')}\n`;
}
