import {canceled, EngineError} from '../engine/errors.js';
import {loadCode} from '../engine/page/load-code.js';
import type {
  CheckpointSpec,
  EvalFact,
  GeneratedToken,
  LensReading,
  LoadedFact,
  LogitAttribution,
  ModelFacts,
  NamedTensor,
  PassReading,
  SavedFact,
  SaveOptions,
  StepFact,
  TensorDistance,
  WeightReading,
} from '../engine/protocol.js';
import type {Tokenizer} from '../tokenizers/tokenizer.js';
import type {TrainingOptions} from '../training/options.js';
import {AsyncQueue} from './async-queue.js';
import {EngineModel} from './engine-model.js';
import type {
  AttributionRequest,
  ClassifyRequest,
  EvaluateRequest,
  GenerateRequest,
  LensRequest,
  PassRequest,
  TraceRequest,
} from './live-model-types.js';
import {loadTokenizers} from './load-tokenizers.js';
import type {RecordedAnswers} from './record.js';
import {checkpointFromHere} from './spec.js';

export type * from './live-model-types.js';

/** @throws {EngineError} `token` in place of a tokenizer's own errors */
function asTokenError<T>(encode: () => T): T {
  try {
    return encode();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('token', (error as Error).message, {cause: error});
  }
}

/**
 * A model as a page sees it: what is known of it (fields), what can be asked of it (methods), and what has
 * happened to it (events). The model itself lives in the engine. Nothing starts until something is asked.
 * Every method throws {@link EngineError}: a `code` for programs, a sentence for readers.
 */
export class LiveModel extends EngineModel {
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
      this.#cancellable(signal, (request) => this.engine.classify(this.key, rows, options, request)),
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
    const recorded = this.recorded('generate', options);
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
      unsubscribe = this.held.onFact((fact) => {
        if (fact.type === 'token' && fact.request === request) tokens.push(fact.token);
      });
      return this.engine.generate(this.key, options, request);
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
    await this.engine.train(this.key, options);
  }

  async pause(): Promise<void> {
    if (!this.opening) return; // nothing runs that has not been opened
    await this.start();
    await this.engine.pause(this.key);
  }

  async resume(): Promise<void> {
    await this.start();
    this.error = undefined;
    await this.engine.resume(this.key);
  }

  /** One training step. */
  async stepOnce(): Promise<StepFact> {
    await this.start();
    return this.engine.step(this.key);
  }

  /** Ends the run; the weights stay. */
  async stop(): Promise<void> {
    if (!this.opening) return;
    await this.start();
    await this.engine.stop(this.key);
  }

  /** Fresh weights from the seed, step 0, an empty history. */
  async reset(): Promise<ModelFacts> {
    await this.start();
    this.error = undefined;
    return this.engine.reset(this.key);
  }

  /** Metrics on both sets. With interventions, those of the changed model, which stay out of the curve. */
  async evaluate({interventions, signal}: EvaluateRequest = {}): Promise<EvalFact> {
    await this.start();
    return this.#cancellable(signal, (request) => this.engine.evaluate(this.key, request, interventions));
  }

  /** Weights under their GPT-2 names; all of them, or those whose names match (`*` is a wildcard). */
  async weights(names?: string[]): Promise<Map<string, NamedTensor>> {
    await this.ready;
    const weights = await this.#recordedOr('weights', [names], () => this.engine.weights(this.key, names));
    return new Map(Object.entries(weights));
  }

  /** A tensor's statistics and a sample of it, by its GPT-2 name, with gradient and update of the last training step. */
  async inspect(name: string, {signal}: {signal?: AbortSignal} = {}): Promise<WeightReading> {
    await this.ready;
    return this.#recordedOr('inspect', [name], () =>
      this.#cancellable(signal, (request) => this.engine.inspect(this.key, name, request)),
    );
  }

  /** Replaces the weights that are named. */
  async setWeights(weights: ReadonlyMap<string, NamedTensor> | Record<string, NamedTensor>): Promise<void> {
    await this.start();
    await this.engine.setWeights(
      this.key,
      weights instanceof Map ? Object.fromEntries(weights) : (weights as Record<string, NamedTensor>),
    );
  }

  /** The autosave that belongs to this model's spec, if there is one. */
  async saved(): Promise<SavedFact | undefined> {
    await this.start();
    const instance = this.instance;
    const saved = await this.engine.saved(this.key);
    if (instance === this.instance) this.savedFact = saved;
    return saved;
  }

  async save(): Promise<SavedFact> {
    await this.start();
    return this.engine.save(this.key);
  }

  /** Continues from the autosave: weights, moments, step, settings and history. */
  async restore(): Promise<ModelFacts> {
    await this.start();
    this.error = undefined;
    return this.engine.restore(this.key);
  }

  /** Deletes the autosave. */
  async discard(): Promise<void> {
    await this.start();
    await this.engine.discard(this.key);
  }

  /**
   * Replaces the model by what lies in files: a checkpoint that was saved here, or a Hugging Face folder. It is read and checked before the
   * model is touched; where that fails, the model goes on.
   */
  async load(checkpoint: CheckpointSpec, {signal}: {signal?: AbortSignal} = {}): Promise<LoadedFact> {
    await this.start();
    const instance = this.instance;
    try {
      const loaded = await this.#cancellable(signal, (request) =>
        this.engine.load(this.key, checkpointFromHere(checkpoint), request),
      );
      const {loadTokenizer} = await loadTokenizers();
      const tokenizer = await loadTokenizer(loaded.facts.tokenizer);
      if (instance !== this.instance) throw canceled();
      this.become(loaded, tokenizer);
      return loaded;
    } finally {
      this.loading = undefined;
    }
  }

  /** Writes the model as a file; the browser keeps its bytes. Training waits meanwhile. */
  async saveFile(options: SaveOptions, {signal}: {signal?: AbortSignal} = {}): Promise<Blob> {
    await this.start();
    return this.#cancellable(signal, (request) => this.engine.saveFile(this.key, options, request));
  }

  /** How far each tensor of the model lies from that of the same name in files. */
  async compare(
    checkpoint: CheckpointSpec,
    {signal}: {signal?: AbortSignal} = {},
  ): Promise<TensorDistance[]> {
    await this.start();
    try {
      return await this.#cancellable(signal, (request) =>
        this.engine.compare(this.key, checkpointFromHere(checkpoint), request),
      );
    } finally {
      this.loading = undefined;
    }
  }

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
      this.#cancellable(signal, (request) => (this.engine[method] as Ask)(this.key, ...asked, request)),
    );
  }

  /** The recorded answer, else that of the engine, which is started for it. */
  async #recordedOr<M extends keyof RecordedAnswers>(
    method: M,
    question: unknown[],
    ask: () => Promise<RecordedAnswers[M]>,
  ): Promise<RecordedAnswers[M]> {
    const recorded = this.recorded(method, ...question);
    if (recorded) return recorded;
    await this.start();
    return ask();
  }

  /** Passes an abort on to the engine; the request then rejects with the code `canceled`. */
  async #cancellable<T>(signal: AbortSignal | undefined, ask: (request: number) => Promise<T>): Promise<T> {
    const {engine, nextRequest} = this.held;
    if (signal?.aborted) throw canceled();
    const request = nextRequest();
    const cancel = () => void engine.cancel(request).catch(() => {}); // an engine that is gone has stopped
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
}
