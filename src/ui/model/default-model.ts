import {loadCode} from '../../engine/page/load-code.js';

type Models = typeof import('../../state/registry.js');

let models: Models | undefined;

/** The models of this page, once an element has needed the default one. */
export const loadedModels = (): Models | undefined => models;

/**
 * Loads the code of live models. An element that the page gives its data never needs it, and one that follows a
 * `<gpt-model>` has it from there.
 * @throws {EngineError} where the code does not arrive; asking again tries again
 */
export async function loadModels(): Promise<Models> {
  return (models ??= await loadCode('model', () => import('../../state/registry.js')));
}
