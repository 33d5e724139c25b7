import {EngineError} from '../errors.js';
import {Mutex} from './mutex.js';
import type {OpenModel} from './open-model.js';
import type {Run} from './run.js';

export interface Entry {
  model: OpenModel;
  run: Run;
  /** What it was opened as: spec and instance. */
  identity: string;
}

/** The fully loaded models by name. What is asked of the models of one name is done in the order of the requests. */
export class Models {
  readonly #entries = new Map<string, Entry>();
  readonly #queues = new Map<string, Mutex>();

  /** The names that anything was asked about. */
  get names(): string[] {
    return [...this.#queues.keys()];
  }

  get(name: string): Entry | undefined {
    return this.#entries.get(name);
  }

  set(name: string, entry: Entry): void {
    this.#entries.set(name, entry);
  }

  delete(name: string): void {
    this.#entries.delete(name);
  }

  [Symbol.iterator](): IterableIterator<[string, Entry]> {
    return this.#entries.entries();
  }

  /** Runs `work` when everything that was asked before of the models of this name has been done. */
  inOrder<T>(name: string, work: () => Promise<T>): Promise<T> {
    let queue = this.#queues.get(name);
    if (!queue) this.#queues.set(name, (queue = new Mutex()));
    return queue.run(work);
  }

  /** Changes a model, in the order of the requests. */
  change<T>(name: string, work: (entry: Entry) => Promise<T>): Promise<T> {
    return this.inOrder(name, async () => work(this.#find(name)));
  }

  /** The model as it is after all changes that were asked before. */
  entry(name: string): Promise<Entry> {
    return this.inOrder(name, async () => this.#find(name));
  }

  #find(name: string): Entry {
    const entry = this.#entries.get(name);
    if (!entry)
      throw new EngineError('not-open', `There is no model “${name}” in the engine: open it first.`);
    return entry;
  }
}
