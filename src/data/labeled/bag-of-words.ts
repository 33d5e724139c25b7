/** The baseline: logistic regression on which words a text has. It knows no order, and no word that it was not trained on. */
import {softmax} from '../../math/attention.js';
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
 * bias. Nothing in it is random.
 */
export function trainBagOfWords(texts: readonly LabeledText[], classes: number): BagOfWords {
  const index = new Map<string, number>();
  for (const {text} of texts)
    for (const word of wordsOf(text)) if (!index.has(word)) index.set(word, index.size + 1);
  const width = index.size + 1;
  const weights = Array.from({length: classes}, () => new Float64Array(width));
  const featuresOf = (text: string): number[] => [
    0, // the constant
    ...wordsOf(text).flatMap((word) => index.get(word) ?? []),
  ];
  const probs = (features: readonly number[]): number[] =>
    softmax(weights.map((row) => features.reduce((sum, feature) => sum + row[feature]!, 0)));
  const rows = texts.map(({text, label}) => ({features: featuresOf(text), label}));
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const gradients = weights.map((row) => row.map((weight) => WEIGHT_DECAY * weight));
    for (const {features, label} of rows)
      for (const [k, p] of probs(features).entries()) {
        const error = (p - (k === label ? 1 : 0)) / rows.length;
        for (const feature of features) gradients[k]![feature]! += error;
      }
    for (const [k, row] of weights.entries())
      for (let i = 0; i < width; i++) row[i]! -= LEARNING_RATE * gradients[k]![i]!;
  }
  return {words: index.size, predict: (text) => probs(featuresOf(text))};
}
