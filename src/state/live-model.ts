import {canceled, EngineError, toEngineError} from '../engine/errors.js';
import type {EngineConnection} from '../engine/page/connection.js';
import {loadCode} from '../engine/page/load-code.js';
import type {
  BackendChoice,
  BackendFacts,
  CheckpointSpec,
  EngineErrorFact,
  EngineFact,
  EngineRequests,
  EvalFact,
  GeneratedToken,
  History,
  LensReading,
  LoadedFact,
  LogitAttribution,
  ModelFact,
  ModelFacts,
  ModelSpec,
  NamedTensor,
  PassReading,
  SavedFact,
  SaveOptions,
  StepFact,
  TensorDistance,
  WeightReading,
} from '../engine/protocol.js';
import type {GPTConfig} from '../model/config.js';
import type {Tokenizer} from '../tokenizers/tokenizer.js';
import type {TrainingOptions} from '../training/options.js';
import {AsyncQueue} from './async-queue.js';
import type {
  AttributionRequest,
  ClassifyRequest,
  EvaluateRequest,
  GenerateRequest,
  LensRequest,
  LiveModelEvent,
  LiveModelEventMap,
  LiveStatus,
  LoadingFact,
  PassRequest,
  TraceRequest,
} from './live-model-types.js';
import type {ModelRecord, RecordedAnswers, RecordedRun} from './record.js';
import {recordKey} from './record-key.js';
import {checkpointFromHere, fromHere} from './spec.js';

export type * from './live-model-types.js';

