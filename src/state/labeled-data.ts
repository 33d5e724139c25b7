/**
 * The labeled texts that the page gives to those who finetune a model. They lie beside the model and not in its spec: the model itself is
 * trained on its corpus.
 */
import type {LabeledData} from '../data/labeled.js';
import type {LiveModel} from './live-model.js';

export type {LabeledData} from '../data/labeled.js';

const given = new WeakMap<LiveModel, LabeledData>();

/** Gives labeled texts to a model, or takes them away. The model dispatches `gpt-labeled`. */
export function giveLabeled(model: LiveModel, data: LabeledData | undefined): void {
  if (data) given.set(model, data);
  else given.delete(model);
  model.dispatchEvent(new Event('gpt-labeled'));
}

/** Returns the labeled texts that were given to a model. */
export const labeledOf = (model: LiveModel | undefined): LabeledData | undefined => model && given.get(model);

const learners = new WeakMap<LiveModel, () => void>();

/** Says how to lead the reader to what learns from a model's labeled texts; undefined: nothing does any more. The model dispatches `gpt-learner`. */
export function announceLearner(model: LiveModel, show: (() => void) | undefined): void {
  if (show) learners.set(model, show);
  else learners.delete(model);
  model.dispatchEvent(new Event('gpt-learner'));
}

/** Returns what leads the reader to what learns from a model's labeled texts. */
export const learnerOf = (model: LiveModel | undefined): (() => void) | undefined =>
  model && learners.get(model);
