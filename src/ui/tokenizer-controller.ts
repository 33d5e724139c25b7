import {html, nothing, type ReactiveControllerHost, type TemplateResult} from 'lit';
import {RANK_BYTES, type RankProgress} from '../tokenizers/rank-files.js';
import {loadRanked} from '../tokenizers/ranked.js';
import type {TiktokenEncoding, Tokenizer} from '../tokenizers/tokenizer.js';
import {bytes} from './format.js';
import type {ModelController, ModelHost} from './model-controller.js';

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
  /** What is loading, and how far it is where that is known. */
  loading?: {name: TokenizerName; progress?: RankProgress};

  #name?: TokenizerName;
  #problem?: string;
  #models?: ModelController;
  /** Ends listening to the model. */
  #following?: AbortController;
  readonly #host: ReactiveControllerHost & ModelHost;

  constructor(host: ReactiveControllerHost & ModelHost) {
    this.#host = host;
  }

  /** Why there is no tokenizer, for the reader. */
  get problem(): string | undefined {
    return this.#problem ?? this.#models?.problem;
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
    if (this.#models) {
      this.#host.removeController(this.#models);
      this.#models.hostDisconnected();
    }
    this.#models = this.#name = this.tokenizer = this.loading = this.#problem = undefined;
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
      () => loadRanked(name, onProgress),
    );
  }

  async #followModel(): Promise<void> {
    const {ModelController} = await import('./model-controller.js');
    if (this.#name !== 'model' || this.#models) return;
    this.#models = new ModelController(this.#host, [], (model) => {
      this.#following?.abort();
      this.tokenizer = undefined;
      if (!model) return;
      this.#following = new AbortController();
      const {signal} = this.#following;
      const read = () =>
        this.#settle(
          () => !signal.aborted,
          async () => {
            await model.ready;
            return viewOf(model.tokenizer!);
          },
        );
      model.addEventListener('gpt-facts', read, {signal}); // made anew, perhaps with another vocabulary
      void read();
    });
  }

  /** Takes what `get` gives, unless something else is wanted by then. */
  async #settle(isWanted: () => boolean, get: () => Promise<Tokenizer>): Promise<void> {
    try {
      const tokenizer = await get();
      if (!isWanted()) return;
      this.tokenizer = tokenizer;
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

/** The same tokenizer, as one whose merges can be looked at where it has merges. */
async function viewOf(tokenizer: Tokenizer): Promise<Tokenizer> {
  const {spec} = tokenizer;
  return spec.kind === 'tiktoken' ? loadRanked(spec.encoding) : tokenizer;
}

const NAMES: Record<TokenizerName, string> = {
  gpt2: 'GPT-2’s vocabulary',
  cl100k_base: 'GPT-4’s vocabulary',
  o200k_base: 'GPT-4o’s vocabulary',
  model: 'the page’s model',
};

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
  const size = name === 'model' ? '' : ` (${bytes(RANK_BYTES[name])})`;
  return html`<label class="loading"
    >Loading ${NAMES[name]}${size} …
    ${
      progress
        ? html`<progress max=${progress.total} value=${progress.done}></progress>`
        : html`<progress></progress>`
    }
  </label>`;
}
