/** Records what a page must never see: uncaught errors, unhandled rejections and console errors. */
export class Complaints {
  readonly #all: string[] = [];
  readonly #ending = new AbortController();
  readonly #consoleError = console.error;

  constructor() {
    const {signal} = this.#ending;
    // Before the test runner's own listeners, which would end the test at once without saying what was done.
    const listen = (type: string, message: (event: Event) => string) =>
      window.addEventListener(
        type,
        (event) => {
          const text = message(event);
          if (/^ResizeObserver loop/.test(text)) return; // the browser puts off a notification to the next frame
          event.preventDefault();
          event.stopImmediatePropagation();
          this.#all.push(text);
        },
        {capture: true, signal},
      );
    listen('error', (event) => (event as ErrorEvent).message);
    listen('unhandledrejection', (event) => `rejection: ${(event as PromiseRejectionEvent).reason}`);
    console.error = (...values: unknown[]) => {
      const text = values.map(String).join(' ');
      if (!/^An error was thrown/.test(text)) this.#all.push(`console: ${text}`); // the test runner says so twice
    };
  }

  /** Returns what was recorded since the last call. */
  async take(): Promise<string[]> {
    await new Promise((resolve) => setTimeout(resolve)); // rejections are reported after the microtasks
    return this.#all.splice(0);
  }

  end(): void {
    this.#ending.abort();
    console.error = this.#consoleError;
  }
}
