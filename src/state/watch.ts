import type {NamedTensor} from '../engine/protocol.js';
import type {LiveModel, TraceRequest} from './live-model.js';

export interface WatchOptions {
  /** Aborting it ends the watch. */
  signal?: AbortSignal;
  /** Milliseconds between the starts of two questions. */
  minIntervalMs?: number;
  /** A view that nobody sees does not trace. It calls `poke` when it is seen again. */
  isVisible?: () => boolean;
  /** A trace failed, e.g. for a character without a token. Without this, nothing is shown. */
  onError?: (error: Error) => void;
}

export interface Watch {
  /** Looks again, e.g. because the view has become visible. */
  poke(): void;
  stop(): void;
}

/** {@link watchModel} for a trace. */
export function watchTrace(
  model: LiveModel,
  request: Omit<TraceRequest, 'signal'>,
  options: WatchOptions,
  callback: (trace: Record<string, NamedTensor>) => void,
): Watch {
  return watchModel(model, (signal) => model.trace({...request, signal}), options, callback);
}

/**
 * Asks now, and again whenever the weights change, but never more than one question at a time, and only the newest matters.
 * Skips while the tab is hidden or `isVisible` says no, and catches up afterwards.
 */
export function watchModel<T>(
  model: LiveModel,
  ask: (signal: AbortSignal) => Promise<T>,
  {signal, minIntervalMs = 200, isVisible = () => true, onError}: WatchOptions,
  callback: (answer: T) => void,
): Watch {
  const ending = new AbortController();
  const stopped = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal;
  let stale = true;
  let running = false;
  let lastStart = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = async (): Promise<void> => {
    if (!stale || running || timer !== undefined || stopped.aborted || document.hidden || !isVisible())
      return;
    const wait = lastStart + minIntervalMs - performance.now();
    if (wait > 0) {
      timer = setTimeout(() => {
        timer = undefined;
        void look();
      }, wait);
      return;
    }
    stale = false;
    running = true;
    lastStart = performance.now();
    try {
      const answer = await ask(stopped);
      if (!stopped.aborted) callback(answer);
    } catch (error) {
      if (!stopped.aborted) onError?.(error as Error);
    } finally {
      running = false;
      void look();
    }
  };
  const changed = () => {
    stale = true;
    void look();
  };
  const poke = () => void look();

  model.addEventListener('gpt-weights', changed, {signal: stopped});
  document.addEventListener('visibilitychange', poke, {signal: stopped});
  stopped.addEventListener('abort', () => clearTimeout(timer), {once: true});
  void look();
  return {poke, stop: () => ending.abort()};
}
