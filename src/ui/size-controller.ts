import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** The width of one part of the host, in CSS pixels; the host renders again when it changes. */
export class SizeController implements ReactiveController {
  width = 0;

  #observed?: Element;
  readonly #observer = new ResizeObserver(() => this.#measure());
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #selector: string;

  constructor(host: ReactiveControllerHost & HTMLElement, selector: string) {
    this.#host = host;
    this.#selector = selector;
    host.addController(this);
  }

  hostUpdated(): void {
    const part = this.#host.shadowRoot?.querySelector(this.#selector) ?? undefined;
    if (part === this.#observed || !this.#host.isConnected) return;
    this.#observer.disconnect();
    this.#observed = part;
    if (part) this.#observer.observe(part);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#observed = undefined;
  }

  #measure(): void {
    const width = this.#observed?.clientWidth ?? 0;
    if (width === this.width) return;
    this.width = width;
    this.#host.requestUpdate();
  }
}
