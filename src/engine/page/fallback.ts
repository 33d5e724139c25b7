let warned = false;

/**
 * Says in the console, once a page, that work which belongs in a worker is done on the main thread.
 * @param cause Why no worker could start.
 */
export function warnOfMainThread(cause: unknown): void {
  if (warned) return;
  warned = true;
  console.warn(
    `gpt-elements: no worker could start (${cause instanceof Error ? cause.message : cause}). Models are computed on ` +
      'the page’s main thread, which holds the page up. Make sure that the worker’s files are served and that the ' +
      'page’s content security policy allows them (worker-src): see “Workers and security policies” in the guide ' +
      'to embedding.',
  );
}
