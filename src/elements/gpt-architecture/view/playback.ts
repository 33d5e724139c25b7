/** Goes from stage to stage by itself, until the last one or until it is stopped. */
const STAGE_MS = 5000;

export class Playback {
  #timer?: ReturnType<typeof setTimeout>;
  readonly #next: () => boolean;

  /** @param next Goes one stage further; false: there is none. */
  constructor(next: () => boolean) {
    this.#next = next;
  }

  get playing(): boolean {
    return this.#timer !== undefined;
  }

  start(): void {
    this.stop();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#next()) this.start();
    }, STAGE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
