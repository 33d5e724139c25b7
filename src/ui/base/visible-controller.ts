import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** Whether the host is on (or near) the screen: work stops when its element is off-screen or the tab hidden. */
export class VisibleController implements ReactiveController {
  /** True while the host is within 200 px of the viewport and the tab is shown. */
  visible = false;

  #onScreen = false;
  #observer?: IntersectionObserver;
  readonly #host: ReactiveControllerHost & Element;
  readonly #onChange: (visible: boolean) => void;

  constructor(host: ReactiveControllerHost & Element, onChange: (visible: boolean) => void) {
    this.#host = host;
    this.#onChange = onChange;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer = new IntersectionObserver(
      (entries) => {
        this.#onScreen = entries.at(-1)!.isIntersecting;
        this.#update();
      },
      {rootMargin: '200px'},
    );
    this.#observer.observe(this.#host);
    document.addEventListener('visibilitychange', this.#update);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    document.removeEventListener('visibilitychange', this.#update);
    this.#onScreen = false;
    this.#update();
  }

  #update = (): void => {
    const visible = this.#onScreen && !document.hidden;
    if (visible === this.visible) return;
    this.visible = visible;
    this.#onChange(visible);
  };
}
