/**
 * The true entropy of tiny-tales, computed from the grammar.
 *
 * A story is a sequence of choices. A choice among n equally likely options costs ln n nats, a copy costs nothing, and a text
 * has come about in one way only; so the expected −ln p of a story is the expected sum of these ln n. Dividing by the
 * expected number of characters, the newline included, gives nats per character (stories are independent of each other).
 *
 * Given the kind of thing, which template is drawn and which words are drawn do not depend on each other, so the
 * expectation of the sum is the sum of the expectations: no enumeration, no sampling.
 */
import {GRAMMAR, isRemembered, PRONOUNS, type Template, wordsOf} from './grammar.js';
import {BOYS, DIFFERENT, GIRLS, KINDS, type Kind} from './words.js';

export interface GrammarFacts {
  /** Expected −ln p of a story, in nats. */
  entropyPerStory: number;
  /** Expected number of characters of a story, its newline included. */
  charactersPerStory: number;
  /** Their quotient: nats per character. */
  entropyPerCharacter: number;
}

export function grammarFacts(): GrammarFacts {
  let entropyPerStory = Math.log(KINDS.length);
  let charactersPerStory = 0;
  for (const kind of KINDS) {
    /** What every story knows when it comes to this part of the plot. */
    const known = new Set<string>();
    for (const templates of GRAMMAR) {
      entropyPerStory += Math.log(templates.length) / KINDS.length;
      const share = 1 / (templates.length * KINDS.length);
      for (const template of templates) {
        const {nats, characters} = expectationOf(template, kind, new Set(known));
        entropyPerStory += share * nats;
        charactersPerStory += share * characters;
      }
      for (const slot of introducedByAll(templates)) known.add(slot);
    }
  }
  return {entropyPerStory, charactersPerStory, entropyPerCharacter: entropyPerStory / charactersPerStory};
}

/** Expected cost and length of one template; `known` are the slots whose word is already settled. */
function expectationOf(
  template: Template,
  kind: Kind,
  known: Set<string>,
): {nats: number; characters: number} {
  let nats = 0;
  let characters = 0;
  for (const part of template) {
    if ('literal' in part) {
      characters += part.literal.length;
      continue;
    }
    const {slot} = part;
    characters += meanLength(slot, kind);
    if (PRONOUNS[slot] || known.has(slot)) continue;
    const options = wordsOf(slot, kind).length - (DIFFERENT[slot] ? 1 : 0); // one is ruled out
    nats += Math.log(options);
    if (isRemembered(slot)) known.add(slot);
  }
  return {nats, characters};
}

/**
 * The mean length of a slot's word. Where two slots must differ (hero and friend), they are a random ordered pair of
 * different words, so that each of them, seen alone, is any word with equal chance.
 */
function meanLength(slot: string, kind: Kind): number {
  const pronoun = PRONOUNS[slot];
  if (pronoun) {
    const [forGirl, forBoy] = pronoun;
    return (GIRLS.length * forGirl.length + BOYS.length * forBoy.length) / (GIRLS.length + BOYS.length);
  }
  const words = wordsOf(slot, kind);
  return words.reduce((sum, word) => sum + word.length, 0) / words.length;
}

/** The remembered slots that every one of these templates mentions. */
function introducedByAll(templates: readonly Template[]): string[] {
  const [first, ...rest] = templates.map(
    (template) =>
      new Set(template.flatMap((part) => ('slot' in part && isRemembered(part.slot) ? [part.slot] : []))),
  );
  return [...first!].filter((slot) => rest.every((other) => other.has(slot)));
}
