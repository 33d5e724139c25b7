import type {EngineConnection} from '../connection.js';
import {EngineError} from '../errors.js';
import {EngineHost, type HostParts} from '../host.js';
import type {EngineFact, EngineRequests, ModelSpec} from '../protocol.js';
import {inProcess} from '../transport.js';

/** A text that a tiny model learns quickly. */
export const TEXT = 'one two three four five six seven eight nine ten. '.repeat(40);

/** A model of some thousand parameters: a training step takes milliseconds in plain JavaScript. */
export const TINY_SPEC: ModelSpec = {
  preset: 'nano',
  config: {embDim: 16, nHeads: 2, nLayers: 1, contextLength: 16},
  corpus: {kind: 'text', text: TEXT},
  seed: 1,
};

export const TINY_TRAINING = {batchSize: 4, evalBatches: 1, evalInterval: 0, sampleInterval: 0, saveInterval: 0};

let lastRequest = 0;

/** The real engine, without a worker: what crosses is copied as if there were one. Ends with `release`. */
export function connectInProcess(parts: HostParts = {}): EngineConnection {
  const listeners = new Set<(fact: EngineFact) => void>();
  const transport = inProcess(
    (tell) => new EngineHost(tell, 'main', parts),
    (fact) => {
      for (const listener of listeners) listener(fact);
    },
  );
  return {
    engine: new Proxy({} as EngineRequests, {
      get: (_, method) => (...args: unknown[]) => transport.call(method as keyof EngineRequests, args),
    }),
    nextRequest: () => ++lastRequest,
    onFact(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    release: () => transport.end(new EngineError('cancelled', 'The model was closed.')),
  };
}
