/**
 * The words of tiny-tales. A list is either the same for every story, or there is one for each kind of thing that a
 * story can be about, so that nobody eats a drum. Short words: many choices in few characters.
 */

export type Kind = 'toy' | 'food' | 'pet';
export const KINDS: readonly Kind[] = ['toy', 'food', 'pet'];

export const GIRLS: readonly string[] = ['Mia', 'Amy', 'Sue', 'Meg', 'Lily', 'Ann'];
export const BOYS: readonly string[] = ['Tom', 'Ben', 'Sam', 'Max', 'Tim', 'Leo'];

/** Where stories happen, each place with the preposition that goes with it. */
const PLACES =
  'in the park, by the pond, on the hill, in the yard, by the lake, by the gate, in the barn, at the farm, by the sea, by the well';
const TOYS = 'kite, ball, drum, boat, bell, doll';
const FOODS = 'pear, plum, bun, pie, cake, fig';
const TASTES = 'hot, cold, warm, fresh, soft, sweet';
const COLORS = 'red, blue, green, pink, white, black';

const list = (words: string): readonly string[] => words.split(', ');

/** What is chosen once a story and then stays: a later mention is a copy, without any surprise. */
export const REMEMBERED = ['hero', 'friend', 'size', 'look', 'thing', 'where', 'gift'] as const;
export type Remembered = (typeof REMEMBERED)[number];

/** A slot on the left is never filled with what the one on the right holds in this story. */
export const DIFFERENT: Readonly<Record<string, Remembered>> = {friend: 'hero', elsewhere: 'where'};

export type WordList = readonly string[] | Readonly<Record<Kind, readonly string[]>>;

/** Every slot that is a choice. No word that follows “a” begins with a vowel. */
export const LISTS: Readonly<Record<string, WordList>> = {
  // Who, what, where
  hero: [...GIRLS, ...BOYS],
  friend: [...GIRLS, ...BOYS],
  where: list(PLACES),
  elsewhere: list(PLACES),
  size: list('big, tiny, fine, nice, good, small'),
  look: {toy: list(COLORS), food: list(TASTES), pet: list('wet, shy, wild, sweet, white, black')},
  thing: {toy: list(TOYS), food: list(FOODS), pet: list('cat, dog, hen, duck, frog, goat')},
  shade: {toy: list(TASTES), food: list(COLORS), pet: list(COLORS)},
  gift: {toy: list(FOODS), food: list(TOYS), pet: list(TOYS)},
  gran: list('mom, dad, gran'),

  // How things are
  sort: list('hot, cold, wet, warm, fine, good'),
  glad: list('glad, happy, proud, calm, tired, merry'),
  seems: {
    toy: list('fun, new, nice, fine, good, neat'),
    food: list('fine, soft, nice, fresh, good, sweet'),
    pet: list('calm, shy, sad, wet, tired, happy'),
  },
  when: list('all day, at noon, for fun, till dark'),

  // What people do
  found: {
    toy: list('found, saw, had, got'),
    food: list('found, saw, had, got'),
    pet: list('found, saw, had, met'),
  },
  noticed: list('found, saw, liked, wanted'),
  loved: list('loved, liked, kept, hid'),
  met: list('met, saw, found'),
  held: {
    toy: list('held, hid, used, tried'),
    food: list('held, hid, ate, tried'),
    pet: list('held, fed, petted, washed'),
  },
  hold: {
    toy: list('hold, see, use, try, have'),
    food: list('hold, see, eat, try, have'),
    pet: list('hold, see, feed, pet, wash'),
  },
  like: list('like, love, want, see'),
  sang: list('sang, sat, hid, played, danced, laughed'),
  came: list('came, ran, went, hopped'),
  over: list('over, along, up, by'),
  may: list('May, Can'),
  yes: list('Yes, Sure, You may'),
  bye: list('Bye, See you'),
};
