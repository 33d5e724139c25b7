import {html, nothing, type ReactiveControllerHost, type TemplateResult} from 'lit';
import {type Merging, mergingOf} from '../../tokenizers/merging.js';
import {RANK_BYTES, type RankProgress} from '../../tokenizers/rank-files.js';
import {loadTiktoken} from '../../tokenizers/tiktoken.js';
import type {TiktokenEncoding, Tokenizer} from '../../tokenizers/tokenizer.js';
import type {ModelHost} from './model-controller.js';
import type {ModelTokenizer} from './model-tokenizer.js';

/** A published encoding, or the tokenizer of the page's model. */
export type TokenizerName = TiktokenEncoding | 'model';

export const isEncoding = (name: string): name is TiktokenEncoding => Object.hasOwn(RANK_BYTES, name);

/** Whether an element stands in a page for a model: then the model's tokenizer is the one to show. */
export const namesModel = (host: ModelHost): boolean => host.for !== '' || host.closest('gpt-model') !== null;

/**
 * Gets a tokenizer for its host: loads a published vocabulary, or opens the page's model and takes the model's own.
 * Nothing is loaded before `use`; what has to do with models is not even downloaded before a model is asked for.
 */
export class TokenizerController {
  tokenizer?: Tokenizer;
  /** What it merges, if it merges anything. */
  merging?: Merging;
  /** What is loading, and how far it is where that is known. */
  loading?: {name: TokenizerName; progress?: RankProgress};

  #name?: TokenizerName;
  #problem?: string;
  #followed?: ModelTokenizer;
  readonly #host: ReactiveControllerHost & ModelHost;

  constructor(host: ReactiveControllerHost & ModelHost) {
    this.#host = host;
  }

  /** Why there is no tokenizer, for the reader. */
  get problem(): string | undefined {
    return this.#problem ?? this.#followed?.problem;
  }

  /** Asks for a tokenizer; asking for the same one again changes nothing. */
  use(name: TokenizerName): void {
    if (name === this.#name) return;
    this.none();
    this.#name = name;
    this.loading = {name};
    if (name === 'model') void this.#followModel();
    else void this.#loadEncoding(name);
    this.#host.requestUpdate();
  }

  /** No tokenizer is needed at present. */
  none(): void {
    this.#followed?.end();
    this.#followed = this.#name = this.#problem = undefined;
    this.tokenizer = this.merging = this.loading = undefined;
  }

  retry = (): void => {
    const name = this.#name;
    this.none();
    if (name) this.use(name);
  };

  async #loadEncoding(name: TiktokenEncoding): Promise<void> {
    const onProgress = (progress: RankProgress) => {
      if (this.#name !== name) return;
      this.loading = {name, progress};
      this.#host.requestUpdate();
    };
    await this.#settle(
      () => this.#name === name,
      () => loadTiktoken(name, onProgress),
    );
  }

  async #followModel(): Promise<void> {
    const {ModelTokenizer} = await import('./model-tokenizer.js');
    if (this.#name !== 'model' || this.#followed) return;
    this.#followed = new ModelTokenizer(this.#host, (get, signal) => {
      this.tokenizer = undefined;
      if (get) void this.#settle(() => !signal.aborted, get);
    });
  }

  /** Takes what `get` gives, unless something else is wanted by then. */
  async #settle(isWanted: () => boolean, get: () => Promise<Tokenizer>): Promise<void> {
    try {
      const tokenizer = await get();
      const merging = await mergingOf(tokenizer);
      if (!isWanted()) return;
      this.tokenizer = tokenizer;
      this.merging = merging;
      this.#problem = undefined;
    } catch (error) {
      if (!isWanted()) return;
      this.tokenizer = undefined;
      this.#problem = (error as Error).message;
    }
    this.loading = undefined;
    this.#host.requestUpdate();
  }
}

/** What the reader sees in place of tokens: how far loading is, or what went wrong and a button that tries again. */
export function renderTokenizerState({
  loading,
  problem,
  retry,
}: TokenizerController): TemplateResult | typeof nothing {
  if (problem)
    return html`<div class="error" role="alert">${problem} <button @click=${retry}>Try again</button></div>`;
  if (!loading) return nothing;
  const {name, progress} = loading;
  const what =
    name === 'model'
      ? 'the page’s model'
      : `the vocabulary of ${name} (${(RANK_BYTES[name] / 1e6).toFixed(1)} MB)`;
  return html`<label class="loading"
    >Loading ${what} …
    ${
      progress
        ? html`<progress max=${progress.total} value=${progress.done}></progress>`
        : html`<progress></progress>`
    }
  </label>`;
}
