import {createStore, del, get, set, type UseStore} from 'idb-keyval';
import {within} from '../../math/within.js';
import type {LiveModel, ModelSpec} from '../../state/index.js';

/**
 * The model that a reader made here in place of the author's: after a reload the page shows the author's again, and the
 * reader's run would be out of reach. Kept in IndexedDB, for each page and model name; where that is not allowed, not at all.
 */
let store: UseStore | undefined;

/** Storage may never answer: the reader does not wait for it. */
const PATIENCE_MS = 2000;

function ask<T>(request: (database: UseStore) => Promise<T>): Promise<T> {
  store ??= createStore('gpt-elements-choices', 'choices');
  return within(PATIENCE_MS, request(store), () => {
    store = undefined; // the next request opens another connection
    return new Error('The browser’s storage is not responding.');
  });
}

const keyOf = (model: LiveModel): string => `${location.pathname} ${model.name}`;

interface Choice {
  /** The author's spec that it replaced: another one means that the page has changed. */
  authored: string;
  chosen: ModelSpec;
}

export async function rememberChoice(
  model: LiveModel,
  authored: ModelSpec,
  chosen: ModelSpec,
): Promise<void> {
  try {
    const key = keyOf(model);
    if (JSON.stringify(authored) === JSON.stringify(chosen)) await ask((database) => del(key, database));
    else {
      const choice = {authored: JSON.stringify(authored), chosen} satisfies Choice;
      await ask((database) => set(key, choice, database));
    }
  } catch {
    // Without a store the reader chooses again.
  }
}

/** What the reader had chosen last on this page in place of `authored`. */
export async function recallChoice(model: LiveModel, authored: ModelSpec): Promise<ModelSpec | undefined> {
  try {
    const choice = await ask((database) => get<Choice>(keyOf(model), database));
    return choice?.authored === JSON.stringify(authored) ? choice.chosen : undefined;
  } catch {
    return undefined;
  }
}
