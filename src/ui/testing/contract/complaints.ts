/** The strictest policy for styles: a browser ignores `style` attributes and style elements under it, without a word. */
const STRICT_STYLES = "style-src 'self'";

/** Puts the page under the policy, for as long as it lives: a policy cannot be taken back. */
function restrictStyles(): void {
  const selector = 'meta[http-equiv="Content-Security-Policy"]';
  if (document.head.querySelector(selector)) return;
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = STRICT_STYLES;
  document.head.append(meta);
}

/**
 * Records what a page must never see: uncaught errors, unhandled rejections, console errors, and styles that a strict
 * content security policy forbids.
 */
export class Complaints {
  readonly #all: string[] = [];
  readonly #ending = new AbortController();
  readonly #consoleError = console.error;

  constructor() {
    restrictStyles();
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
    listen('securitypolicyviolation', (event) => {
      const {effectiveDirective, sourceFile, lineNumber} = event as SecurityPolicyViolationEvent;
      return `${effectiveDirective} forbids a style in <${(event.target as Element).localName}> (${sourceFile}:${lineNumber})`;
    });
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
