/** Remembers measured variants in IndexedDB, which workers have too. Rejects where the browser keeps nothing; see `measuredVariant`. */
import {createStore, get, set, type UseStore} from 'idb-keyval';
import type {VariantMemory} from './measure-variants.js';

export class StoredVariants implements VariantMemory {
  private store?: UseStore;

  constructor(private readonly database = 'gpt-elements-variants') {}

  async get(key: string): Promise<string | undefined> {
    return get<string>(key, this.open());
  }

  async set(key: string, name: string): Promise<void> {
    await set(key, name, this.open());
  }

  private open(): UseStore {
    return (this.store ??= createStore(this.database, 'variants'));
  }
}
