import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** The host's inner width in CSS pixels; the host renders again when it changes. */
export class SizeController implements ReactiveController {
  #width = 0;
  #frame = 0;
  readonly #observer = new ResizeObserver((entries) => {
    const {width} = entries.at(-1)!.contentRect;
    cancelAnimationFrame(this.#frame);
    if (width === this.#width) return; // only the height changed
    // In the next frame: rendering at once would change sizes while the browser reports them.
    this.#frame = requestAnimationFrame(() => {
      this.#width = width;
      this.#host.requestUpdate();
    });
  });
  readonly #host: ReactiveControllerHost & HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Measured when first read, so that the first drawing has the right size at once. */
  get width(): number {
    if (!this.#width) {
      const {paddingLeft, paddingRight} = getComputedStyle(this.#host);
      const padding = (Number.parseFloat(paddingLeft) || 0) + (Number.parseFloat(paddingRight) || 0);
      this.#width = Math.max(0, this.#host.clientWidth - padding);
    }
    return this.#width;
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
  }
}
