/** The requests under way that can be canceled, by number. */
export class CancellableRequests {
  readonly #controllers = new Map<number, AbortController>();

  async run<T>(request: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#controllers.set(request, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#controllers.delete(request);
    }
  }

  /** Aborts the signal of a request; one that has ended is ignored. */
  cancel(request: number): void {
    this.#controllers.get(request)?.abort();
  }

  cancelAll(): void {
    for (const controller of this.#controllers.values()) controller.abort();
  }
}
