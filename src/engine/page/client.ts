import {EngineError} from '../errors.js';
import type {
  BackendChoice,
  EngineFact,
  EngineRequests,
  LoadedFact,
  ModelFact,
  ModelFacts,
  ModelSpec,
  SavedFact,
} from '../protocol.js';
import {makeWorker} from '../worker-factory.js';
import type {EngineHold} from './connection.js';
import {warnOfMainThread} from './fallback.js';
import {startOnMainThread} from './main-thread.js';
import {startInWorker, type Transport} from './transport.js';

/** A worker that stops this often, with nothing saved in between, is started again only when something is asked of it. */
const MAX_RESTARTS = 3;

/** Enough to save a small model; too short to be noticed by a reader who leaves. */
const LINGER_MS = 100;

type Method = keyof EngineRequests;

/** What is known of a model that is open in the engine. */
interface OpenedModel {
  spec: ModelSpec;
  instance: number;
  /** As they were last told. */
  facts: ModelFacts;
  training: boolean;
  /** Steps done since the last save. */
  unsaved: boolean;
  /** The last step of this run that was saved. */
  savedStep: number;
}

/** Notes the facts of a model. Where its run is another one, nothing of that was saved, and nothing need be. */
function noteFacts(model: OpenedModel, facts: ModelFacts): void {
  if (facts.runId !== model.facts.runId) Object.assign(model, {unsaved: false, savedStep: -1});
  model.facts = facts;
}

/**
 * The page's side of the engine: starts it at the first request, falls back to the main thread where no worker can
 * start, brings models back from their autosaves when the worker has died, and saves them when the reader leaves.
 */
class EngineClient {
  readonly #listeners = new Set<(fact: EngineFact) => void>();
  /** What a new worker has to open again. */
  readonly #models = new Map<string, OpenedModel>();
  #choice: BackendChoice = 'auto';
  #started = false;
  #restarts = 0;
  /** Counts the crashes, to know what belongs to an earlier worker. */
  #crashes = 0;
  #transport?: Promise<Transport>;
  #ended = false;
  #inWorker = false;
  readonly #leaving = new AbortController();

  constructor() {
    const {signal} = this.#leaving;
    // `beforeunload` comes some time before the page goes, `pagehide` when the worker has only a moment left.
    window.addEventListener('beforeunload', this.#saveUnsaved, {signal});
    window.addEventListener('pagehide', this.#saveUnsaved, {signal});
    window.addEventListener('pagehide', this.#linger, {signal}); // the requests are posted between two listeners
    const onChange = () => document.hidden && this.#saveUnsaved();
    document.addEventListener('visibilitychange', onChange, {signal});
  }

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
    this.#leaving.abort();
    this.#listeners.clear();
    const closed = new EngineError('canceled', 'The model was closed.');
    void this.#transport?.then((transport) => transport.end(closed)).catch(() => {});
  }

  async #call(method: Method, args: unknown[]): Promise<unknown> {
    if (method === 'start') {
      if (!this.#started) this.#choice = args[0] as BackendChoice;
      this.#started = true;
    }
    const transport = await this.#running();
    const [name] = args as [string];
    if (method === 'close') this.#models.delete(name);
    const value = await transport.call(method, args);
    if (method === 'open') {
      const [, spec, instance = 0] = args as [string, ModelSpec, number?];
      this.#opened(name, spec, instance, value as ModelFacts);
    }
    if (method === 'load') this.#loaded(name, value as LoadedFact);
    return value;
  }

  /** From now on the model is opened again as what was loaded. */
  #loaded(name: string, {spec, facts}: LoadedFact): void {
    const known = this.#models.get(name);
    if (!known) return;
    known.spec = spec;
    noteFacts(known, facts);
  }

  #opened(name: string, spec: ModelSpec, instance: number, facts: ModelFacts): void {
    const known = this.#ofInstance(name, instance);
    this.#models.set(name, {training: false, unsaved: false, savedStep: -1, ...known, spec, instance, facts});
  }

