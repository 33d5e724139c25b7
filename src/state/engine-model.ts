import {EngineError, toEngineError} from '../engine/errors.js';
import type {EngineConnection} from '../engine/page/connection.js';
import type {
  BackendChoice,
  EngineFact,
  EngineRequests,
  LoadedFact,
  ModelFacts,
  ModelSpec,
} from '../engine/protocol.js';
import type {GPTConfig} from '../model/config.js';
import type {Tokenizer} from '../tokenizers/tokenizer.js';
import {KnownModel} from './known-model.js';
import {loadTokenizers} from './load-tokenizers.js';
import type {ModelRecord, RecordedAnswers} from './record.js';
import {recordKey} from './record-key.js';
import {fromHere} from './spec.js';

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Counts the openings of all models of this page. */
let instances = 0;

/** Who uses which name in the engine. */
const holders = new Map<string, EngineModel>();

/** A model's name, or where another model that was made later has taken it, the name with a number. */
function freeKey(model: EngineModel): string {
  let key = model.name;
  for (let number = 2; (holders.get(key) ?? model) !== model; number++) key = `${model.name}-${number}`;
  holders.set(key, model);
  return key;
}

/**
 * A model that is opened in the engine when something is first asked of it, and again when it is made anew or gets lost.
 * Recorded answers stand in until then.
 */
export class EngineModel extends KnownModel {
  readonly name: string;
  /** Which backend the engine is asked for when this model is the first to start it. */
  backendChoice: BackendChoice;

  /** Whether recorded answers are enough until something else is asked: the engine does not start by itself. */
  onDemand = false;

  #spec: ModelSpec;
  /** Under which the engine knows this model. */
  protected key: string;
  /** Which opening of the model the facts must belong to; undefined: none. */
  protected instance?: number;
  #refused = false;
  /** The facts, once it is open; undefined: it has not been asked for. */
  protected opening?: Promise<ModelFacts>;
  /** What answers until the engine does. */
  #record?: ModelRecord;
  #recalled?: Promise<ModelFacts>;
  #connection?: EngineConnection;
  #unsubscribe?: () => void;
  readonly #connect: () => EngineConnection;
  /** Finds the model that another starts from. */
  readonly #findModel?: (name: string) => EngineModel | undefined;

  /** @param connect Gives a hold on an engine; called when something is first asked of the model. */
  constructor(
    name: string,
    spec: ModelSpec,
    connect: () => EngineConnection,
    {
      backend = 'auto',
      findModel,
    }: {backend?: BackendChoice; findModel?: (name: string) => EngineModel | undefined} = {},
  ) {
    super();
    this.#findModel = findModel;
    this.name = this.key = name;
    this.#spec = spec;
    this.#connect = connect;
    this.backendChoice = backend;
  }

  get spec(): ModelSpec {
    return this.#spec;
  }

