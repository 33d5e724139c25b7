/** Balancing and splitting labeled texts, as pure functions of a seed. */
import {key, permutation} from '../../math/rng.js';
import {CorpusError} from '../corpus.js';
import type {LabeledSplit, LabeledText} from '../labeled.js';

const STREAM = {balance: 0, split: 1};

/** Returns as many texts of every class as the rarest has, drawn at random, in their original order (under-sampling). */
export function balance<T extends LabeledText>(texts: readonly T[], seed: number): T[] {
  const byClass = new Map<number, number[]>();
  for (const [index, {label}] of texts.entries()) {
    const indices = byClass.get(label);
    if (indices) indices.push(index);
    else byClass.set(label, [index]);
  }
  const least = Math.min(...Array.from(byClass.values(), (indices) => indices.length));
  const kept = [...byClass].flatMap(([label, indices]) =>
    Array.from(
      permutation(indices.length, key(seed, STREAM.balance, label)).subarray(0, least),
      (n) => indices[n]!,
    ),
  );
  return kept.sort((a, b) => a - b).map((index) => texts[index]!);
}

export interface SplitResult<T extends LabeledText> extends LabeledSplit<T> {
  /** Texts that came again and were left out, so that no text stands in two sets. */
  duplicates: number;
}

/**
 * Returns the texts in random order, 70 % for training, 10 % for validation and 20 % for the test. Copies of a text, which differ in case or
 * spaces alone, are left out: else the test would ask for what was learned by heart.
 * @throws {CorpusError} `too-short` where a class is missing from a set
 */
export function splitTexts<T extends LabeledText>(
  classes: readonly string[],
  texts: readonly T[],
  seed: number,
): SplitResult<T> {
  const seen = new Set<string>();
  const unique = texts.filter(({text}) => {
    const form = text.toLowerCase().replace(/\s+/g, ' ').trim();
    return !seen.has(form) && seen.add(form);
  });
  const order = permutation(unique.length, key(seed, STREAM.split));
  const shuffled = Array.from(order, (index) => unique[index]!);
  const [train, validation] = [Math.floor(0.7 * unique.length), Math.floor(0.1 * unique.length)];
  const sets = {
    train: shuffled.slice(0, train),
    validation: shuffled.slice(train, train + validation),
    test: shuffled.slice(train + validation),
  };
  for (const [name, set] of Object.entries(sets)) {
    const missing = classes.findIndex((_, label) => !set.some((text) => text.label === label));
    if (missing >= 0)
      throw new CorpusError(
        'too-short',
        `The ${name} set has no text of the class “${classes[missing]!.slice(0, 40)}”: ${unique.length} different texts are too few. Add more.`,
      );
  }
  return {classes, ...sets, duplicates: texts.length - unique.length};
}
