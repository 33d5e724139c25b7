/**
 * Which words of a tale a reader has to look back to: for measuring whether a model's heads do.
 *
 * A GPT reads a token and guesses the next one, so the choice between “she” and “he” is made at the token *before* the
 * pronoun. That token is the query; the words that settle the choice are the keys.
 */
import type {Link} from '../../math/attention-patterns.js';
import {PRONOUNS} from './grammar.js';
import {BOYS, GIRLS, LISTS} from './words.js';

export const TALE_LINK_NAMES = ['pronoun', 'name', 'thing'] as const;
export type TaleLinkName = (typeof TALE_LINK_NAMES)[number];

const girls = new Set([...GIRLS, ...Object.values(PRONOUNS).map(([she]) => she)]);
const boys = new Set([...BOYS, ...Object.values(PRONOUNS).map(([, he]) => he)]);
const names = new Set([...GIRLS, ...BOYS]);
const pronouns = new Set(Object.values(PRONOUNS).flat());
const wordsIn = (slot: string): string[] =>
  Array.isArray(LISTS[slot]) ? [...LISTS[slot]] : Object.values(LISTS[slot]!).flat();
const things = new Set(wordsIn('thing'));

/**
 * Links in one tale:
 * - `pronoun`: where a pronoun follows, to what settles it: the mentions of the hero, whom every pronoun of a tale means, and the
 *   pronouns so far, which say as much;
 * - `name`: where a name follows that came before, to the names so far;
 * - `thing`: where the tale's thing follows again, to its earlier mentions.
 *
 * @param tokens The tale's tokens as texts, each word one token (“Mia”, “ found”, …). Of words in pieces nothing is found, nor of
 *   a pronoun that cannot mean the hero.
 */
export function taleLinks(tokens: readonly string[]): Record<TaleLinkName, Link[]> {
  const links: Record<TaleLinkName, Link[]> = {pronoun: [], name: [], thing: []};
  const words = tokens.map((token) => token.trim());
  const hero = words.find((word) => names.has(word));
  const heroes = hero && girls.has(hero) ? girls : boys;
  for (let next = 1; next < words.length; next++) {
    const word = words[next]!;
    const isAgain = words.indexOf(word) < next;
    const link = (name: TaleLinkName, isMeant: (earlier: string) => boolean) => {
      const keys = words.slice(0, next).flatMap((earlier, key) => (isMeant(earlier) ? [key] : []));
      if (keys.length) links[name].push({query: next - 1, keys});
    };
    if (hero && pronouns.has(word) && heroes.has(word))
      link('pronoun', (earlier) => earlier === hero || (pronouns.has(earlier) && heroes.has(earlier)));
    if (names.has(word) && isAgain) link('name', (earlier) => names.has(earlier));
    if (things.has(word) && isAgain) link('thing', (earlier) => earlier === word);
  }
  return links;
}
