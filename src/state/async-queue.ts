/** Values that arrive while some work is done, as an async iterable. */
export class AsyncQueue<T> {
  readonly #values: T[] = [];
  #wake = (): void => {};

  push(value: T): void {
    this.#values.push(value);
    this.#wake();
  }

  /** Yields the values in the order of arrival until `work` has ended. Throws what `work` rejects with, after the last value. */
  async *until(work: Promise<unknown>): AsyncGenerator<T, void, void> {
    let ended = false;
    const ending = work.finally(() => {
      ended = true;
      this.#wake();
    });
    ending.catch(() => {}); // awaited below, unless the loop is left before
    while (true) {
      while (this.#values.length) yield this.#values.shift()!;
      if (ended) break;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    await ending;
  }
}
