import type {LiveModel, ModelSpec} from '../../state/index.js';

/** A model before the reader gave it another text or tokenizer. */
export interface Before {
  model: LiveModel;
  spec: ModelSpec;
  steps: number;
  /** Whether the trained weights are saved. */
  saved: boolean;
}

/** Saves a model's trained weights and returns what `bringBack` needs. */
export async function keep(model: LiveModel): Promise<Before> {
  const {spec, step: steps} = model;
  if (!model.facts || !steps) return {model, spec, steps: 0, saved: false};
  const saved = await model.save().then(
    () => true,
    () => false, // Without storage only the spec can be brought back; the reader is told.
  );
  return {model, spec, steps: model.step, saved};
}

/**
 * Says that the browser could not save a model's training; undefined where it could, or there was none.
 * @param what Undo brings back all the same
 */
export const unsavedWords = ({steps, saved}: Before, what: string): string | undefined =>
  steps && !saved
    ? `The browser could not save the trained weights: Undo brings back ${what}, not the training.`
    : undefined;

/** Makes a model what it was, with its trained weights if they were saved. Rejects with an {@link EngineError}. */
export async function bringBack({model, spec, saved}: Before): Promise<void> {
  model.spec = spec;
  if (saved) await model.restore();
}