  #ofInstance(name: string, instance: number): OpenedModel | undefined {
    const model = this.#models.get(name);
    return model?.instance === instance ? model : undefined;
  }

  /** The engine, started where it does not run. A start that failed is tried again at the next request. */
  #running(): Promise<Transport> {
    return this.#transport ?? this.#use(this.#start());
  }

  #use(starting: Promise<Transport>): Promise<Transport> {
    this.#transport = starting;
    starting.catch(() => {
      if (this.#transport === starting) this.#transport = undefined;
    });
    return starting;
  }

  async #start(): Promise<Transport> {
    let transport: Transport;
    try {
      transport = await startInWorker(makeWorker, this.#tell, this.#onCrash);
      this.#inWorker = true;
    } catch (error) {
      this.#inWorker = false;
      warnOfMainThread(error);
      transport = await startOnMainThread(this.#tell);
    }
    if (this.#ended) transport.end(new EngineError('canceled', 'The model was closed.'));
    return transport;
  }

  #tell = (fact: EngineFact): void => {
    if ('model' in fact) this.#note(fact);
    for (const listener of this.#listeners) listener(fact);
  };

  #note(fact: ModelFact): void {
    const model = this.#ofInstance(fact.model, fact.instance);
    if (!model) return;
    if (fact.type === 'status') model.training = fact.status === 'training';
    else if (fact.type === 'model') noteFacts(model, fact.facts);
    else if (fact.type === 'steps') {
      model.facts = {...model.facts, step: fact.facts.at(-1)?.step ?? model.facts.step};
      model.unsaved = true;
    } else if (fact.type === 'saved' && fact.fact && fact.fact.runId === model.facts.runId) {
      const {step} = fact.fact;
      if (step >= model.facts.step) model.unsaved = false;
      if (step > model.savedStep) this.#restarts = 0; // something was achieved
      model.savedStep = step;
    } else if (fact.type === 'gone') this.#models.delete(fact.model);
  }

  /** The reader may not come back to this page: nothing that was learned should be lost. */
  #saveUnsaved = (): void => {
    for (const [name, {unsaved}] of this.#models) if (unsaved) this.#call('save', [name]).catch(() => {}); // there is nobody left to tell
  };

  /**
   * Holds the page that is being left for a moment, if something is being saved: its worker ends with it, and works on
   * while this thread stands still.
   */
  #linger = (): void => {
    const unsaved = [...this.#models.values()].some((model) => model.unsaved);
    if (!unsaved || !this.#inWorker) return;
    const until = performance.now() + LINGER_MS;
    while (performance.now() < until);
  };

  /** Every request that was under way is rejected; later ones wait until the models are back. */
  #onCrash = (reason: string): void => {
    if (this.#ended) return;
    const crash = ++this.#crashes;
    if (++this.#restarts > MAX_RESTARTS) {
      this.#transport = undefined;
      this.#giveUp(
        `The engine stopped ${this.#restarts} times (${reason}). Try again, or choose a smaller model; runs that were saved can be continued.`,
      );
      return;
    }
    const starting = this.#start().then(async (transport) => {
      await this.#bringBack(transport, reason, crash);
      return transport;
    });
    this.#use(starting).catch((error: Error) => {
      // A worker that has stopped once more is started by the next crash.
      if (this.#transport === undefined) this.#giveUp(error.message);
    });
  };

  /** The engine has none of the models any more: each is opened again when something is asked of it. */
  #giveUp(message: string): void {
    for (const [model, {instance}] of [...this.#models])
      this.#tell({type: 'gone', model, instance, error: {code: 'internal', message}});
  }

  async #bringBack(transport: Transport, reason: string, crash: number): Promise<void> {
    for (const [model, known] of [...this.#models]) {
      const {instance} = known;
      try {
        const from = await this.#reopen(transport, model, known);
        const message = `The engine stopped unexpectedly (${reason}) and was started again; the model ${from}.`;
        this.#tell({type: 'error', model, instance, error: {code: 'internal', message}});
      } catch (error) {
        if (crash !== this.#crashes) throw error; // this worker has stopped as well; the next one opens the models
        const message = `The engine stopped unexpectedly (${reason}), and the model could not be opened again. ${(error as Error).message}`;
        this.#tell({type: 'gone', model, instance, error: {code: 'internal', message}});
      }
    }
  }

  /**
   * Opens a model in a new worker, and continues its run: from its autosave if that is of the same run, and not of an
   * earlier visit or another page; else from the start, with the settings that it had.
   * @returns how it goes on, to complete a sentence
   */
  async #reopen(transport: Transport, name: string, {spec, instance, facts, training}: OpenedModel) {
    if (this.#started) await transport.call('start', [this.#choice]);
    const opened = (await transport.call('open', [name, spec, instance])) as ModelFacts;
    const continued = await this.#restore(transport, name, facts.runId);
    if (!continued) this.#tellOpened(name, instance, opened);
    const settings = (continued ?? facts).training;
    if (training && (continued ?? opened).step < settings.steps)
      await transport.call('train', [name, continued ? {} : settings]);
    return continued
      ? `continues from its autosave at step ${continued.step}`
      : 'starts afresh: there was no autosave of this run';
  }

  async #restore(transport: Transport, name: string, runId?: string): Promise<ModelFacts | undefined> {
    try {
      const saved = (await transport.call('saved', [name])) as SavedFact | undefined;
      if (runId === undefined || saved?.runId !== runId) return undefined;
      return (await transport.call('restore', [name])) as ModelFacts;
    } catch {
      return undefined; // storage that fails now, or a damaged record
    }
  }

  /** The model stands where it stood when it was first opened: all that was said of it since is void. */
  #tellOpened(model: string, instance: number, facts: ModelFacts): void {
    const about = {model, instance};
    this.#tell({...about, type: 'model', facts});
    this.#tell({...about, type: 'history', history: {steps: [], evals: [], samples: []}});
    this.#tell({...about, type: 'weights', step: facts.step});
    this.#tell({...about, type: 'status', status: 'idle'});
  }
}

let client: EngineClient | undefined;
let holders = 0;

/** A hold on the page's one engine. The worker starts at the first request and ends with the last release. */
export function holdEngine(): EngineHold {
  const held = (client ??= new EngineClient());
  const subscriptions: (() => void)[] = [];
  holders++;
  let released = false;
  return {
    engine: held.requests,
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
