/** Classes of tokens, each with a color and a shape, so that a reader sees whether similar tokens are close together. */
import {BOYS, GIRLS, LISTS, type WordList} from '../../data/tiny-tales/words.js';
import type {Shape} from '../../viz/scatter.js';

export interface TokenClass {
  name: string;
  shape: Shape;
  /** For a light and for a dark background, contrast 4.5:1 on each. */
  colors: readonly [light: string, dark: string];
}

const MAGENTA = ['#b5338a', '#ee93cd'] as const;
const OLIVE = ['#6a7410', '#bcc95a'] as const;
const STEEL = ['#41618f', '#8fb0dd'] as const;
const BROWN = ['#8a5a3b', '#d3a987'] as const;
const GRAY = ['#5a646e', '#9aa5b0'] as const;

const OTHER: TokenClass = {name: 'other', shape: 'ring', colors: GRAY};

const words = (list: WordList | undefined): string[] =>
  list === undefined ? [] : Array.isArray(list) ? [...list] : Object.values(list).flat();

/** The kinds of words in tiny-tales. */
const WORDS: readonly (TokenClass & {words: ReadonlySet<string>})[] = [
  {name: 'names', shape: 'triangle', colors: MAGENTA, words: new Set([...GIRLS, ...BOYS])},
  {
    name: 'pronouns',
    shape: 'diamond',
    colors: OLIVE,
    words: new Set([
      'I',
      'you',
      'he',
      'she',
      'it',
      'we',
      'they',
      'him',
      'her',
      'his',
      'them',
      'me',
      'my',
      'your',
    ]),
  },
  {
    name: 'things and animals',
    shape: 'square',
    colors: STEEL,
    words: new Set([...words(LISTS.thing), ...words(LISTS.gift)]),
  },
  {
    name: 'adjectives',
    shape: 'cross',
    colors: BROWN,
    words: new Set(['size', 'look', 'shade', 'sort', 'glad', 'seems'].flatMap((slot) => words(LISTS[slot]))),
  },
];

const CHARACTERS: readonly (TokenClass & {pattern: RegExp})[] = [
  {name: 'vowels', shape: 'triangle', colors: MAGENTA, pattern: /^[aeiou]$/},
  {name: 'consonants', shape: 'square', colors: STEEL, pattern: /^\p{Ll}$/u},
  {name: 'capitals', shape: 'diamond', colors: OLIVE, pattern: /^\p{Lu}$/u},
  {name: 'marks and spaces', shape: 'cross', colors: BROWN, pattern: /^[\p{P}\s]$/u},
];

/**
 * Returns the class of every token: classes of characters if most tokens are single characters, else classes of words from
 * tiny-tales; undefined if fewer than four tokens belong to a class.
 */
export function classify(tokens: readonly string[]): TokenClass[] | undefined {
  const single = tokens.filter((token) => [...token].length === 1).length;
  const found =
    single > tokens.length / 2
      ? tokens.map((token) => CHARACTERS.find(({pattern}) => pattern.test(token)) ?? OTHER)
      : tokens.map((token) => wordClass(token) ?? OTHER);
  return found.filter((kind) => kind !== OTHER).length >= 4 ? found : undefined;
}

function wordClass(token: string): TokenClass | undefined {
  const word = token.trim();
  const lower = word.toLowerCase();
  return WORDS.find(({words}) => words.has(word)) ?? WORDS.find(({words}) => words.has(lower));
}

/** Returns the classes that occur, each once, in the order of the lists above. */
export const classesIn = (classes: readonly TokenClass[]): TokenClass[] => {
  const seen = new Set(classes);
  return [...WORDS, ...CHARACTERS, OTHER].filter((kind) => seen.has(kind));
};
