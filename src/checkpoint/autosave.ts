import {createStore, promisifyRequest, type UseStore} from 'idb-keyval';
import {within} from '../math/within.js';
import type {TrainingOptions} from '../training/options.js';
import type {Snapshot} from '../training/session.js';

/** Settings, and the step from which they apply. */
export interface SettingsChange {
  /** 1-based: the first step that was done with these settings. */
  from: number;
  options: TrainingOptions;
}

/** One run as it stood: enough to continue it exactly, and to draw its curve. */
export interface Autosave<History> {
  snapshot: Snapshot;
  history: History;
  /** Tells this run from others of the same spec. Absent in records of older releases. */
  runId?: string;
  /** Settings that changed after the snapshot, in order: repeated steps use them from the same step on. */
  changes?: SettingsChange[];
}

export interface AutosaveFact {
  step: number;
  /** Milliseconds since 1970. */
  time: number;
  runId?: string;
}

/** The browser cannot keep a run. Training goes on without. */
export class StorageError extends Error {
  override name = 'StorageError';
}

/** Storage did not answer in time. */
export class StorageSilentError extends StorageError {}

/** At most this many runs are kept; the one that was saved longest ago is deleted first. */
const KEPT = 6;

/** How long to wait for an answer: opening the database and one small transaction take some milliseconds. */
const PATIENCE_MS = 3000;
/** … and while an earlier request is still unanswered. */
const SHORT_PATIENCE_MS = 500;
/** Slower than any disk that is in use: what a large record is given beyond that. */
const BYTES_PER_MS = 5000;

/** What is stored about each run beside it, so that it can be found without reading any weights. */
interface IndexEntry extends AutosaveFact {
  changes?: SettingsChange[];
}
type Index = Record<string, IndexEntry>;
const INDEX = 'index';
const RUN = 'run:';
const runKey = (key: string) => `${RUN}${key}`;

const isEntry = (entry: unknown): entry is IndexEntry => {
  const {step, time} = (entry ?? {}) as Partial<IndexEntry>;
  return Number.isSafeInteger(step) && step! >= 0 && Number.isFinite(time);
};

/** The entries of a stored index that can be used; a damaged one counts as absent. */
function readIndex(stored: unknown): Index {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).filter(([, entry]) => isEntry(entry)));
}

function explain(error: unknown): StorageError {
  const {name, message} = (error ?? {}) as Partial<Error>;
  const because =
    name === 'QuotaExceededError'
      ? 'the browser gives this page no more room. Discard saved runs, or free space on the disk'
      : name === 'ReferenceError' || name === 'SecurityError'
        ? 'the browser allows this page no storage (a private window, or a blocked third-party frame)'
        : message || 'the browser gave no reason';
  return new StorageError(
    `The run could not be saved or read: ${because}. Training goes on, but a reload loses it.`,
    {cause: error},
  );
}

const silent = (): StorageSilentError =>
  new StorageSilentError(
    'The browser’s storage does not answer, so earlier runs cannot be offered and this one cannot be saved. Training ' +
      'goes on, but a reload loses it. Closing other tabs of this site, or restarting the browser, often helps.',
  );

/**
 * Autosaves in IndexedDB, one per key, the newest few kept. Every method throws {@link StorageError}, and none waits for
 * longer than some seconds. Each runs in a single transaction, so pages that save at the same time do not overwrite
 * each other's index entries.
 */
export class AutosaveStore<History> {
  #store?: UseStore;
  /** Whether a request was given up and nothing has been answered since. */
  #silent = false;
  readonly #database: string;
  readonly #patienceMs: number;

  constructor(database = 'gpt-elements', {patienceMs = PATIENCE_MS}: {patienceMs?: number} = {}) {
    this.#database = database;
    this.#patienceMs = patienceMs;
  }

