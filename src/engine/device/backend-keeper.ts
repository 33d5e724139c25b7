import {EngineError} from '../errors.js';
import type {BackendChoice, BackendFacts} from '../protocol.js';
import {Turns} from '../worker/turns.js';
import type {Backend} from './backend.js';
import type {ChosenBackend} from './choose-backend.js';

/** How long a failure waits for the news that the device is gone, which explains it. */
const NEWS_MS = 200;

/** A device that is lost this often in a row, with nothing done in between, is given up. */
const MAX_LOSSES = 3;

/** Keeps one backend running: work on it takes turns, and goes on with another device where one is lost. */
export class BackendKeeper {
  readonly #turns = new Turns();
  readonly #thread: 'worker' | 'main';
  readonly #choose: (choice: BackendChoice) => Promise<ChosenBackend>;
  readonly #onReplaced: (reason: string) => Promise<void>;
  #choice: BackendChoice = 'auto';
  #starting?: Promise<BackendFacts>;
  #backend?: Backend;
  #facts?: BackendFacts;
  /** Why the device is gone; undefined while all is well. */
  #lost?: string;
  #losses = 0;
  #closed = false;

  constructor(
    thread: 'worker' | 'main',
    choose: (choice: BackendChoice) => Promise<ChosenBackend>,
    onReplaced: (reason: string) => Promise<void>,
  ) {
    this.#thread = thread;
    this.#choose = choose;
    this.#onReplaced = onReplaced;
  }

  get started(): boolean {
    return this.#starting !== undefined;
  }

  get facts(): BackendFacts {
    return this.#facts!;
  }

  get memory(): Backend['memory'] {
    if (!this.#backend) throw new EngineError('not-open', 'The engine has not started.');
    return this.#backend.memory;
  }

  /** Chooses a backend the first time; then says what runs. A choice that failed may be made again. */
  start(choice: BackendChoice): Promise<BackendFacts> {
    if (!this.#starting) {
      this.#choice = choice;
      this.#starting = this.#turns.take(() => this.#take());
      this.#starting.catch(() => (this.#starting = undefined));
    }
    return this.#starting;
  }

  /**
   * Runs work on the backend when it is free. Where the device is lost meanwhile, the work is done again on the next one.
   * @throws {EngineError} `backend` where the device complained: what it computed is not to be trusted
   */
  turn<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      for (;;) {
        if (this.#lost !== undefined) await this.#replace(this.#lost);
        try {
          const value = await work();
          const [complaint] = this.#backend?.takeErrors() ?? [];
          if (this.#lost === undefined) {
            if (complaint) throw new EngineError('backend', `The GPU refused part of the work: ${complaint}`);
            this.#losses = 0;
            return value;
          }
        } catch (error) {
          if (!(await this.#isLost())) throw error;
        }
      }
    });
  }

  close(): void {
    this.#closed = true;
    this.#backend?.close();
  }

  async #take(): Promise<BackendFacts> {
    const {backend, facts} = await this.#choose(this.#choice);
    this.#backend = backend;
    this.#lost = undefined;
    void backend.lost.then((reason) => {
      if (this.#backend === backend && !this.#closed) this.#lost = reason;
    });
    return (this.#facts = {...facts, thread: this.#thread});
  }

  async #replace(reason: string): Promise<void> {
    if (++this.#losses > MAX_LOSSES)
      throw new EngineError(
        'device-lost',
        `The GPU was lost ${this.#losses} times in a row (${reason}). Reload the page, or choose another backend.`,
      );
    this.#backend?.close();
    await this.#take();
    await this.#onReplaced(reason);
  }

  /** Whether the device is gone: what failed because of it may be told of a moment before that. */
  async #isLost(): Promise<boolean> {
    if (this.#lost === undefined && this.#backend)
      await Promise.race([this.#backend.lost, new Promise((resolve) => setTimeout(resolve, NEWS_MS))]);
    return this.#lost !== undefined;
  }
}
