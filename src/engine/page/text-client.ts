import {canceled, EngineError, toEngineError} from '../errors.js';
import type {TextFact, TextRequests} from '../text-protocol.js';
import {makeTextWorker} from '../worker-factory.js';
import {warnOfMainThread} from './fallback.js';
import {loadCode} from './load-code.js';
import {inProcess, startInWorker, type Transport} from './transport.js';

/** A worker that nobody has asked anything for so long is ended, and its memory freed. */
const IDLE_MS = 30_000;

type TextTransport = Transport<TextRequests>;

/** The page's side of the text worker: started at the first request, on the main thread where no worker can start. */
class TextClient {
  #transport?: Promise<TextTransport>;
  readonly #listeners = new Map<number, (fact: TextFact) => void>();
  #lastRequest = 0;
  #idle?: ReturnType<typeof setTimeout>;

  /**
   * Asks for something and waits for it.
   * @param args What follows the request's number.
   * @throws {EngineError} `canceled` where the signal was given
   */
  async ask(
    method: Exclude<keyof TextRequests, 'cancel'>,
    args: unknown[],
    {signal, onFact}: {signal?: AbortSignal; onFact?: (fact: TextFact) => void},
  ): Promise<unknown> {
    if (signal?.aborted) throw canceled();
    const request = ++this.#lastRequest;
    clearTimeout(this.#idle);
    this.#listeners.set(request, (fact) => {
      if (!signal?.aborted) onFact?.(fact);
    });
    let cancel: (() => void) | undefined;
    try {
      const transport = await this.#running();
      if (signal?.aborted) throw canceled();
      cancel = () => void transport.call('cancel', [request]).catch(() => {}); // a worker that is gone has stopped
      signal?.addEventListener('abort', cancel, {once: true});
      return await transport.call(method, [request, ...args]);
    } catch (error) {
      throw toEngineError(error);
    } finally {
      if (cancel) signal?.removeEventListener('abort', cancel);
      this.#listeners.delete(request);
      if (this.#listeners.size === 0) this.#idle = setTimeout(() => void this.close(), IDLE_MS);
    }
  }

  /** The worker, started where it does not run. A start that failed is tried again at the next request. */
  #running(): Promise<TextTransport> {
    if (this.#transport) return this.#transport;
    const starting = this.#start();
    this.#transport = starting;
    starting.catch(() => {
      if (this.#transport === starting) this.#transport = undefined;
    });
    return starting;
  }

  async #start(): Promise<TextTransport> {
    try {
      return await startInWorker<TextRequests, TextFact>(makeTextWorker, this.#tell, () => {
        this.#transport = undefined; // what was under way has been rejected; the next request starts a new one
      });
    } catch (error) {
      warnOfMainThread(error);
      const {TextHost} = await loadCode('text worker', () => import('../text/text-host.js'));
      return inProcess<TextRequests, TextFact>((tell) => new TextHost(tell), this.#tell);
    }
  }

  /** Ends the worker; the next request starts another. */
  async close(): Promise<void> {
    const closing = this.#transport;
    this.#transport = undefined;
    (await closing?.catch(() => undefined))?.end(new EngineError('canceled', 'The text worker was closed.'));
  }

  #tell = (fact: TextFact): void => this.#listeners.get(fact.request)?.(fact);
}

export const textClient = new TextClient();
