import {AutosaveStore} from '../../checkpoint/autosave.js';
import type {LiveModel, LiveStatus} from '../../state/live-model.js';
import {EngineError} from '../errors.js';
import type {EngineConnection} from '../page/connection.js';
import {inProcess} from '../page/transport.js';
import type {EngineFact, EngineRequests, History, ModelSpec} from '../protocol.js';
import {EngineHost, type HostParts} from '../worker/host.js';

/** A text that a tiny model learns quickly. */
export const TEXT = 'one two three four five six seven eight nine ten. '.repeat(40);

/** A model of some thousand parameters: a training step takes milliseconds in plain JavaScript. */
export const TINY_SPEC: ModelSpec = {
  preset: 'nano',
  config: {embDim: 16, nHeads: 2, nLayers: 1, contextLength: 16},
  corpus: {kind: 'text', text: TEXT},
  seed: 1,
};

export const TINY_TRAINING = {
  batchSize: 4,
  evalBatches: 1,
  evalInterval: 0,
  sampleInterval: 0,
  saveInterval: 0,
};

let lastRequest = 0;

/** The real engine, without a worker: what crosses is copied as if there were one. Ends with `release`. */
export function connectInProcess(parts: HostParts = {}): EngineConnection {
  const listeners = new Set<(fact: EngineFact) => void>();
  const transport = inProcess<EngineRequests, EngineFact>(
    (tell) => new EngineHost(tell, 'main', parts),
    (fact) => {
      for (const listener of listeners) listener(fact);
    },
  );
  return {
    engine: new Proxy({} as EngineRequests, {
      get:
        (_, method) =>
        (...args: unknown[]) =>
          transport.call(method as keyof EngineRequests, args),
    }),
    nextRequest: () => ++lastRequest,
    onFact(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    release: () => transport.end(new EngineError('canceled', 'The model was closed.')),
  };
}

/** A store of its own for every test. */
export const freshAutosaves = (): AutosaveStore<History> =>
  new AutosaveStore(`gpt-elements-test-${crypto.randomUUID()}`);

/** Resolves when the model's status is one of these. */
export function becomes(model: LiveModel, ...statuses: LiveStatus[]): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!statuses.includes(model.status)) return;
      model.removeEventListener('gpt-status', look);
      resolve();
    };
    model.addEventListener('gpt-status', look);
    look();
  });
}

/** Resolves when the model has done at least this many steps. */
export function reaches(model: LiveModel, step: number): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (model.step < step) return;
      model.removeEventListener('gpt-step', look);
      resolve();
    };
    model.addEventListener('gpt-step', look);
    look();
  });
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<EngineError> {
  try {
    await promise;
  } catch (error) {
    return error as EngineError;
  }
  throw new Error('It should have been refused.');
}
