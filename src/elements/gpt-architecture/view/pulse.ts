/** Shows the order of the forward pass: the map fills from the text to the prediction. */

/** Milliseconds from the text to the prediction. */
const DURATION_MS = 2500;

export class Pulse {
  /** How far the pass has come, from 0 to 1; `undefined` while none is shown. */
  at: number | undefined;
  #frame = 0;
  readonly #moved: () => void;

  /** @param moved Called in each frame, and when it has ended. */
  constructor(moved: () => void) {
    this.#moved = moved;
  }

  /** Begins anew; readers who want no motion see the whole map as before. */
  start(): void {
    this.stop();
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const started = performance.now();
    const step = (): void => {
      const at = (performance.now() - started) / DURATION_MS;
      this.at = at < 1 ? at : undefined;
      if (at < 1) this.#frame = requestAnimationFrame(step);
      this.#moved();
    };
    this.#frame = requestAnimationFrame(step);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.at = undefined;
  }
}
