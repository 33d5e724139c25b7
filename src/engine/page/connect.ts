import type {EngineFact, EngineRequests} from '../protocol.js';
import type {EngineConnection, EngineHold} from './connection.js';
import {loadCode} from './load-code.js';

let lastRequest = 0;

/** Connects to the page's one engine. At the first request its code is loaded and its worker started, unless they are there. */
export function connectEngine(): EngineConnection {
  const listeners = new Set<(fact: EngineFact) => void>();
  let holding: Promise<EngineHold> | undefined;
  let released = false;

  async function hold(): Promise<EngineHold> {
    const {holdEngine} = await loadCode('engine', () => import('./client.js'));
    const held = holdEngine();
    held.onFact((fact) => {
      for (const listener of listeners) listener(fact);
    });
    if (released) held.release();
    return held;
  }

  /** A load that failed is tried again at the next request. */
  function held(): Promise<EngineHold> {
    if (!holding) {
      const loading = hold();
      loading.catch(() => (holding = undefined));
      holding = loading;
    }
    return holding;
  }

  type Request = (...args: unknown[]) => Promise<unknown>;
  const ask = async (method: keyof EngineRequests, args: unknown[]) =>
    ((await held()).engine[method] as Request)(...args);

  return {
    engine: new Proxy({} as EngineRequests, {
      get: (_, method) =>
        method === 'then' ? undefined : (...args: unknown[]) => ask(method as keyof EngineRequests, args),
    }),
    nextRequest: () => ++lastRequest,
    onFact(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    release() {
      released = true;
      listeners.clear();
      void holding?.then((engine) => engine.release()).catch(() => {});
    },
  };
}
