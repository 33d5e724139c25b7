import {createBirpc} from 'birpc';
import {within} from '../../math/within.js';
import {EngineError, toEngineError, toErrorFact} from '../errors.js';
import type {EngineErrorFact, EngineFact, EngineRequests} from '../protocol.js';
import {Pulse, watchLock} from './alive.js';
import {START_PATIENCE_MS} from './load-code.js';

/** What a running engine offers, wherever it runs. The text worker (text-client.ts) is reached in the same way. */
export interface Transport<Requests = EngineRequests> {
  call(method: keyof Requests, args: unknown[]): Promise<unknown>;
  /** Ends it at once; what is still under way is rejected with `reason`. */
  end(reason: EngineError): void;
}

/** What the worker may call on the page. */
export interface PageFunctions<Fact = EngineFact> {
  /** The worker's script has loaded. */
  hello(): void;
  fact(fact: Fact): void;
  /** The worker holds a lock of this name until it ends. */
  holds(lock: string): void;
}

/** What the page may call in the worker: every request, with errors as plain objects. */
export type Outcome = {ok: true; value: unknown} | {ok: false; error: EngineErrorFact};
export interface WorkerFunctions<Requests = EngineRequests> {
  ask(method: keyof Requests, args: unknown[]): Promise<Outcome>;
  /** A sign of life. */
  ping(): void;
}

/**
 * Starts a worker that `serve`s requests. Resolves when the worker's script has loaded.
 * @param onCrash The worker has died after it had started: of an uncaught error, or without any event.
 * @throws where no worker can start: a content security policy, a missing file, a browser without module workers.
 */
export async function startInWorker<Requests, Fact>(
  makeWorker: () => Worker,
  onFact: (fact: Fact) => void,
  onCrash: (message: string) => void,
  {patienceMs = START_PATIENCE_MS}: {patienceMs?: number} = {},
): Promise<Transport<Requests>> {
  const worker = makeWorker();
  const loading = connectWorker<Requests, Fact>(worker, onFact, onCrash);
  return within(patienceMs, loading, () => {
    worker.onerror = null;
    worker.terminate();
    return new Error(`its script did not load within ${Math.round(patienceMs / 1000)} seconds`);
  });
}

function connectWorker<Requests, Fact>(
  worker: Worker,
  onFact: (fact: Fact) => void,
  onCrash: (message: string) => void,
): Promise<Transport<Requests>> {
  return new Promise((resolve, reject) => {
    let started = false;
    let over = false;
    let stopWatching = () => {};
    let pulse: Pulse | undefined;
    const died = (message: string) => {
      transport.end(new EngineError('internal', `The worker stopped: ${message}.`));
      if (started) onCrash(message);
      else reject(new Error(message));
    };
    const ended = () => died('it ended without an error, perhaps for lack of memory');
    const functions: PageFunctions<Fact> = {
      fact(fact) {
        if (!over) onFact(fact);
      },
      hello() {
        if (over) return;
        started = true;
        pulse = new Pulse(() => void rpc.ping().catch(() => {}), ended);
        resolve(transport);
      },
      holds(lock) {
        if (over || !navigator.locks) return;
        pulse?.stop();
        stopWatching = watchLock(navigator.locks, lock, ended);
      },
    };
    const rpc = createBirpc<WorkerFunctions<Requests>, PageFunctions<Fact>>(functions, {
      post: (message) => worker.postMessage(message),
      on: (listener) =>
        worker.addEventListener('message', (event) => {
          pulse?.heard();
          listener(event.data);
        }),
      timeout: -1, // a request takes as long as it takes; it can be canceled
    });
    const transport: Transport<Requests> = {
      async call(method, args) {
        const outcome = await rpc.ask(method, args).catch((error: unknown) => {
          throw toEngineError(error); // e.g. an argument that cannot be copied
        });
        if (outcome.ok) return outcome.value;
        throw EngineError.fromFact(outcome.error);
      },
      end(reason) {
        over = true;
        worker.onerror = null;
        pulse?.stop();
        stopWatching();
        worker.terminate();
        rpc.$close(reason);
      },
    };
    worker.onerror = (event) => {
      event.preventDefault();
      died(event.message || 'its script could not be loaded');
    };
  });
}

/** A host in this thread. What crosses is copied, as it is on its way to a worker. */
export function inProcess<Requests, Fact>(
  makeHost: (tell: (fact: Fact) => void) => Requests & {dispose(): Promise<void>},
  onFact: (fact: Fact) => void,
): Transport<Requests> {
  let ended: EngineError | undefined;
  const host = makeHost((fact) => {
    if (!ended) onFact(structuredClone(fact));
  });
  return {
    async call(method, args) {
      if (ended) throw ended;
      try {
        const request = host[method] as (...args: unknown[]) => Promise<unknown>;
        return structuredClone(await request.apply(host, structuredClone(args)));
      } catch (error) {
        throw EngineError.fromFact(toErrorFact(error));
      }
    },
    end(reason) {
      ended = reason;
      void host.dispose().catch(() => {}); // there is nobody left to tell
    },
  };
}
