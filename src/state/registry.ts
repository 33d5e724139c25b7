import {connectEngine} from '../engine/page/connect.js';
import type {BackendChoice, ModelSpec} from '../engine/protocol.js';
import {LiveModel} from './live-model.js';

/** What a model is unless told otherwise: the one that ships trained on tiny-tales, so that there is something to see. */
export const DEFAULT_SPEC: Readonly<ModelSpec> = {pretrained: 'tiny-tales', corpus: {kind: 'tiny-tales'}};

const models = new Map<string, LiveModel>();
let unnamed = 0;

/** A name that no other model of this page has, for a `<gpt-model>` without an id. */
export const freshName = (): string => `model-${++unnamed}`;

/** Makes a model on the page's one engine. Starts nothing. A name that is taken gets a number. */
export function createModel(
  name: string = freshName(),
  spec: ModelSpec = DEFAULT_SPEC,
  options?: {backend?: BackendChoice},
): LiveModel {
  const unique = models.has(name) ? `${name}-${++unnamed}` : name;
  const model = new LiveModel(unique, spec, connectEngine, {...options, findModel: getModel});
  models.set(unique, model);
  return model;
}

export const getModel = (name: string): LiveModel | undefined => models.get(name);

/** The models of this page, oldest first. */
export const allModels = (): LiveModel[] => [...models.values()];

/** Closes a model and gives its name free. */
export async function removeModel(model: LiveModel): Promise<void> {
  if (models.get(model.name) === model) models.delete(model.name);
  await model.close();
}

/** Made for elements that name no model and stand in none, where the page has none called “default”. */
let lone: LiveModel | undefined;

/** The model of elements that name none and stand in none. */
export const defaultModel = (): LiveModel => models.get('default') ?? (lone = createModel('default'));

/** Whether nobody but the elements that show it keeps this model. */
export const isLone = (model: LiveModel): boolean => model === lone;
