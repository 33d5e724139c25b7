/** The baseline: logistic regression on which words a text has. It knows no order, and no word that it was not trained on. */
import {softmax} from '../../math/attention.js';
import {Slice} from '../../tokenizers/slices.js';
import type {LabeledText} from '../labeled.js';

const EPOCHS = 300;
const LEARNING_RATE = 1;
const WEIGHT_DECAY = 1e-3;

/** Returns the words of a text in lower case, punctuation left out. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];

export interface BagOfWords {
  /** Different words of the training set. */
  words: number;
  /** Returns the probability of each class. */
  predict(text: string): number[];
}

/**
 * Returns a classifier trained by gradient descent on all texts at once. Its input is how often each word comes; a constant stands for the
 * bias. Nothing in it is random. Other tasks run between slices of the work.
 * @throws {DOMException} `AbortError` if the signal is aborted
 */
export async function trainBagOfWords(
  texts: readonly LabeledText[],
  classes: number,
  signal?: AbortSignal,
): Promise<BagOfWords> {
  const slice = new Slice(signal);
  const index = new Map<string, number>();
  const rows: {features: number[]; label: number}[] = [];
  for (const {text, label} of texts) {
    const features = [0]; // the constant
    for (const word of wordsOf(text)) {
      let feature = index.get(word);
      if (feature === undefined) index.set(word, (feature = index.size + 1));
      features.push(feature);
    }
    rows.push({features, label});
    if (slice.isOver) await slice.next();
  }
  const width = index.size + 1;
  const weights = Array.from({length: classes}, () => new Float64Array(width));
  const probs = (features: readonly number[]): number[] =>
    softmax(
      weights.map((row) => {
        let sum = 0;
        for (const feature of features) sum += row[feature]!;
        return sum;
      }),
    );
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const gradients = weights.map((row) => row.map((weight) => WEIGHT_DECAY * weight));
    for (const {features, label} of rows) {
      for (const [k, p] of probs(features).entries()) {
        const error = (p - (k === label ? 1 : 0)) / rows.length;
        for (const feature of features) gradients[k]![feature]! += error;
      }
      if (slice.isOver) await slice.next();
    }
    for (const [k, row] of weights.entries())
      for (let i = 0; i < width; i++) row[i]! -= LEARNING_RATE * gradients[k]![i]!;
  }
  const known = (text: string): number[] => [0, ...wordsOf(text).flatMap((word) => index.get(word) ?? [])];
  return {words: index.size, predict: (text) => probs(known(text))};
}