  /** Returns what is saved under a key, without reading it. */
  find(key: string): Promise<AutosaveFact | undefined> {
    return this.#transact('readonly', async (store) => {
      const entry = readIndex(await promisifyRequest(store.get(INDEX)))[key];
      return entry && {step: entry.step, time: entry.time, ...(entry.runId && {runId: entry.runId})};
    });
  }

  /** Returns what was saved under a key, as it was read: it may be damaged. */
  load(key: string): Promise<Autosave<History> | undefined> {
    return this.#transact(
      'readonly',
      async (store) => {
        const [stored, run] = await Promise.all([
          promisifyRequest<unknown>(store.get(INDEX)),
          promisifyRequest<Autosave<History> | undefined>(store.get(runKey(key))),
        ]);
        if (typeof run !== 'object' || run === null) return run;
        const entry = readIndex(stored)[key];
        return entry?.changes && entry.runId === run.runId ? {...run, changes: entry.changes} : run;
      },
      10 * this.#patienceMs, // how large the record is shows only when it has been read
    );
  }

  save(key: string, run: Autosave<History>): Promise<AutosaveFact> {
    const {runId, changes, snapshot} = run;
    const fact: AutosaveFact = {step: snapshot.step, time: Date.now(), ...(runId && {runId})};
    const bytes = 3 * (snapshot.theta?.byteLength ?? 0);
    return this.#transact(
      'readwrite',
      async (store) => {
        const [stored, keys] = await Promise.all([
          promisifyRequest<unknown>(store.get(INDEX)),
          promisifyRequest(store.getAllKeys()),
        ]);
        const {[key]: _, ...others} = readIndex(stored);
        const kept = Object.entries(others)
          .sort(([, a], [, b]) => b.time - a.time)
          .slice(0, KEPT - 1);
        const index: Index = {...Object.fromEntries(kept), [key]: {...fact, ...(changes && {changes})}};
        store.put(run, runKey(key));
        store.put(index, INDEX);
        for (const old of keys)
          if (typeof old === 'string' && old.startsWith(RUN) && !Object.hasOwn(index, old.slice(RUN.length)))
            store.delete(old);
        return fact;
      },
      this.#patienceMs + bytes / BYTES_PER_MS,
    );
  }

  /** Adds settings that changed since the run was saved. Does nothing where another run is saved under the key. */
  noteChanges(key: string, runId: string, changes: SettingsChange[]): Promise<void> {
    return this.#transact('readwrite', async (store) => {
      const index = readIndex(await promisifyRequest(store.get(INDEX)));
      const entry = index[key];
      if (entry?.runId === runId) store.put({...index, [key]: {...entry, changes}}, INDEX);
    });
  }

  discard(key: string): Promise<void> {
    return this.#transact('readwrite', async (store) => {
      const {[key]: _, ...rest} = readIndex(await promisifyRequest(store.get(INDEX)));
      store.delete(runKey(key));
      store.put(rest, INDEX);
    });
  }

  /** Runs `work` in one transaction and waits until it is stored. Where `work` throws, nothing is changed. */
  async #transact<T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => Promise<T>,
    patienceMs = this.#patienceMs,
  ): Promise<T> {
    try {
      // A connection that failed or does not answer is dropped: the next request opens another.
      this.#store ??= createStore(this.#database, 'autosaves');
      const answer = this.#store(mode, async (store) => {
        const stored = promisifyRequest(store.transaction);
        stored.catch(() => {}); // awaited below, unless `work` throws before
        try {
          const value = await work(store);
          await stored;
          return value;
        } catch (error) {
          abort(store.transaction);
          throw error;
        }
      });
      return await this.#bounded(answer, patienceMs);
    } catch (error) {
      this.#store = undefined;
      throw error instanceof StorageError ? error : explain(error);
    }
  }

  async #bounded<T>(answer: Promise<T>, patienceMs: number): Promise<T> {
    const patience = this.#silent ? Math.min(SHORT_PATIENCE_MS, patienceMs) : patienceMs;
    const speaks = (): void => void (this.#silent = false);
    answer.then(speaks, speaks);
    return within(patience, answer, () => {
      this.#silent = true;
      return silent();
    });
  }
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
