/**
 * The table that the reader gave to a model last: after a reload the page shows its own again, and the reader's would have to be pasted
 * again. Kept in IndexedDB, for each page and model name; where that is not allowed, not at all.
 */
import {createStore, del, get, set, type UseStore} from 'idb-keyval';
import type {CorpusSpec} from '../../data/corpus.js';
import type {Delimiter} from '../../data/labeled/read-rows.js';
import type {Columns} from '../../data/labeled/table.js';
import {within} from '../../math/within.js';
import type {LiveModel} from '../../state/live-model.js';

export interface GivenTable {
  spec: CorpusSpec;
  name: string;
  columns: Columns;
  delimiter: Delimiter;
  unbalanced: boolean;
  seed: number;
}

/** Storage may never answer: the reader does not wait for it. */
const PATIENCE_MS = 2000;
let store: UseStore | undefined;

async function ask<T>(request: (database: UseStore) => Promise<T>): Promise<T | undefined> {
  try {
    store ??= createStore('gpt-elements-tables', 'tables');
    return await within(
      PATIENCE_MS,
      request(store),
      () => new Error('The browser’s storage does not answer.'),
    );
  } catch {
    store = undefined; // the next request opens another connection; without a store the reader pastes again
    return undefined;
  }
}

const keyOf = (model: LiveModel): string => `${location.pathname} ${model.name}`;

/** Keeps the table that a model was given; undefined: it has none any more. */
export async function keepTable(model: LiveModel, table: GivenTable | undefined): Promise<void> {
  await ask((database) => (table ? set(keyOf(model), table, database) : del(keyOf(model), database)));
}

export const lastTable = (model: LiveModel): Promise<GivenTable | undefined> =>
  ask((database) => get<GivenTable>(keyOf(model), database));
