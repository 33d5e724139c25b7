/**
 * Calls `act` at once, then at most every `intervalMs`; a delayed call runs when the interval ends.
 * `flush` makes up for it now.
 */
export class Throttle {
  #timer?: ReturnType<typeof setTimeout>;
  #last = Number.NEGATIVE_INFINITY;
  readonly #intervalMs: number;
  readonly #act: () => void;

  constructor(intervalMs: number, act: () => void) {
    this.#intervalMs = intervalMs;
    this.#act = act;
  }

  call(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#last + this.#intervalMs - performance.now();
    if (wait <= 0) this.#go();
    else this.#timer = setTimeout(() => this.#go(), wait);
  }

  flush(): void {
    if (this.#timer !== undefined) this.#go();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #go(): void {
    this.cancel();
    this.#last = performance.now();
    this.#act();
  }
}
