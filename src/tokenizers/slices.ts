/** Long work in slices, so that a page stays quick and a worker hears when its work is no longer wanted. */

/** Well below the 50 ms from which on a page feels stuck. */
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

  /** @throws {DOMException} `AbortError` where the signal is given already. */
  constructor(signal?: AbortSignal) {
    signal?.throwIfAborted();
    this.#signal = signal;
  }

  get isOver(): boolean {
    return performance.now() - this.#start > SLICE_MS;
  }

  /**
   * Lets everything else have its turn, then begins the next slice.
   * @throws {DOMException} `AbortError` where the signal was given.
   */
  async next(): Promise<void> {
    await breathe();
    this.#signal?.throwIfAborted();
    this.#start = performance.now();
  }
}

/** A message to oneself: unlike a timer it waits no longer than the others need. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
