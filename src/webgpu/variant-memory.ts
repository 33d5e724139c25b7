/** Remembers measured variants in IndexedDB, which workers have too. Rejects where the browser keeps nothing; see `measuredVariant`. */
import {createStore, get, set, type UseStore} from 'idb-keyval';
import {within} from '../math/within.js';
import type {VariantMemory} from './measure-variants.js';

/** What is remembered saves some hundred milliseconds: it is not worth a longer wait. */
const PATIENCE_MS = 1000;

export class StoredVariants implements VariantMemory {
  #store?: UseStore;
  /** Storage that did not answer once is not waited for again: a plan asks for many shapes. */
  #silent = false;

  readonly #database: string;

  constructor(database = 'gpt-elements-variants') {
    this.#database = database;
  }

  get(key: string): Promise<string | undefined> {
    return this.#ask((store) => get<string>(key, store));
  }

  set(key: string, name: string): Promise<void> {
    return this.#ask((store) => set(key, name, store));
  }

  async #ask<T>(request: (store: UseStore) => Promise<T>): Promise<T> {
    const late = () => new Error('The browser’s storage is not responding.');
    if (this.#silent) throw late();
    this.#store ??= createStore(this.#database, 'variants');
    return within(PATIENCE_MS, request(this.#store), () => {
      this.#silent = true;
      return late();
    });
  }
}
