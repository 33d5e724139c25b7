import {createBirpc} from 'birpc';
import {EngineError, toEngineError, toErrorFact} from './errors.js';
import type {EngineErrorFact, EngineFact, EngineRequests} from './protocol.js';
import {makeWorker} from './worker-factory.js';

/** What a running engine offers, wherever it runs. */
export interface Transport {
  call(method: keyof EngineRequests, args: unknown[]): Promise<unknown>;
  /** Ends it at once; what is still under way is rejected with `reason`. */
  end(reason: EngineError): void;
}

/** What the worker may call on the page. */
export interface PageFunctions {
  /** The worker's script has loaded. */
  hello(): void;
  fact(fact: EngineFact): void;
}

/** What the page may call in the worker: every request, with errors as plain objects. */
export type Outcome = {ok: true; value: unknown} | {ok: false; error: EngineErrorFact};
export interface WorkerFunctions {
  ask(method: keyof EngineRequests, args: unknown[]): Promise<Outcome>;
}

/**
 * Starts the engine in a worker of its own. Resolves when the worker's script has loaded.
 * @param onCrash The worker has died of an uncaught error, after it had started.
 * @throws where no worker can start: a content security policy, a missing file, a browser without module workers.
 */
export function startInWorker(
  onFact: (fact: EngineFact) => void,
  onCrash: (message: string) => void,
): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const worker = makeWorker();
    let started = false;
    const functions: PageFunctions = {
      fact: onFact,
      hello() {
        started = true;
        resolve(transport);
      },
    };
    const rpc = createBirpc<WorkerFunctions, PageFunctions>(functions, {
      post: (message) => worker.postMessage(message),
      on: (listener) => worker.addEventListener('message', (event) => listener(event.data)),
      timeout: -1, // a request takes as long as it takes; it can be cancelled
    });
    const transport: Transport = {
      async call(method, args) {
        const outcome = await rpc.ask(method, args).catch((error: unknown) => {
          throw toEngineError(error); // e.g. an argument that cannot be copied
        });
        if (outcome.ok) return outcome.value;
        throw EngineError.fromFact(outcome.error);
      },
      end(reason) {
        worker.onerror = null;
        worker.terminate();
        rpc.$close(reason);
      },
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const message = event.message || 'its script could not be loaded';
      transport.end(new EngineError('internal', `The engine’s worker stopped: ${message}.`));
      if (started) onCrash(message);
      else reject(new Error(message));
    };
  });
}

/** Starts the engine on the page's main thread. tfjs is downloaded only now. */
export async function startOnMainThread(onFact: (fact: EngineFact) => void): Promise<Transport> {
  const {EngineHost} = await import('./host.js');
  return inProcess((tell) => new EngineHost(tell, 'main'), onFact);
}

/** An engine in this thread. What crosses is copied, as it is on its way to a worker. */
export function inProcess(
  makeHost: (tell: (fact: EngineFact) => void) => EngineRequests & {dispose(): Promise<void>},
  onFact: (fact: EngineFact) => void,
): Transport {
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
      void host.dispose();
    },
  };
}
