/** Animates points from one snapshot to the next, so that the eye can follow them. */

/** Milliseconds after which a third of the way (1/e) is left. */
const PACE_MS = 70;
/** A share of the extent that is too small to see. */
const ARRIVED = 1e-3;

export class Glide {
  coordinates: Float32Array = new Float32Array(0);

  #target = this.coordinates;
  #frame = 0;
  #last = 0;

  readonly #draw: () => void;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  /** @param moving False: jumps to the target, e.g. for readers who prefer reduced motion. */
  to(target: Float32Array, extent: number, moving: boolean): void {
    if (target === this.#target) return;
    this.#target = target;
    if (!moving || this.coordinates.length !== target.length) {
      this.stop();
      this.coordinates = target;
      return;
    }
    this.coordinates = this.coordinates.slice();
    if (this.#frame) return;
    this.#last = performance.now();
    const next = (now: number): void => {
      const share = 1 - Math.exp(-Math.max(0, now - this.#last) / PACE_MS);
      this.#last = now;
      let farthest = 0;
      for (let i = 0; i < this.coordinates.length; i++) {
        const left = this.#target[i]! - this.coordinates[i]!;
        this.coordinates[i]! += left * share;
        farthest = Math.max(farthest, Math.abs(left * (1 - share)));
      }
      const arrived = farthest <= ARRIVED * extent;
      if (arrived) this.coordinates = this.#target;
      this.#frame = arrived ? 0 : requestAnimationFrame(next);
      this.#draw();
    };
    this.#frame = requestAnimationFrame(next);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.coordinates = this.#target;
  }
}
