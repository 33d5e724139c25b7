import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** Rows drawn beyond the visible ones, so that scrolling shows no gaps. */
const OVERSCAN = 10;

/** Says which rows of a long list are in view, where all rows are equally high. Draws the host again when that changes. */
export class RowWindow implements ReactiveController {
  #observed?: HTMLElement;
  #observer?: ResizeObserver;
  #top = 0;
  #height = 0;

  /**
   * @param scroller Returns the element in which the rows scroll, once it is drawn.
   * @param rowHeight In pixels.
   */
  constructor(
    readonly host: ReactiveControllerHost,
    readonly scroller: () => HTMLElement | null,
    readonly rowHeight: number,
  ) {
    host.addController(this);
  }

  /** The indices of the rows to draw, of `count`. */
  indices(count: number): number[] {
    const first = Math.max(0, Math.floor(this.#top / this.rowHeight) - OVERSCAN);
    const end = Math.min(count, Math.ceil((this.#top + this.#height) / this.rowHeight) + OVERSCAN);
    return Array.from({length: Math.max(0, end - first)}, (_, i) => first + i);
  }

  /** How many rows Page Up and Page Down move by. */
  get page(): number {
    return Math.max(1, Math.floor(this.#height / this.rowHeight) - 1);
  }

  /** Scrolls as little as brings the row into view. */
  reveal(index: number): void {
    const scroller = this.scroller();
    if (!scroller) return;
    const start = index * this.rowHeight;
    const last = start + this.rowHeight - scroller.clientHeight;
    scroller.scrollTop = Math.min(start, Math.max(last, scroller.scrollTop));
    this.#look();
  }

  hostConnected(): void {
    this.host.requestUpdate();
  }

  hostUpdated(): void {
    const scroller = this.scroller();
    if (!scroller || scroller === this.#observed) return;
    this.hostDisconnected();
    this.#observed = scroller;
    scroller.addEventListener('scroll', this.#look, {passive: true});
    this.#observer = new ResizeObserver(this.#look);
    this.#observer.observe(scroller);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observed?.removeEventListener('scroll', this.#look);
    this.#observed = undefined;
  }

  readonly #look = (): void => {
    const {scrollTop = 0, clientHeight = 0} = this.scroller() ?? {};
    if (scrollTop === this.#top && clientHeight === this.#height) return;
    this.#top = scrollTop;
    this.#height = clientHeight;
    this.host.requestUpdate();
  };
}
