/** Loads one answer after another; an answer to an older question is ignored, and so is one that is undefined. */
export class Latest<T> {
  #key: readonly unknown[] = [];
  #abort?: AbortController;
  value?: T;
  /** Why there is no answer, as a sentence for the reader. */
  problem?: string;
  readonly #changed: () => void;

  /** @param changed Called when there is an answer, or none can be had. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Asks unless the same was asked last. The last answer stays until the new one comes. */
  ask(key: readonly unknown[], load: (signal: AbortSignal) => Promise<T | undefined>): void {
    if (key.length === this.#key.length && key.every((part, i) => part === this.#key[i])) return;
    this.#abort?.abort();
    this.#key = key;
    const {signal} = (this.#abort = new AbortController());
    load(signal).then(
      (value) => {
        if (signal.aborted || value === undefined) return;
        this.value = value;
        this.problem = undefined;
        this.#changed();
      },
      (error: Error) => {
        if (signal.aborted) return;
        this.problem = error.message;
        this.#changed();
      },
    );
  }

  stop(): void {
    this.#abort?.abort();
    this.#key = [];
    this.value = this.problem = undefined;
  }
}
