import {createStore, del, get, setMany, type UseStore, update} from 'idb-keyval';
import type {Snapshot} from '../training/session.js';

/** One run as it stood: enough to continue it exactly, and to draw its curve. */
export interface Autosave<History> {
  snapshot: Snapshot;
  history: History;
}

export interface AutosaveFact {
  step: number;
  /** Milliseconds since 1970. */
  time: number;
}

/** The browser cannot keep a run. Training goes on without. */
export class StorageError extends Error {
  override name = 'StorageError';
}

/** More runs than these are not kept: the one that was saved longest ago goes. */
const KEPT = 6;

/** What is saved under which key: to be read without reading any weights. */
type Index = Record<string, AutosaveFact>;
const INDEX = 'index';
const runKey = (key: string) => `run:${key}`;

function explain(error: unknown): StorageError {
  const {name, message} = error as Error;
  const because =
    name === 'QuotaExceededError'
      ? 'the browser gives this page no more room. Discard saved runs, or free space on the disk'
      : name === 'ReferenceError' || name === 'SecurityError'
        ? 'the browser allows this page no storage (a private window, or a blocked third-party frame)'
        : message;
  return new StorageError(
    `The run could not be saved or read: ${because}. Training goes on, but a reload loses it.`,
    {
      cause: error,
    },
  );
}

/** Autosaves in IndexedDB, one for each key, the newest few kept. Every method throws {@link StorageError}. */
export class AutosaveStore<History> {
  #store?: UseStore;
  readonly #database: string;

  constructor(database = 'gpt-elements') {
    this.#database = database;
  }

  /** What is saved under a key, without reading it. */
  find(key: string): Promise<AutosaveFact | undefined> {
    return this.#with(async (store) => (await get<Index>(INDEX, store))?.[key]);
  }

  load(key: string): Promise<Autosave<History> | undefined> {
    return this.#with((store) => get<Autosave<History>>(runKey(key), store));
  }

  save(key: string, run: Autosave<History>): Promise<AutosaveFact> {
    return this.#with(async (store) => {
      const fact = {step: run.snapshot.step, time: Date.now()};
      const index = {...(await get<Index>(INDEX, store)), [key]: fact};
      // Run and index in one transaction: a page that is closed meanwhile leaves the old pair.
      await setMany(
        [
          [runKey(key), run],
          [INDEX, index],
        ],
        store,
      );
      const old = Object.entries(index)
        .sort(([, a], [, b]) => b.time - a.time)
        .slice(KEPT);
      for (const [oldest] of old) await this.discard(oldest);
      return fact;
    });
  }

  discard(key: string): Promise<void> {
    return this.#with(async (store) => {
      await del(runKey(key), store);
      await update<Index>(
        INDEX,
        (index = {}) => {
          const {[key]: _, ...rest} = index;
          return rest;
        },
        store,
      );
    });
  }

  async #with<T>(work: (store: UseStore) => Promise<T>): Promise<T> {
    try {
      this.#store ??= createStore(this.#database, 'autosaves');
      return await work(this.#store);
    } catch (error) {
      throw error instanceof StorageError ? error : explain(error);
    }
  }
}
