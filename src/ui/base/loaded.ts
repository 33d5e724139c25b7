import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {errorWords} from './error-words.js';
import {VisibleController} from './visible-controller.js';

/** What a host shows, and how to get it. */
export interface LoadedOptions<Request extends object, Data> {
  /**
   * What to load, as a flat object of texts, numbers or objects: it is loaded again when one of them changes.
   * Undefined: nothing. Called before each rendering.
   */
  request(): Request | undefined;
  /**
   * Loads the data.
   * @param show Shows what has been loaded so far.
   * @returns undefined if another request must come first
   * @throws {Error} with a sentence for the reader
   */
  load(request: Request, signal: AbortSignal, show: (data: Data) => void): Promise<Data | undefined>;
  /** The host came on the screen, or left it. */
  visibleChanged?(visible: boolean): void;
}

/**
 * Data that a host shows and that depends on its properties. Loads while the host is visible, and again when the
 * request changes. The last good data stays while new data loads, and when loading fails.
 */
export class Loaded<Request extends object, Data> implements ReactiveController {
  /** The last good data, also if it answers an earlier request. */
  data?: Data;
  /** Why there is no (newer) data, as a sentence for the reader. */
  error?: string;

  #asked?: Request;
  #answered?: Request;
  #abort?: AbortController;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: LoadedOptions<Request, Data>;
  readonly #visible: VisibleController;

  constructor(host: ReactiveControllerHost & HTMLElement, options: LoadedOptions<Request, Data>) {
    this.#host = host;
    this.#options = options;
    this.#visible = new VisibleController(host, (visible) => {
      options.visibleChanged?.(visible);
      if (visible) host.requestUpdate();
    });
    host.addController(this);
  }

  /** The data, if it answers the present request. */
  get current(): Data | undefined {
    return this.#asked && this.#asked === this.#answered ? this.data : undefined;
  }

  get loading(): boolean {
    return this.#abort !== undefined;
  }

  get visible(): boolean {
    return this.#visible.visible;
  }

  retry = (): void => {
    this.#stop();
    this.#host.requestUpdate();
  };

  /** Stops loading until the request changes or is retried. */
  cancel(message: string): void {
    this.#abort?.abort();
    this.#fail(message);
  }

  /** Lit calls this before each rendering. A host whose `willUpdate` reads the data calls it there first. */
  hostUpdate(): void {
    const request = this.#options.request();
    if (!request) this.#stop();
    else if (this.visible && this.#host.isConnected) this.#ask(request);
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #ask(request: Request): void {
    if (this.#asked && isSame(this.#asked, request)) return;
    this.#stop();
    this.#asked = request;
    this.#abort = new AbortController();
    void this.#load(request, this.#abort.signal);
  }

  #stop(): void {
    this.#abort?.abort();
    this.#asked = this.#abort = this.error = undefined;
  }

  async #load(request: Request, signal: AbortSignal): Promise<void> {
    const show = (data: Data): void => {
      if (signal.aborted) return;
      this.data = data;
      this.#answered = request;
      this.#host.requestUpdate();
    };
    try {
      const data = await this.#options.load(request, signal, show);
      if (data === undefined || signal.aborted) return;
      this.#abort = undefined;
      show(data);
    } catch (error) {
      if (!signal.aborted) this.#fail(errorWords(error as Error));
    }
  }

  #fail(message: string): void {
    this.#abort = undefined;
    this.error = message;
    this.#host.requestUpdate();
  }
}

/** Whether two requests, flat objects of texts, numbers, objects or lists, ask for the same. */
export function isSame<Request extends object>(a: Request, b: Request): boolean {
  const keys = Object.keys({...a, ...b}) as (keyof Request)[];
  return keys.every(
    (key) => Object.is(a[key], b[key]) || (Array.isArray(a[key]) && `${a[key]}` === `${b[key]}`),
  );
}
