/** Long work in slices, so that a page stays responsive and a worker learns that its work was canceled. */
import {yieldToEventLoop} from '../math/yield-to-event-loop.js';

/** Milliseconds: well below the 50 ms at which a page feels stuck. */
const SLICE_MS = 12;

/**
 *     const slice = new Slice(signal);
 *     for (const part of work) {
 *       do(part);
 *       if (slice.isOver) await slice.next();
 *     }
 */
export class Slice {
  #start = performance.now();
  readonly #signal?: AbortSignal;

  /** @throws {DOMException} `AbortError` if the work is canceled already. */
  constructor(signal?: AbortSignal) {
    signal?.throwIfAborted();
    this.#signal = signal;
  }

  get isOver(): boolean {
    return performance.now() - this.#start > SLICE_MS;
  }

  /**
   * Yields to the event loop, then begins the next slice.
   * @throws {DOMException} `AbortError` if the work was canceled meanwhile.
   */
  async next(): Promise<void> {
    await yieldToEventLoop(this.#signal);
    this.#start = performance.now();
  }
}