  /** Another spec is another model: an open one is opened anew, with fresh weights. */
  set spec(spec: ModelSpec) {
    if (!this.#refused && isEqual(spec, this.#spec)) return;
    this.#spec = spec;
    this.#refused = false;
    const wasOpen = this.#connection !== undefined;
    this.opening = this.recordedRun = undefined;
    this.#dropRecord();
    this.forget();
    this.emit('gpt-facts');
    if (wasOpen) this.start().catch(() => {}); // `error` and `gpt-error` tell.
  }

  /** No model can be made from what was asked for: every request is refused with `error` until `spec` is set. */
  refuse(error: EngineError): void {
    this.#refused = true;
    this.#dropRecord();
    this.opening = Promise.reject(error);
    this.opening.catch(() => {}); // Whoever asks gets it; `error` and `gpt-error` tell the others.
    this.instance = undefined;
    this.#connection?.engine.close(this.key).catch(() => {}); // what it was before must not go on unseen
    this.forget();
    this.setStatus('error');
    this.setError(error);
  }

  get config(): GPTConfig | undefined {
    return this.facts?.config;
  }

  /**
   * What the model is. Opens it, which starts the engine, unless a record has its facts.
   * Rejects with an {@link EngineError}.
   */
  get ready(): Promise<ModelFacts> {
    return (this.isOpen ? this.opening : this.#recalled) ?? this.start();
  }

  /** Opens the model in the engine, if that has not begun. Rejects with an {@link EngineError}. */
  start(): Promise<ModelFacts> {
    return (this.opening ??= this.#open(this.#spec));
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
    if (!isEqual(record.spec, this.#spec)) return;
    if (record.run) this.recordedRun = record.run;
    if (this.isOpen) return;
    const {facts = this.#record?.facts, answers} = record;
    this.#record = {spec: this.#spec, facts, answers: {...this.#record?.answers, ...answers}};
    if (facts) this.#recalled ??= this.#recall(facts);
  }

  /** Frees the model, and the engine if nothing else uses it. Asking anything afterwards opens it anew. */
  async close(): Promise<void> {
    const connection = this.#connection;
    this.#unsubscribe?.();
    this.#connection = this.#unsubscribe = this.opening = this.instance = undefined;
    if (holders.get(this.key) === this) holders.delete(this.key);
    this.forget();
    this.setStatus('closed');
    if (!connection) return;
    try {
      await connection.engine.close(this.key);
    } catch {
      // An engine that is gone has freed the model already.
    } finally {
      connection.release();
    }
  }

  protected get held(): EngineConnection {
    if (this.#connection) return this.#connection;
    throw new EngineError('canceled', 'The model was closed.');
  }

  protected get engine(): EngineRequests {
    return this.held.engine;
  }

  async #open(spec: ModelSpec): Promise<ModelFacts> {
    let connection = this.#connection;
    const instance = (this.instance = ++instances);
    this.error = undefined;
    this.setStatus('loading');
    try {
      if (!connection) {
        this.key = freeKey(this);
        connection = this.#connection = this.#connect();
        this.#unsubscribe = connection.onFact(this.#onFact);
      }
      const {engine} = connection;
      const backend = await engine.start(this.backendChoice);
      if (this.#isOutdated(instance, connection)) return this.start(); // whoever waited gets the new one
      const facts = await engine.open(this.key, await this.#withBase(fromHere(spec)), instance);
      const {loadTokenizer} = await loadTokenizers();
      // The one that made the ids of recorded answers stays.
      const isKnown = isEqual(facts.tokenizer, this.facts?.tokenizer);
      const tokenizer = (isKnown && this.tokenizer) || (await loadTokenizer(facts.tokenizer));
      if (this.#isOutdated(instance, connection)) return this.start();
      this.#dropRecord();
      this.isOpen = true;
      this.backend = backend;
      this.tokenizer = tokenizer;
      this.setFacts(facts);
      this.loading = undefined;
      if (this.status === 'loading') this.setStatus('idle');
      this.emit('gpt-weights', {step: facts.step});
      return facts;
    } catch (error) {
      if (this.#isOutdated(instance, connection)) return this.start();
      const problem = toEngineError(error);
      this.opening = undefined; // the next request tries again
      this.setStatus('error');
      this.setError(problem);
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
    return {...spec, from: base.key};
  }

  #startsFrom(model: EngineModel): boolean {
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
    this.setFacts(facts);
    return facts;
  }

  /** Another model was loaded from files in the place of this one. */
  protected become({spec, facts, history}: LoadedFact, tokenizer: Tokenizer): void {
    // Of the same spec the object stays: whether an earlier run of it is to be continued was asked before.
    if (!isEqual(spec, this.#spec)) this.#spec = spec;
    if (!facts.step) this.savedFact = undefined; // of the model that was replaced
    this.opening = Promise.resolve(facts);
    this.recordedRun = this.error = undefined;
    this.tokenizer = tokenizer;
    this.history = history;
    this.setFacts(facts);
    this.emit('gpt-weights', {step: facts.step});
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
    return instance !== this.instance;
  }

  #onFact = (fact: EngineFact): void => {
    if (fact.type === 'backend') {
      this.backend = fact.backend;
      this.emit('gpt-facts');
    } else if ('model' in fact && fact.model === this.key && fact.instance === this.instance) {
      if (fact.type === 'gone') this.opening = this.instance = undefined; // the next request opens it again
      this.take(fact);
    }
  };

  /** The recorded answer to a question, if there is one and the engine is not there yet. */
  protected recorded<M extends keyof RecordedAnswers>(
    method: M,
    ...question: unknown[]
  ): RecordedAnswers[M] | undefined {
    return this.#record?.answers[recordKey(method, ...question)] as RecordedAnswers[M] | undefined;
  }
}
