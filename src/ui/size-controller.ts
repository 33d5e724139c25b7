import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** The host's inner width in CSS pixels; the host renders again when it changes. */
export class SizeController implements ReactiveController {
  width = 0;

  #frame = 0;
  // In the next frame: rendering at once would change sizes while the browser reports them.
  readonly #observer = new ResizeObserver(() => {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      const before = this.width;
      this.#measure();
      if (this.width !== before) this.#host.requestUpdate();
    });
  });
  readonly #host: ReactiveControllerHost & HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
  }

  hostUpdate(): void {
    if (!this.width) this.#measure();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  #measure(): void {
    const {paddingLeft, paddingRight} = getComputedStyle(this.#host);
    const padding = (Number.parseFloat(paddingLeft) || 0) + (Number.parseFloat(paddingRight) || 0);
    this.width = Math.max(0, this.#host.clientWidth - padding);
  }
}
