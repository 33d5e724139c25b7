/**
 * Waits for work, but not for longer than `ms`: storage and networks may never answer.
 * @param late Called when the time is up; makes the error to throw. The work itself goes on; its outcome is ignored.
 * @throws what the work throws, or what `late` returns.
 */
export async function within<T>(ms: number, work: Promise<T>, late: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}

/** How long to wait for a server's answer, or for the next part of it, in milliseconds. */
export const NETWORK_PATIENCE_MS = 20_000;

/** A server accepted the connection and then sent nothing for too long. */
export class StalledError extends Error {
  override name = 'StalledError';
  constructor(ms: number) {
    super(`no answer within ${Math.round(ms / 1000)} seconds`);
  }
}

/**
 * Fetches an address. The answer, and each part of its body that `readParts` reads, must come within `patienceMs`.
 * @throws {StalledError} where nothing comes.
 */
export async function fetchWithin(
  url: string | URL,
  {
    patienceMs = NETWORK_PATIENCE_MS,
    ...request
  }: Pick<RequestInit, 'headers' | 'cache'> & {signal?: AbortSignal; patienceMs?: number} = {},
): Promise<Response> {
  const giveUp = new AbortController();
  const {signal} = request;
  const either = signal ? AbortSignal.any([signal, giveUp.signal]) : giveUp.signal;
  return within(patienceMs, fetch(url, {...request, signal: either}), () => {
    giveUp.abort();
    return new StalledError(patienceMs);
  });
}

/**
 * Yields the parts of a stream as they arrive, and cancels the stream when the reader leaves the loop.
 * @throws {StalledError} where the next part does not come within `patienceMs`.
 */
export async function* readParts(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  patienceMs = NETWORK_PATIENCE_MS,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  const reader = stream.getReader();
  try {
    while (true) {
      const part = await within(patienceMs, reader.read(), () => new StalledError(patienceMs));
      if (part.done) return;
      yield part.value;
    }
  } finally {
    void reader.cancel().catch(() => {}); // a stream that failed has nothing left to cancel
  }
}