export interface LiveModel {
  addEventListener<K extends LiveModelEvent>(
    type: K,
    listener: (this: LiveModel, event: LiveModelEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends LiveModelEvent>(
    type: K,
    listener: (this: LiveModel, event: LiveModelEventMap[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** Counts the openings of all models of this page. */
let instances = 0;

/** Who uses which name in the engine. */
const holders = new Map<string, LiveModel>();

/** A model's name, or where another model that was made later has taken it, the name with a number. */
function freeKey(model: LiveModel): string {
  let key = model.name;
  for (let number = 2; (holders.get(key) ?? model) !== model; number++) key = `${model.name}-${number}`;
  holders.set(key, model);
  return key;
}

/** @throws {EngineError} `token` in place of a tokenizer's own errors */
function asTokenError<T>(encode: () => T): T {
  try {
    return encode();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('token', (error as Error).message, {cause: error});
  }
}

/** Loaded with the first model, so that no later request needs the network. */
const loadTokenizers = () => loadCode('tokenizer', () => import('../tokenizers/load.js'));

const emptyHistory = (): History => ({steps: [], evals: [], samples: []});

/**
 * A model as a page sees it: what is known of it (fields), what can be asked of it (methods), and what has
 * happened to it (events). The model itself lives in the engine. Nothing starts until something is asked.
 * Every method throws {@link EngineError}: a `code` for programs, a sentence for readers.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the interface adds the event types and no members
export class LiveModel extends EventTarget {
  readonly name: string;
  /** Which backend the engine is asked for when this model is the first to start it. */
  backendChoice: BackendChoice;

  /** Whether recorded answers are enough until something else is asked: the engine does not start by itself. */
  onDemand = false;

  /** What the model is, once `ready`; `facts.training` are the settings in force. */
  facts?: ModelFacts;
  /** The tokenizer on this side, once `ready`. */
  tokenizer?: Tokenizer;
  backend?: BackendFacts;
  status: LiveStatus = 'closed';
  /** The engine's word on the status, e.g. why a run was interrupted. */
  statusMessage?: string;
  loading?: LoadingFact;
  /** The curve so far. The arrays grow in place while the model trains. */
  history: History = emptyHistory();
  /** A run of a model of this spec that was recorded earlier, for views to show until this one is trained. */
  recordedRun?: RecordedRun;
  /** Training steps done. */
  step = 0;
  /** The autosave that `restore` continues from. */
  savedFact?: SavedFact;
  /** The last error; gone when the model is opened or trained again. */
  error?: EngineErrorFact;

  #spec: ModelSpec;
  /** Under which the engine knows this model. */
  #key: string;
  /** Which opening of the model the facts must belong to; undefined: none. */
  #instance?: number;
  #refused = false;
  #isOpen = false;
  #ready?: Promise<ModelFacts>;
  /** What answers until the engine does. */
  #record?: ModelRecord;
  #recalled?: Promise<ModelFacts>;
  #connection?: EngineConnection;
  #unsubscribe?: () => void;
  readonly #connect: () => EngineConnection;
  /** Finds the model that another starts from. */
  readonly #findModel?: (name: string) => LiveModel | undefined;

  /** @param connect Gives a hold on an engine; called when something is first asked of the model. */
  constructor(
    name: string,
    spec: ModelSpec,
    connect: () => EngineConnection,
    {
      backend = 'auto',
      findModel,
    }: {backend?: BackendChoice; findModel?: (name: string) => LiveModel | undefined} = {},
  ) {
    super();
    this.#findModel = findModel;
    this.name = this.#key = name;
    this.#spec = spec;
    this.#connect = connect;
    this.backendChoice = backend;
  }

  get spec(): ModelSpec {
    return this.#spec;
  }

  /** Another spec is another model: an open one is opened anew, with fresh weights. */
  set spec(spec: ModelSpec) {
    if (!this.#refused && JSON.stringify(spec) === JSON.stringify(this.#spec)) return;
    this.#spec = spec;
    this.#refused = false;
    const wasOpen = this.#connection !== undefined;
    this.#ready = this.recordedRun = undefined;
    this.#dropRecord();
    this.#forget();
    this.#emit('gpt-facts');
    if (wasOpen) this.start().catch(() => {}); // `error` and `gpt-error` tell.
  }

  /** No model can be made from what was asked for: every request is refused with `error` until `spec` is set. */
  refuse(error: EngineError): void {
    this.#refused = true;
    this.#dropRecord();
    this.#ready = Promise.reject(error);
    this.#ready.catch(() => {}); // Whoever asks gets it; `error` and `gpt-error` tell the others.
    this.#instance = undefined;
    this.#connection?.engine.close(this.#key).catch(() => {}); // what it was before must not go on unseen
    this.#forget();
    this.#setStatus('error');
    this.#setError(error);
  }

  get config(): GPTConfig | undefined {
    return this.facts?.config;
  }

  /**
   * What the model is. Opens it, which starts the engine, unless a record has its facts.
   * Rejects with an {@link EngineError}.
   */
  get ready(): Promise<ModelFacts> {
    return (this.#isOpen ? this.#ready : this.#recalled) ?? this.start();
  }

  /** Opens the model in the engine, if that has not begun. Rejects with an {@link EngineError}. */
  start(): Promise<ModelFacts> {
    return (this.#ready ??= this.#open(this.#spec));
  }

  /** Whether what is known of the model comes from a record, because the engine does not have it yet. */
  get isRecorded(): boolean {
    return this.#record !== undefined && this.facts !== undefined;
  }

  /**
   * Adds recorded answers: the same questions are answered from them until the model is open in the engine, and then
   * asked again (`gpt-weights`). Any other question opens the model. A record of another model is ignored.
   */
  addRecord(record: ModelRecord): void {
    if (JSON.stringify(record.spec) !== JSON.stringify(this.#spec)) return;
    if (record.run) this.recordedRun = record.run;
    if (this.#isOpen) return;
    const {facts = this.#record?.facts, answers} = record;
    this.#record = {spec: this.#spec, facts, answers: {...this.#record?.answers, ...answers}};
    if (facts) this.#recalled ??= this.#recall(facts);
  }

  /**
   * Token ids of a text.
   * @throws {EngineError} `not-open` before `ready`; `token` where the vocabulary lacks a character.
   */
  encode(text: string): number[] {
    return asTokenError(() => this.#needTokenizer().encode(text));
  }

  /**
   * Returns the token ids of the end of a prompt, as many as the context holds: the model reads no others. Nothing is said of
   * unknown characters before them.
   * @throws {EngineError} `token` where the vocabulary lacks a character
   */
  async encodePrompt(prompt: string): Promise<number[]> {
    const {contextLength} = (await this.ready).config;
    const tokenizer = this.#needTokenizer();
    const {encodeTail} = await loadTokenizers();
    const ids = asTokenError(() => encodeTail(tokenizer, prompt, contextLength));
    if (ids) return ids;
    const {encodeText} = await loadCode('tokenizer', () => import('./text-work.js'));
    return Array.from((await encodeText(prompt, tokenizer.spec)).slice(-contextLength));
  }

  /** @throws {EngineError} `not-open` before `ready`. */
  decode(ids: ArrayLike<number>): string {
    return this.#needTokenizer().decode(ids);
  }

  /** One forward pass; returns the intermediates whose names match `want`. */
  trace({want, options, ...request}: TraceRequest): Promise<Record<string, NamedTensor>> {
    return this.#readText('trace', {...request, ...options}, want);
  }

  /** Returns what each part of the model adds to the logits of the tokens that may come after a text. */
  attribution({targets, ...request}: AttributionRequest): Promise<LogitAttribution> {
    return this.#readText('attribution', request, [...targets]);
  }

  /** Returns what the model would predict at each point of the residual stream, for every token of a text. */
  lens(request: LensRequest): Promise<LensReading[]> {
    return this.#readText('lens', request);
  }

  /** Returns one forward pass with all that is shown of it: everything is from the weights of one training step. */
  pass(request: PassRequest): Promise<PassReading> {
    return this.#readText('pass', request);
  }

  /**
   * Returns the probability of each class for each text, [texts][K]. Texts that are longer than the context lose their end.
   * @throws {EngineError} `config` where the model is no classifier; `token` where the vocabulary lacks a character
   */
  async classify({texts = [], ids, signal, ...options}: ClassifyRequest): Promise<number[][]> {
    await this.ready;
    const rows = ids ? ids.map((row) => Array.from(row)) : texts.map((text) => this.encode(text));
    return this.#recordedOr('classify', [rows, options], () =>
      this.#cancellable(signal, (request) => this.#engine.classify(this.#key, rows, options, request)),
    );
  }

  /**
   * Continues a prompt; yields each token when the model has written it. Leaving the loop, or aborting the signal, ends the work.
   * @throws {EngineError} `canceled` after an abort; `token` where the vocabulary lacks a character of the prompt
   */
  async *generate({
    prompt = '',
    promptIds,
    maxNewTokens = 100,
    signal,
    ...sampling
  }: GenerateRequest): AsyncGenerator<GeneratedToken, void, void> {
    await this.ready;
    const ids = promptIds ? Array.from(promptIds) : await this.encodePrompt(prompt);
    const options = {promptIds: ids, maxNewTokens, ...sampling};
    const recorded = this.#recorded('generate', options);
    if (recorded) {
      yield* recorded;
      return;
    }
    await this.start();
    const tokens = new AsyncQueue<GeneratedToken>();
    const left = new AbortController();
    const ended = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
    let unsubscribe = () => {};
    const work = this.#cancellable(ended, (request) => {
      unsubscribe = this.#held.onFact((fact) => {
        if (fact.type === 'token' && fact.request === request) tokens.push(fact.token);
      });
      return this.#engine.generate(this.#key, options, request);
    });
    try {
      yield* tokens.until(work);
    } finally {
      left.abort();
      unsubscribe();
    }
  }

  /** Starts a run, or changes the settings of the one under way. Resolves when it has begun; events tell the rest. */
  async train(options: Partial<TrainingOptions> = {}): Promise<void> {
    await this.start();
    this.error = undefined;
    await this.#engine.train(this.#key, options);
  }

  async pause(): Promise<void> {
    if (!this.#ready) return; // nothing runs that has not been opened
    await this.start();
    await this.#engine.pause(this.#key);
  }

  async resume(): Promise<void> {
    await this.start();
    this.error = undefined;
    await this.#engine.resume(this.#key);
  }

  /** One training step. */
  async stepOnce(): Promise<StepFact> {
    await this.start();
    return this.#engine.step(this.#key);
  }

  /** Ends the run; the weights stay. */
  async stop(): Promise<void> {
    if (!this.#ready) return;
    await this.start();
    await this.#engine.stop(this.#key);
  }

  /** Fresh weights from the seed, step 0, an empty history. */
  async reset(): Promise<ModelFacts> {
    await this.start();
    this.error = undefined;
    return this.#engine.reset(this.#key);
  }

  /** Metrics on both sets. With interventions, those of the changed model, which stay out of the curve. */
  async evaluate({interventions, signal}: EvaluateRequest = {}): Promise<EvalFact> {
    await this.start();
    return this.#cancellable(signal, (request) => this.#engine.evaluate(this.#key, request, interventions));
  }

  /** Weights under their GPT-2 names; all of them, or those whose names match (`*` is a wildcard). */
  async weights(names?: string[]): Promise<Map<string, NamedTensor>> {
    await this.ready;
    const weights = await this.#recordedOr('weights', [names], () => this.#engine.weights(this.#key, names));
    return new Map(Object.entries(weights));
  }

  /** A tensor's statistics and a sample of it, by its GPT-2 name, with gradient and update of the last training step. */
  async inspect(name: string, {signal}: {signal?: AbortSignal} = {}): Promise<WeightReading> {
    await this.ready;
    return this.#recordedOr('inspect', [name], () =>
      this.#cancellable(signal, (request) => this.#engine.inspect(this.#key, name, request)),
    );
  }

  /** Replaces the weights that are named. */
  async setWeights(weights: ReadonlyMap<string, NamedTensor> | Record<string, NamedTensor>): Promise<void> {
    await this.start();
    await this.#engine.setWeights(
      this.#key,
      weights instanceof Map ? Object.fromEntries(weights) : (weights as Record<string, NamedTensor>),
    );
  }

  /** The autosave that belongs to this model's spec, if there is one. */
  async saved(): Promise<SavedFact | undefined> {
    await this.start();
    const instance = this.#instance;
    const saved = await this.#engine.saved(this.#key);
    if (instance === this.#instance) this.savedFact = saved;
    return saved;
  }

  async save(): Promise<SavedFact> {
    await this.start();
    return this.#engine.save(this.#key);
  }

  /** Continues from the autosave: weights, moments, step, settings and history. */
  async restore(): Promise<ModelFacts> {
    await this.start();
    this.error = undefined;
    return this.#engine.restore(this.#key);
  }

  /** Deletes the autosave. */
  async discard(): Promise<void> {
    await this.start();
    await this.#engine.discard(this.#key);
  }

  /**
   * Replaces the model by what lies in files: a checkpoint that was saved here, or a Hugging Face folder. It is read and checked before the
   * model is touched; where that fails, the model goes on.
   */
  async load(checkpoint: CheckpointSpec, {signal}: {signal?: AbortSignal} = {}): Promise<LoadedFact> {
    await this.start();
    const instance = this.#instance;
    try {
      const loaded = await this.#cancellable(signal, (request) =>
        this.#engine.load(this.#key, checkpointFromHere(checkpoint), request),
      );
      const {loadTokenizer} = await loadTokenizers();
      const tokenizer = await loadTokenizer(loaded.facts.tokenizer);
      if (instance !== this.#instance) throw canceled();
      const {spec, facts, history} = loaded;
      // Of the same spec the object stays: whether an earlier run of it is to be continued was asked before.
      if (JSON.stringify(spec) !== JSON.stringify(this.#spec)) this.#spec = spec;
      if (facts.step === 0) this.savedFact = undefined; // of the model that was replaced
      this.#ready = Promise.resolve(facts);
      this.recordedRun = this.error = undefined;
      this.tokenizer = tokenizer;
      this.history = history;
      this.#setFacts(facts);
      this.#emit('gpt-weights', {step: facts.step});
      return loaded;
    } finally {
      this.loading = undefined;
    }
  }

  /** Writes the model as a file; the browser keeps its bytes. Training waits meanwhile. */
  async saveFile(options: SaveOptions, {signal}: {signal?: AbortSignal} = {}): Promise<Blob> {
    await this.start();
    return this.#cancellable(signal, (request) => this.#engine.saveFile(this.#key, options, request));
  }

  /** How far each tensor of the model lies from that of the same name in files. */
  async compare(
    checkpoint: CheckpointSpec,
    {signal}: {signal?: AbortSignal} = {},
  ): Promise<TensorDistance[]> {
    await this.start();
    try {
      return await this.#cancellable(signal, (request) =>
        this.#engine.compare(this.#key, checkpointFromHere(checkpoint), request),
      );
    } finally {
      this.loading = undefined;
    }
  }

  /** Frees the model, and the engine if nothing else uses it. Asking anything afterwards opens it anew. */
  async close(): Promise<void> {
    const connection = this.#connection;
    this.#unsubscribe?.();
    this.#connection = this.#unsubscribe = this.#ready = this.#instance = undefined;
    if (holders.get(this.#key) === this) holders.delete(this.#key);
    this.#forget();
    this.#setStatus('closed');
    if (!connection) return;
    try {
      await connection.engine.close(this.#key);
    } catch {
      // An engine that is gone has freed the model already.
    } finally {
      connection.release();
    }
  }

  get #held(): EngineConnection {
    if (this.#connection) return this.#connection;
    throw new EngineError('canceled', 'The model was closed.');
  }

  get #engine(): EngineRequests {
    return this.#held.engine;
  }

  async #open(spec: ModelSpec): Promise<ModelFacts> {
    let connection = this.#connection;
    const instance = (this.#instance = ++instances);
    this.error = undefined;
    this.#setStatus('loading');
    try {
      if (!connection) {
        this.#key = freeKey(this);
        connection = this.#connection = this.#connect();
        this.#unsubscribe = connection.onFact(this.#onFact);
      }
      const {engine} = connection;
      const backend = await engine.start(this.backendChoice);
      if (this.#isOutdated(instance, connection)) return this.start(); // whoever waited gets the new one
      const facts = await engine.open(this.#key, await this.#withBase(fromHere(spec)), instance);
      const {loadTokenizer} = await loadTokenizers();
      // The one that made the ids of recorded answers stays.
      const isKnown = JSON.stringify(facts.tokenizer) === JSON.stringify(this.facts?.tokenizer);
      const tokenizer = (isKnown && this.tokenizer) || (await loadTokenizer(facts.tokenizer));
      if (this.#isOutdated(instance, connection)) return this.start();
      this.#dropRecord();
      this.#isOpen = true;
      this.backend = backend;
      this.tokenizer = tokenizer;
      this.#setFacts(facts);
      this.loading = undefined;
      if (this.status === 'loading') this.#setStatus('idle');
      this.#emit('gpt-weights', {step: facts.step});
      return facts;
    } catch (error) {
      if (this.#isOutdated(instance, connection)) return this.start();
      const problem = toEngineError(error);
      this.#ready = undefined; // the next request tries again
      this.#setStatus('error');
      this.#setError(problem);
      throw problem;
    }
  }

  /**
   * Opens the model that a spec starts `from`, and returns the spec with the name under which the engine knows it.
   * @throws {EngineError} `config` where the page has no such model
   */
  async #withBase(spec: ModelSpec): Promise<ModelSpec> {
    const {from} = spec;
    if (from === undefined || !this.#findModel) return spec;
    const base = this.#findModel(from);
    if (!base)
      throw new EngineError(
        'config',
        `from="${from}" names no model of this page. Give a <gpt-model> the id “${from}”.`,
      );
    if (base.#startsFrom(this))
      throw new EngineError(
        'config',
        `The model “${this.name}” starts from itself. Name another model in “from”.`,
      );
    await base.start();
    return {...spec, from: base.#key};
  }

  #startsFrom(model: LiveModel): boolean {
    if (this === model) return true;
    const {from} = this.#spec;
    const base = from === undefined ? undefined : this.#findModel?.(from);
    return base ? base.#startsFrom(model) : false;
  }

  async #recall(facts: ModelFacts): Promise<ModelFacts> {
    const {loadTokenizer} = await loadTokenizers();
    const tokenizer = await loadTokenizer(facts.tokenizer);
    if (this.#record?.facts !== facts) return this.start(); // the engine was quicker, or it is another model now
    this.tokenizer = tokenizer;
    this.#setFacts(facts);
    return facts;
  }

  /** The recorded answer to a question, if there is one and the engine is not there yet. */
  #recorded<M extends keyof RecordedAnswers>(
    method: M,
    ...question: unknown[]
  ): RecordedAnswers[M] | undefined {
    return this.#record?.answers[recordKey(method, ...question)] as RecordedAnswers[M] | undefined;
  }

  /** The recorded answer, else that of the engine, which is started for it. */
  /** Asks the engine, or a record, what it reads from a forward pass over a text: `question`, and all other options. */
  async #readText<M extends 'trace' | 'attribution' | 'lens' | 'pass'>(
    method: M,
    {text, ids, signal, ...options}: Pick<TraceRequest, 'text' | 'ids' | 'signal'>,
    ...question: unknown[]
  ): Promise<RecordedAnswers[M]> {
    await this.ready;
    const asked = [this.#idsOf(text, ids), ...question, options];
    type Ask = (...args: unknown[]) => Promise<RecordedAnswers[M]>;
    return this.#recordedOr(method, asked, () =>
      this.#cancellable(signal, (request) => (this.#engine[method] as Ask)(this.#key, ...asked, request)),
    );
  }

  async #recordedOr<M extends keyof RecordedAnswers>(
    method: M,
    question: unknown[],
    ask: () => Promise<RecordedAnswers[M]>,
  ): Promise<RecordedAnswers[M]> {
    const recorded = this.#recorded(method, ...question);
    if (recorded) return recorded;
    await this.start();
    return ask();
  }

  #dropRecord(): void {
    this.#record = this.#recalled = undefined;
  }

  /**
   * Whether the model was opened anew, e.g. with another spec, while it was being opened.
   * @throws {EngineError} `canceled` where the model was closed meanwhile
   */
  #isOutdated(instance: number, connection: EngineConnection | undefined): boolean {
    if (connection !== this.#connection) throw new EngineError('canceled', 'The model was closed.');
    return instance !== this.#instance;
  }

  #onFact = (fact: EngineFact): void => {
    if (fact.type === 'backend') {
      this.backend = fact.backend;
      this.#emit('gpt-facts');
    } else if ('model' in fact && fact.model === this.#key && fact.instance === this.#instance)
      this.#onOwnFact(fact);
  };

  #onOwnFact(fact: ModelFact): void {
    switch (fact.type) {
      case 'loading':
        this.loading = {message: fact.message, done: fact.done, total: fact.total};
        this.#emit('gpt-loading', this.loading);
        break;
      case 'tensor':
        this.#emit('gpt-tensor', fact.tensor);
        break;
      case 'model':
        this.#setFacts(fact.facts);
        break;
      case 'status':
        this.loading = undefined;
        this.#setStatus(fact.status, fact.message);
        break;
      case 'steps':
        this.loading = undefined;
        for (const step of fact.facts) {
          this.step = step.step;
          this.history.steps.push(step);
          this.#emit('gpt-step', step);
        }
        break;
      case 'eval':
        this.history.evals = [...this.history.evals.filter(({step}) => step !== fact.fact.step), fact.fact];
        this.#emit('gpt-eval', fact.fact);
        break;
      case 'sample':
        this.history.samples.push(fact.fact);
        this.#emit('gpt-sample', fact.fact);
        break;
      case 'history':
        this.history = fact.history;
        this.#emit('gpt-facts');
        break;
      case 'weights':
        this.#emit('gpt-weights', {step: fact.step});
        break;
      case 'saved':
        this.savedFact = fact.fact;
        this.#emit('gpt-saved', fact.fact);
        break;
      case 'error':
        this.#setError(fact.error);
        break;
      case 'gone':
        this.#ready = this.#instance = undefined; // the next request opens it again
        this.#forget();
        this.#setStatus('error');
        this.#setError(fact.error);
    }
  }

  /** Passes an abort on to the engine; the request then rejects with the code `canceled`. */
  async #cancellable<T>(signal: AbortSignal | undefined, ask: (request: number) => Promise<T>): Promise<T> {
    const {engine, nextRequest} = this.#held;
    if (signal?.aborted) throw canceled();
    const request = nextRequest();
    const cancel = () => void engine.cancel(request);
    signal?.addEventListener('abort', cancel, {once: true});
    try {
      return await ask(request);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  #idsOf(text = '', ids?: ArrayLike<number>): number[] {
    return ids ? Array.from(ids) : this.encode(text);
  }

  #needTokenizer(): Tokenizer {
    if (this.tokenizer) return this.tokenizer;
    throw new EngineError(
      'not-open',
      'The model is not loaded yet, so it has no tokenizer: await “ready” first.',
    );
  }

  #setFacts(facts: ModelFacts): void {
    this.facts = facts;
    this.step = facts.step;
    this.#emit('gpt-facts');
  }

  #setStatus(status: LiveStatus, message?: string): void {
    if (status === this.status && message === this.statusMessage) return;
    this.status = status;
    this.statusMessage = message;
    this.#emit('gpt-status', {status, message});
  }

  #setError({code, message}: EngineErrorFact): void {
    this.error = {code, message};
    this.#emit('gpt-error', this.error);
  }

  /** Nothing that was known of the old model is true of the next. */
  #forget(): void {
    this.facts = this.tokenizer = this.loading = this.savedFact = this.error = undefined;
    this.history = emptyHistory();
    this.step = 0;
    this.#isOpen = false;
  }

  #emit<K extends LiveModelEvent>(type: K, detail?: LiveModelEventMap[K]['detail']): void {
    this.dispatchEvent(new CustomEvent(type, {detail}));
  }
}
