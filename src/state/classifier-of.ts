/** The classifier that was finetuned from a model of the page, for elements that follow the model and show what its classifier says. */
import type {LiveModel} from './live-model.js';

export interface NamedClassifier {
  model: LiveModel;
  /** Names of the classes. */
  classes: readonly string[];
}

const classifiers = new WeakMap<LiveModel, NamedClassifier>();

/** Makes a classifier known to those who follow its base, or withdraws it. The base dispatches `gpt-classifier`. */
export function announceClassifier(base: LiveModel, classifier: NamedClassifier | undefined): void {
  if (classifier) classifiers.set(base, classifier);
  else classifiers.delete(base);
  base.dispatchEvent(new Event('gpt-classifier'));
}

/** Returns the classifier that was finetuned from a model last. */
export const classifierOf = (base: LiveModel | undefined): NamedClassifier | undefined =>
  base && classifiers.get(base);
