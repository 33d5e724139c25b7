/** Balancing and splitting labeled texts, as pure functions of a seed. */
import {key, permutation} from '../../math/rng.js';
import {CorpusError} from '../corpus.js';
import type {LabeledSplit, LabeledText} from '../labeled.js';

const STREAM = {balance: 0, split: 1, mix: 2, sample: 3};

/**
 * Returns as many texts of every class as the rarest has, drawn at random, in their original order (under-sampling); fewer of each where
 * there would be more than `most` texts.
 */
export function balance<T extends LabeledText>(
  texts: readonly T[],
  seed: number,
  most = Number.POSITIVE_INFINITY,
): T[] {
  const byClass = new Map<number, number[]>();
  for (const [index, {label}] of texts.entries()) {
    const indices = byClass.get(label);
    if (indices) indices.push(index);
    else byClass.set(label, [index]);
  }
  const rarest = Math.min(...Array.from(byClass.values(), (indices) => indices.length));
  const least = Math.min(rarest, Math.floor(most / byClass.size));
  const kept = [...byClass].flatMap(([label, indices]) =>
    Array.from(
      permutation(indices.length, key(seed, STREAM.balance, label)).subarray(0, least),
      (n) => indices[n]!,
    ),
  );
  return kept.sort((a, b) => a - b).map((index) => texts[index]!);
}

/** Returns a text as two copies have it in common: without case and repeated spaces. */
const commonForm = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

/** Returns so many of the texts, drawn at random, in their original order; all of them where there are no more. */
export function sample<T>(texts: readonly T[], most: number, seed: number): readonly T[] {
  if (texts.length <= most) return texts;
  const drawn = permutation(texts.length, key(seed, STREAM.sample)).slice(0, most);
  return Array.from(drawn.sort(), (index) => texts[index]!);
}

export interface WithoutCopies<T extends LabeledText> {
  /** The first of each. */
  texts: T[];
  /** How many came again. */
  copies: number;
  /** Those of them that have another class than the first. */
  conflicts: {text: T; first: T}[];
}

/** Leaves out copies of a text, which differ in case or spaces alone: else a test would ask for what was learned by heart. */
export function withoutCopies<T extends LabeledText>(texts: readonly T[]): WithoutCopies<T> {
  const firsts = new Map<string, T>();
  const conflicts: WithoutCopies<T>['conflicts'] = [];
  for (const text of texts) {
    const form = commonForm(text.text);
    const first = firsts.get(form);
    if (!first) firsts.set(form, text);
    else if (first.label !== text.label) conflicts.push({text, first});
  }
  return {texts: [...firsts.values()], copies: texts.length - firsts.size, conflicts};
}

/** Returns how many texts of the test set have a copy in the training set. */
export function leaked({train, test}: Pick<LabeledSplit, 'train' | 'test'>): number {
  const learned = new Set(train.map(({text}) => commonForm(text)));
  return test.filter(({text}) => learned.has(commonForm(text))).length;
}

/** A class needs so many texts: of fewer, a tenth is none. */
export const FEWEST_PER_CLASS = 10;

/**
 * Complains of a class that has too few texts to be split.
 * @param lost how many rows of each class were left out because an earlier row has their text under another class, [K]
 * @throws {CorpusError} `too-short` where a class has fewer than {@link FEWEST_PER_CLASS} texts
 */
export function checkClasses(
  classes: readonly string[],
  texts: readonly LabeledText[],
  lost: readonly number[] = [],
): void {
  for (const [label, name] of classes.entries()) {
    const count = texts.filter((text) => text.label === label).length;
    if (count >= FEWEST_PER_CLASS) continue;
    const rows = lost[label] ?? 0;
    const why =
      rows > 0
        ? ` ${rows} of its rows ${rows === 1 ? 'repeats' : 'repeat'} a text that an earlier row has under another class.`
        : '';
    throw new CorpusError(
      'too-short',
      `The class “${name.slice(0, 40)}” has ${count} different ${count === 1 ? 'text' : 'texts'}; each class needs at least ${FEWEST_PER_CLASS}, so that every set gets some.${why} Add texts, or delete its rows from the table.`,
    );
  }
}

// #region split-labeled
/**
 * Returns the texts in random order, 70 % of each class for training, 10 % for validation and 20 % for the test.
 * @throws {CorpusError} `too-short` where a class has fewer than {@link FEWEST_PER_CLASS} texts
 */
export function splitTexts<T extends LabeledText>(
  classes: readonly string[],
  texts: readonly T[],
  seed: number,
): LabeledSplit<T> {
  checkClasses(classes, texts);
  const sets: Record<'train' | 'validation' | 'test', T[]> = {train: [], validation: [], test: []};
  const byClass = classes.map((_, label) => texts.filter((text) => text.label === label));
  for (const [label, members] of byClass.entries()) {
    const order = permutation(members.length, key(seed, STREAM.split, label));
    const shuffled = Array.from(order, (index) => members[index]!);
    const [train, validation] = [0.7, 0.8].map((share) => Math.round(share * members.length));
    sets.train.push(...shuffled.slice(0, train));
    sets.validation.push(...shuffled.slice(train, validation));
    sets.test.push(...shuffled.slice(validation));
  }
  const mixed = (set: readonly T[], n: number): T[] =>
    Array.from(permutation(set.length, key(seed, STREAM.mix, n)), (index) => set[index]!);
  return {
    classes,
    train: mixed(sets.train, 0),
    validation: mixed(sets.validation, 1),
    test: mixed(sets.test, 2),
  };
}
// #endregion
