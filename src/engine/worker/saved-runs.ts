import {type Autosave, AutosaveStore, StorageSilentError} from '../../checkpoint/autosave.js';
import {toErrorFact} from '../errors.js';
import type {History, SavedFact} from '../protocol.js';
import type {FactSender} from './fact-sender.js';
import type {OpenModel} from './open-model.js';

/** Autosaves the runs of models, and tells the page what is saved. */
export class SavedRuns {
  readonly #store: AutosaveStore<History>;
  readonly #facts: FactSender;
  readonly #turn: <T>(work: () => Promise<T>) => Promise<T>;

  /** @param turn runs work on the backend when it is free */
  constructor(
    facts: FactSender,
    turn: <T>(work: () => Promise<T>) => Promise<T>,
    store: AutosaveStore<History> = new AutosaveStore(),
  ) {
    this.#facts = facts;
    this.#turn = turn;
    this.#store = store;
  }

  /** What is saved under a key, without reading it. */
  find(key: string): Promise<SavedFact | undefined> {
    return this.#store.find(key);
  }

  /** What was saved of a model, as it was read: it may be damaged. */
  load({key}: OpenModel): Promise<Autosave<History> | undefined> {
    return this.#store.load(key);
  }

  /** @throws {StorageError} where the browser cannot keep the run */
  async store(model: OpenModel): Promise<SavedFact> {
    const run = await this.#turn(() => model.autosave());
    const fact = await this.#store.save(model.key, run);
    this.#facts.saved(model, fact);
    return fact;
  }

  /** Stores a run. What goes wrong is told and stops nothing. */
  async save(model: OpenModel): Promise<void> {
    try {
      await this.store(model);
    } catch (error) {
      this.#facts.error(model, toErrorFact(error, 'storage'));
    }
  }

  /** Stores settings that changed since the last autosave, so that a restored run repeats its steps with them. */
  noteChanges({key, runId, changes}: OpenModel): void {
    // Where nothing can be stored, the next autosave says so.
    if (changes.length) void this.#store.noteChanges(key, runId, changes).catch(() => {});
  }

  async discard(model: OpenModel): Promise<void> {
    await this.#store.discard(model.key);
    this.#facts.saved(model);
  }

  /** A reader who comes back is offered to continue. Where nothing can be read, there is nothing to offer. */
  async offer(model: OpenModel, saved: Promise<SavedFact | undefined>): Promise<void> {
    try {
      const fact = await saved;
      if (fact) this.#facts.saved(model, fact);
    } catch (error) {
      // A browser that allows no storage says so when a run is saved; one that does not answer kept the reader waiting.
      if (error instanceof StorageSilentError) this.#facts.error(model, toErrorFact(error));
    }
  }
}
