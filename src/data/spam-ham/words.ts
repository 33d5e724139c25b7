/**
 * The words that fill the gaps of a message. They are words of tiny-tales, so that the model that ships trained knows them. No word
 * is in both parts: a classifier meets those of the test set for the first time, though its pretrained model has read them often.
 */
import type {Part} from './templates.js';

const list = (words: string): readonly string[] => words.split(', ');

const TRAIN = {
  name: list('Mia, Amy, Sue, Meg, Tom, Ben, Sam, Max'),
  toy: list('kite, ball, drum, boat'),
  food: list('pear, plum, bun, pie'),
  pet: list('cat, dog, hen, duck'),
  where: list('in the park, by the pond, on the hill, in the yard, by the lake, by the gate, in the barn'),
  size: list('big, tiny, fine, nice'),
  color: list('red, blue, green, pink'),
  kin: list('mom, dad'),
  when: list('all day, at noon'),
};

export type Slot = keyof typeof TRAIN;

const TEST: Record<Slot, readonly string[]> = {
  name: list('Lily, Ann, Tim, Leo'),
  toy: list('bell, doll'),
  food: list('cake, fig'),
  pet: list('frog, goat'),
  where: list('at the farm, by the sea, by the well'),
  size: list('good, small'),
  color: list('white, black'),
  kin: list('gran'),
  when: list('till dark'),
};

export const WORDS: Readonly<Record<Part, Readonly<Record<Slot, readonly string[]>>>> = {
  train: TRAIN,
  test: TEST,
};
