/** How long tests wait for a state, in milliseconds: for slow machines. Less where it is expected never to come. */
export const patience = {ms: 60_000};

/**
 * Waits until `condition` holds.
 * @param what Named where it never does.
 * @param settled Waited for between two looks, e.g. an element's `updateComplete`.
 */
export async function until(
  condition: () => boolean,
  what: string | (() => string) = 'it',
  {timeoutMs = patience.ms, settled}: {timeoutMs?: number; settled?: () => Promise<unknown>} = {},
): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > timeoutMs)
      throw new Error(`Waited in vain for ${typeof what === 'string' ? what : what()}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await settled?.();
  }
}
