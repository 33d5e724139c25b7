import {EngineError, isRefusal} from '../errors.js';
import type {BackendChoice, BackendFacts} from '../protocol.js';
import {Mutex} from '../worker/mutex.js';
import {type Backend, whyLost} from './backend.js';
import type {ChosenBackend} from './choose-backend.js';

/** A device that is lost this often in a row, with nothing done in between, is given up. */
const MAX_LOSSES = 3;

/**
 * Makes everything again on another device.
 * @param isLost whether a failure is due to that device being lost as well; the caller then tries the next one
 */
type OnReplaced = (reason: string, isLost: () => Promise<boolean>) => Promise<void>;

/** Keeps one backend running: work on it is exclusive, and is repeated on another device where one is lost. */
export class BackendKeeper {
  readonly #mutex = new Mutex();
  readonly #thread: 'worker' | 'main';
  readonly #choose: (choice: BackendChoice) => Promise<ChosenBackend>;
  readonly #onReplaced: OnReplaced;
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
    onReplaced: OnReplaced,
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
      this.#starting = this.#mutex.run(() => this.#take());
      this.#starting.catch(() => (this.#starting = undefined));
    }
    return this.#starting;
  }

  /**
   * Runs work on the backend when it is free. Where the device is lost meanwhile, the work is done again on the next one.
   * @throws {EngineError} `backend` where the device complained: what it computed is not to be trusted
   */
  turn<T>(work: () => Promise<T>): Promise<T> {
    return this.#mutex.run(async () => {
      for (;;) {
        try {
          if (this.#lost !== undefined) await this.#replace(this.#lost);
          const value = await work();
          const [complaint] = this.#backend?.takeErrors() ?? [];
          if (this.#lost === undefined) {
            if (complaint) throw new EngineError('backend', `The GPU refused part of the work: ${complaint}`);
            this.#losses = 0;
            return value;
          }
        } catch (error) {
          if (isRefusal(error) || !(await this.#isLost())) throw error;
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
    void backend.lost?.then((reason) => {
      if (this.#backend === backend && !this.#closed) this.#lost = reason;
    });
    return (this.#facts = {...facts, memory: backend.memory, thread: this.#thread});
  }

  async #replace(reason: string): Promise<void> {
    if (++this.#losses > MAX_LOSSES) {
      const losses = this.#losses;
      this.#losses = 0; // the next request tries again
      throw new EngineError(
        'device-lost',
        `The GPU was lost ${losses} times in a row (${reason}). Try again, or choose another backend.`,
      );
    }
    this.#backend?.close();
    await this.#take().catch((cause: Error) => {
      this.#losses = 0;
      throw new EngineError(
        'device-lost',
        `The GPU was lost (${reason}), and there is no other to go on with. ${cause.message}`,
        {cause},
      );
    });
    try {
      await this.#onReplaced(reason, () => this.#isLost());
    } catch (error) {
      this.#lost ??= reason; // nothing can be used as it is: the next request starts with another device
      throw error;
    }
  }

  async #isLost(): Promise<boolean> {
    if (this.#lost === undefined && this.#backend) this.#lost = await whyLost(this.#backend);
    return this.#lost !== undefined;
  }
}
