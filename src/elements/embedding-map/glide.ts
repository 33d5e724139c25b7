/** Points on their way from one snapshot to the next: the eye follows them. */

/** After so many milliseconds a third of the way is left. */
const PACE_MS = 70;
/** A share of the extent that nobody sees. */
const ARRIVED = 1e-3;

export class Glide {
  places: Float32Array = new Float32Array(0);

  #target = this.places;
  #frame = 0;
  #last = 0;

  constructor(private readonly draw: () => void) {}

  /** @param moving False: at once, for readers who want no motion, and for the first picture. */
  to(target: Float32Array, extent: number, moving: boolean): void {
    if (target === this.#target) return;
    this.#target = target;
    if (!moving || this.places.length !== target.length) {
      this.stop();
      this.places = target;
      return;
    }
    this.places = this.places.slice();
    if (this.#frame) return;
    this.#last = performance.now();
    const next = (now: number): void => {
      const share = 1 - Math.exp(-Math.max(0, now - this.#last) / PACE_MS);
      this.#last = now;
      let farthest = 0;
      for (let i = 0; i < this.places.length; i++) {
        const left = this.#target[i]! - this.places[i]!;
        this.places[i]! += left * share;
        farthest = Math.max(farthest, Math.abs(left * (1 - share)));
      }
      const arrived = farthest <= ARRIVED * extent;
      if (arrived) this.places = this.#target;
      this.#frame = arrived ? 0 : requestAnimationFrame(next);
      this.draw();
    };
    this.#frame = requestAnimationFrame(next);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.places = this.#target;
  }
}
