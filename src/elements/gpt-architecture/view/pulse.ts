/** Shows the order of the forward pass: the map fills from the text to the prediction. Loaded when it is first played. */
import type {Theme} from '../../../viz/theme.js';
import type {MapView} from '../draw/map-view.js';
import {drawPulse} from '../draw/pulse.js';

/** Milliseconds from the text to the prediction. */
const DURATION_MS = 2500;

export class Pulse {
  /** Covers what the pass has not reached; `undefined` while none is shown. */
  cover: MapView['cover'];
  #frame = 0;
  readonly #theme: () => Theme;
  readonly #moved: () => void;

  /** @param moved Called in each frame, and when it has ended. */
  constructor(theme: () => Theme, moved: () => void) {
    this.#theme = theme;
    this.#moved = moved;
  }

  /** Begins anew; readers who want no motion see the whole map as before. */
  start(): void {
    this.stop();
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const started = performance.now();
    const step = (): void => {
      const at = (performance.now() - started) / DURATION_MS;
      this.cover = at < 1 ? (surface, layout) => drawPulse(surface, layout, this.#theme(), at) : undefined;
      if (at < 1) this.#frame = requestAnimationFrame(step);
      this.#moved();
    };
    this.#frame = requestAnimationFrame(step);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.cover = undefined;
  }
}
