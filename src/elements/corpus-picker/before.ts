import type {LiveModel, ModelSpec} from '../../state/index.js';

/** What the reader left for another text. */
export interface Before {
  spec: ModelSpec;
  steps: number;
  /** Whether what was learned could be saved. */
  saved: boolean;
}

/** Saves what a model has learned, and remembers what it was. */
export async function keep(model: LiveModel): Promise<Before> {
  const {spec, step: steps} = model;
  if (!model.facts || !steps) return {spec, steps: 0, saved: false};
  const saved = await model.save().then(
    () => true,
    () => false, // Without a store nothing can be kept; the reader is told.
  );
  return {spec, steps: model.step, saved};
}
