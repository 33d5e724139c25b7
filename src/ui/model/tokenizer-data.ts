import {html, nothing, type TemplateResult} from 'lit';
import type {LiveModel} from '../../state/live-model.js';
import {type Merging, mergingOf} from '../../tokenizers/merging.js';
import {RANK_BYTES, type RankProgress} from '../../tokenizers/rank-files.js';
import {loadTiktoken} from '../../tokenizers/tiktoken.js';
import type {TiktokenEncoding, Tokenizer} from '../../tokenizers/tokenizer.js';
import {Loaded} from '../base/loaded.js';
import type {ModelController, ModelHost} from './model-controller.js';

/** A published encoding, or the tokenizer of the page's model. */
export type TokenizerName = TiktokenEncoding | 'model';

/** The tokenizers that a reader can choose from. */
export const TOKENIZERS: readonly {name: TokenizerName; label: string}[] = [
  {name: 'gpt2', label: 'gpt2 (GPT-2)'},
  {name: 'cl100k_base', label: 'cl100k_base (GPT-4)'},
  {name: 'o200k_base', label: 'o200k_base (GPT-4o)'},
  {name: 'model', label: 'this page’s model'},
];

/** Returns the tokenizer that an `encoding` attribute names. Default: `model` if the host names a model, else `gpt2`. */
export function tokenizerNamed(encoding: string, host: ModelHost): TokenizerName {
  const named = TOKENIZERS.find(({name}) => name === encoding);
  if (named) return named.name;
  const namesModel = host.for !== '' || host.closest('gpt-model') !== null;
  return encoding === '' && namesModel ? 'model' : 'gpt2';
}

interface TokenizerRequest {
  name: TokenizerName;
  /** For `model`: the model, once it is found, and its tokenizer, once it is open. */
  model?: LiveModel;
  tokenizer?: Tokenizer;
}

/** A tokenizer, and what it merges, if it merges anything. */
interface LoadedTokenizer {
  tokenizer: Tokenizer;
  merging?: Merging;
}

/**
 * The tokenizer that a view shows: a published vocabulary, or the tokenizer of its model, which opens the model. Code for
 * models is downloaded only if a model is asked for.
 */
export class TokenizerData {
  #progress?: RankProgress;
  #models?: ModelController;
  readonly #host: ModelHost;
  readonly #name: () => TokenizerName | undefined;
  readonly #loaded: Loaded<TokenizerRequest, LoadedTokenizer>;

  /** @param name Which tokenizer to load; undefined: none. */
  constructor(host: ModelHost, name: () => TokenizerName | undefined) {
    this.#host = host;
    this.#name = name;
    this.#loaded = new Loaded(host, {
      request: () => this.#request(),
      load: (request, signal) => this.#load(request, signal),
    });
  }

  get tokenizer(): Tokenizer | undefined {
    return this.#loaded.current?.tokenizer;
  }

  /** What the tokenizer merges, if it merges anything. */
  get merging(): Merging | undefined {
    return this.#loaded.current?.merging;
  }

  /** Why there is no tokenizer, as a sentence for the reader. */
  get error(): string | undefined {
    return this.#loaded.error ?? this.#models?.problem;
  }

  get visible(): boolean {
    return this.#loaded.visible;
  }

  /** Follows changed properties. Hosts call this first in `willUpdate` if they read the tokenizer there. */
  update(): void {
    this.#loaded.hostUpdate();
  }

  retry = (): void => {
    this.#leaveModel();
    this.#loaded.retry();
  };

  /** In place of tokens: how far loading is, or an error and a button that tries again. */
  render(): TemplateResult | typeof nothing {
    const {error} = this;
    if (error)
      return html`<div class="error" role="alert">${error} <button @click=${this.retry}>Try again</button></div>`;
    const name = this.#name();
    if (!this.#loaded.loading || !name) return nothing;
    const progress = this.#progress;
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

  #request(): TokenizerRequest | undefined {
    const name = this.#name();
    if (name !== 'model') {
      this.#leaveModel();
      return name && {name};
    }
    const model = this.#models?.model;
    return {name, model, tokenizer: model?.tokenizer};
  }

  async #load({name, model}: TokenizerRequest, signal: AbortSignal): Promise<LoadedTokenizer | undefined> {
    this.#progress = undefined;
    const tokenizer =
      name === 'model' ? await this.#ofModel(model, signal) : await this.#encoding(name, signal);
    return tokenizer && {tokenizer, merging: await mergingOf(tokenizer)};
  }

  #encoding(name: TiktokenEncoding, signal: AbortSignal): Promise<Tokenizer> {
    return loadTiktoken(name, (progress) => {
      if (signal.aborted) return;
      this.#progress = progress;
      this.#host.requestUpdate();
    });
  }

  async #ofModel(model: LiveModel | undefined, signal: AbortSignal): Promise<Tokenizer | undefined> {
    if (!model) {
      const {ModelController} = await import('./model-controller.js');
      // When it finds the model, the host updates, and the request has a model.
      if (!signal.aborted) this.#models ??= new ModelController(this.#host, ['gpt-facts']);
      return undefined;
    }
    await model.ready;
    return model.tokenizer;
  }

  #leaveModel(): void {
    if (!this.#models) return;
    this.#host.removeController(this.#models);
    this.#models.hostDisconnected();
    this.#models = undefined;
  }
}
