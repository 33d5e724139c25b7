/** How a page notices that its worker has died without a word: closed, terminated, or out of memory. */

/**
 * Calls `onDead` when the worker that holds the lock has ended, in whatever way: a browser then releases its locks at once.
 * @returns a function that stops watching
 */
export function watchLock(locks: LockManager, name: string, onDead: () => void): () => void {
  const watching = new AbortController();
  locks.request(name, {signal: watching.signal}, () => onDead()).catch(() => {}); // aborted: nobody watches any more
  return () => watching.abort();
}

const TICK_MS = 5000;
/** A worker that computes answers between two steps; one step may take half a minute on a slow machine. */
const PATIENCE_TICKS = 18;
/** … and this many times the longest silence so far. */
const PATIENCE_FACTOR = 3;

/**
 * The fallback where a browser has no Web Locks (pages without https): asks again and again, and calls `onDead` where no
 * message at all has come for a long time. Silence is counted in the page's own timer ticks, which stop while the
 * browser or the machine sleeps.
 */
export class Pulse {
  #silentTicks = 0;
  #patience: number;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(
    ping: () => void,
    onDead: () => void,
    {tickMs = TICK_MS, patienceTicks = PATIENCE_TICKS}: {tickMs?: number; patienceTicks?: number} = {},
  ) {
    this.#patience = patienceTicks;
    this.#timer = setInterval(() => {
      if (++this.#silentTicks > this.#patience) {
        this.stop();
        onDead();
      } else ping();
    }, tickMs);
  }

  /** A message has come. */
  heard(): void {
    this.#patience = Math.max(this.#patience, PATIENCE_FACTOR * this.#silentTicks);
    this.#silentTicks = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
