import type {ReactiveController} from 'lit';
import {EngineError} from '../../engine/errors.js';
import type {ModelFacts} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {type Watch, watchModel} from '../../state/watch.js';
import {errorWords} from '../base/error-words.js';
import {isSame} from '../base/loaded.js';
import {VisibleController} from '../base/visible-controller.js';
import {ModelController, type ModelHost} from './model-controller.js';
import {startWhenIdle} from './start-when-idle.js';

/** What a view asks its model for, and how. */
export interface ModelQuestion<Request extends object, Prepared, Data> {
  /**
   * What to ask for, as a flat object of texts, numbers or lists of them: it is asked again when one of them changes.
   * Undefined: nothing, e.g. because the page has given the data.
   */
  request(): Request | undefined;
  /**
   * Completes a request once the model is open, e.g. encodes its text.
   * @returns undefined if there is nothing to show
   * @throws {Error} with a sentence for the reader
   */
  prepare(
    model: LiveModel,
    request: Request,
    facts: ModelFacts,
    signal: AbortSignal,
  ): Prepared | undefined | Promise<Prepared | undefined>;
  /** Reads the data. Called again whenever the model's weights change. */
  load(model: LiveModel, prepared: Prepared, signal: AbortSignal): Promise<Data>;
  /** The host shows another model, or none. */
  modelChanged(model: LiveModel | undefined): void;
}

/**
 * The data that a view shows of its model: finds the model, asks while the host is visible, and asks again when the
 * request or the weights change. The last good data stays while new data loads, and when a request fails.
 */
export class ModelData<Request extends object, Prepared, Data> implements ReactiveController {
  /** The last good answer. */
  data?: Data;

  #error?: Error;
  #asked?: Request;
  #askedModel?: LiveModel;
  /** The tokenizer that `#asked` was prepared with. */
  #tokenizer?: LiveModel['tokenizer'];
  #watch?: Watch;
  #abort?: AbortController;
  readonly #host: ModelHost;
  readonly #question: ModelQuestion<Request, Prepared, Data>;
  readonly #minIntervalMs: number;
  readonly #models: ModelController;
  readonly #visible: VisibleController;

  /** @param minIntervalMs Milliseconds between the starts of two loads while the model trains. */
  constructor(host: ModelHost, question: ModelQuestion<Request, Prepared, Data>, minIntervalMs = 250) {
    this.#host = host;
    this.#question = question;
    this.#minIntervalMs = minIntervalMs;
    this.#visible = new VisibleController(host, (visible) => {
      if (!visible) return;
      this.#watch?.poke();
      host.requestUpdate();
    });
    this.#models = new ModelController(
      host,
      ['gpt-facts', 'gpt-loading', 'gpt-error'],
      (model) => {
        this.#stop();
        if (model && model !== this.#askedModel) this.data = undefined;
        question.modelChanged(model);
      },
      () => this.visible && question.request() !== undefined,
    );
    host.addController(this);
  }

  get model(): LiveModel | undefined {
    return this.#models.model;
  }

  get visible(): boolean {
    return this.#visible.visible;
  }

  /** Why no model was found, as a sentence for the reader. */
  get problem(): string | undefined {
    return this.#models.problem;
  }

  /** Why there is no (newer) data, as a sentence for the reader. */
  get error(): string | undefined {
    return this.problem ?? (this.#error && errorWords(this.#error));
  }

  /** Asks again; undefined where that would not help: no model was found, or it lacks a token of the text. */
  get retry(): (() => void) | undefined {
    if (this.problem) return this.#models.retry;
    return this.#error instanceof EngineError && this.#error.code === 'token' ? undefined : this.#retry;
  }

  #retry = (): void => {
    this.#stop();
    this.#host.requestUpdate();
  };

  /** Lit calls this before each rendering, so that a changed property becomes a new request. */
  hostUpdate(): void {
    const request = this.#question.request();
    if (!request) this.#stop();
    // Nothing is loaded for a view that the reader has not scrolled to.
    else if (this.model && this.visible && this.#host.isConnected) this.#ask(this.model, request);
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #ask(model: LiveModel, request: Request): void {
    const sameTokenizer = !model.tokenizer || !this.#tokenizer || model.tokenizer === this.#tokenizer;
    if (this.#asked && model === this.#askedModel && isSame(this.#asked, request) && sameTokenizer) return;
    this.#stop();
    this.#asked = request;
    this.#askedModel = model;
    this.#abort = new AbortController();
    void this.#start(model, request, this.#abort.signal);
  }

  #stop(): void {
    this.#abort?.abort();
    this.#watch = this.#asked = this.#tokenizer = this.#abort = this.#error = undefined;
  }

  async #start(model: LiveModel, request: Request, signal: AbortSignal): Promise<void> {
    try {
      const facts = await model.ready;
      if (signal.aborted) return;
      const tokenizer = (this.#tokenizer = model.tokenizer);
      const prepared = await this.#question.prepare(model, request, facts, signal);
      if (signal.aborted) return;
      if (prepared === undefined) {
        this.data = undefined;
        this.#host.requestUpdate();
        return;
      }
      const load = (stopped: AbortSignal): Promise<Data> => this.#question.load(model, prepared, stopped);
      const options = {
        signal,
        minIntervalMs: this.#minIntervalMs,
        isVisible: () => this.visible,
        onError: this.#fail,
      };
      this.#watch = watchModel(model, load, options, (data) => {
        if (model.tokenizer !== tokenizer) return; // an answer of the model before this one
        this.data = data;
        this.#error = undefined;
        this.#host.requestUpdate();
        startWhenIdle(model);
      });
    } catch (error) {
      if (!signal.aborted) this.#fail(error as Error);
    }
  }

  #fail = (error: Error): void => {
    this.#error = error;
    this.#host.requestUpdate();
  };
}
