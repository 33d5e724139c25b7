/** How far each part is open, between closed (0) and open (1): parts grow and shrink in place. */

/** Milliseconds from closed to open. */
const DURATION_MS = 320;

export class Opening {
  /** Parts that are at least partly open. */
  amounts: ReadonlyMap<string, number> = new Map();
  #from = new Map<string, number>();
  #target = '';
  #started = 0;
  #frame = 0;
  readonly #moved: () => void;
  readonly #ended: () => void;

  /**
   * @param moved Called in each frame in which a part grows or shrinks, but the last.
   * @param ended Called in the last.
   */
  constructor(moved: () => void, ended: () => void) {
    this.#moved = moved;
    this.#ended = ended;
  }

  /** Opens this part and closes the others; at once for readers who want no motion. Empty: closes all. */
  show(part: string, {animate}: {animate: boolean}): void {
    if (part === this.#target) return;
    this.#target = part;
    this.stop();
    if (!animate || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.amounts = part ? new Map([[part, 1]]) : new Map();
      return;
    }
    this.#from = new Map(this.amounts);
    this.#started = performance.now();
    this.#frame = requestAnimationFrame(this.#step);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
  }

  /** Ends what is moving. */
  finish(): void {
    this.stop();
    this.amounts = this.#target ? new Map([[this.#target, 1]]) : new Map();
  }

  #step = (): void => {
    const time = Math.min(1, (performance.now() - this.#started) / DURATION_MS);
    const eased = time * time * (3 - 2 * time);
    const amounts = new Map<string, number>();
    for (const part of new Set([...this.#from.keys(), this.#target])) {
      if (!part) continue;
      const [from, to] = [this.#from.get(part) ?? 0, part === this.#target ? 1 : 0];
      const amount = from + (to - from) * eased;
      if (amount > 0) amounts.set(part, amount);
    }
    this.amounts = amounts;
    if (time === 1) {
      this.#ended();
      return;
    }
    this.#frame = requestAnimationFrame(this.#step);
    this.#moved();
  };
}
