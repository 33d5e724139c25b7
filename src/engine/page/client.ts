import {EngineError} from '../errors.js';
import type {BackendChoice, EngineFact, EngineRequests, ModelFacts, ModelSpec} from '../protocol.js';
import {makeWorker} from '../worker-factory.js';
import type {EngineConnection} from './connection.js';
import {warnOfMainThread} from './fallback.js';
import {startOnMainThread} from './main-thread.js';
import {startInWorker, type Transport} from './transport.js';

export {setBasePath, setWorkerFactory} from '../worker-factory.js';

/** A worker that stops this often is not started again: something is wrong that a restart does not mend. */
const MAX_RESTARTS = 3;

type Method = keyof EngineRequests;

/**
 * The page's side of the engine: starts it at the first request, falls back to the main thread where no worker can
 * start, and brings models back from their autosaves when the worker has died.
 */
class EngineClient {
  readonly #listeners = new Set<(fact: EngineFact) => void>();
  /** What has to be asked again of a new worker. */
  readonly #open = new Map<string, ModelSpec>();
  readonly #training = new Set<string>();
  #choice: BackendChoice = 'auto';
  #started = false;
  #restarts = 0;
  #transport?: Promise<Transport>;
  #ended = false;

  /** The requests as methods, each sent when the engine runs. */
  readonly requests = new Proxy({} as EngineRequests, {
    get: (_, method) =>
      method === 'then' ? undefined : (...args: unknown[]) => this.#call(method as Method, args),
  });

  listen(listener: (fact: EngineFact) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  end(): void {
    this.#ended = true;
    this.#listeners.clear();
    const closed = new EngineError('canceled', 'The model was closed.');
    void this.#transport?.then((transport) => transport.end(closed)).catch(() => {});
  }

  async #call(method: Method, args: unknown[]): Promise<unknown> {
    if (method === 'start') {
      if (!this.#started) this.#choice = args[0] as BackendChoice;
      this.#started = true;
    }
    const transport = await (this.#transport ??= this.#start());
    const value = await transport.call(method, args);
    if (method === 'open') this.#open.set(args[0] as string, args[1] as ModelSpec);
    if (method === 'close') this.#open.delete(args[0] as string);
    return value;
  }

  async #start(): Promise<Transport> {
    let transport: Transport;
    try {
      transport = await startInWorker(makeWorker, this.#tell, this.#onCrash);
    } catch (error) {
      warnOfMainThread(error);
      transport = await startOnMainThread(this.#tell);
    }
    if (this.#ended) transport.end(new EngineError('canceled', 'The model was closed.'));
    return transport;
  }

  #tell = (fact: EngineFact): void => {
    if (fact.type === 'status') this.#training[fact.status === 'training' ? 'add' : 'delete'](fact.model);
    for (const listener of this.#listeners) listener(fact);
  };

  /** Every request that was under way is rejected; later ones wait until the models are back. */
  #onCrash = (reason: string): void => {
    this.#restarts++;
    if (this.#restarts > MAX_RESTARTS) {
      const error = new EngineError(
        'internal',
        `The engine stopped ${this.#restarts} times (${reason}). Reload the page to try again.`,
      );
      this.#transport = Promise.reject(error);
      this.#transport.catch(() => {});
      this.#tellAll(error);
      return;
    }
    this.#transport = this.#start().then(async (transport) => {
      await this.#bringBack(transport, reason);
      return transport;
    });
    this.#transport.catch(() => {}); // The next request rejects with it.
  };

  async #bringBack(transport: Transport, reason: string): Promise<void> {
    const training = [...this.#training];
    if (this.#started) await transport.call('start', [this.#choice]);
    for (const [model, spec] of this.#open) {
      const facts = (await transport.call('open', [model, spec])) as ModelFacts;
      const saved = (await transport.call('saved', [model])) as {step: number} | undefined;
      if (saved) await transport.call('restore', [model]);
      else this.#tellOpened(model, facts);
      const from = saved
        ? `continues from its autosave at step ${saved.step}`
        : 'starts afresh: there was no autosave';
      const message = `The engine stopped unexpectedly (${reason}) and was started again; the model ${from}.`;
      this.#tell({type: 'error', model, error: {code: 'internal', message}});
      if (training.includes(model)) await transport.call('resume', [model]);
    }
  }

  /** The model stands where it stood when it was first opened: all that was said of it since is void. */
  #tellOpened(model: string, facts: ModelFacts): void {
    this.#tell({type: 'model', model, facts});
    this.#tell({type: 'history', model, history: {steps: [], evals: [], samples: []}});
    this.#tell({type: 'weights', model, step: facts.step});
    this.#tell({type: 'status', model, status: 'idle'});
  }

  #tellAll({code, message}: EngineError): void {
    for (const model of this.#open.keys()) {
      this.#tell({type: 'status', model, status: 'error', message});
      this.#tell({type: 'error', model, error: {code, message}});
    }
  }
}

let client: EngineClient | undefined;
let holders = 0;
let lastRequest = 0;

/** A hold on the page's one engine. The worker starts at the first request and ends with the last release. */
export function connectEngine(): EngineConnection {
  const held = (client ??= new EngineClient());
  const subscriptions: (() => void)[] = [];
  holders++;
  let released = false;
  return {
    engine: held.requests,
    nextRequest: () => ++lastRequest,
    onFact(listener) {
      const end = held.listen(listener);
      subscriptions.push(end);
      return end;
    },
    release() {
      if (released) return;
      released = true;
      for (const end of subscriptions) end();
      if (--holders > 0) return;
      held.end();
      client = undefined;
    },
  };
}
