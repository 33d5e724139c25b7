import {css, html, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import type {CorpusSpec} from '../../data/corpus.js';
import {
  type BackendFacts,
  createModel,
  EngineError,
  type EvalFact,
  type GeneratedToken,
  type GenerateRequest,
  type GPTConfig,
  type GPTConfigInput,
  type LiveModel,
  type LiveModelEventMap,
  type LiveStatus,
  type ModelFacts,
  type NamedTensor,
  removeModel,
  type StepFact,
  type TraceRequest,
  type TrainingOptions,
} from '../../state/index.js';
import type {Tokenizer, TokenizerChoice} from '../../tokenizers/tokenizer.js';
import {DefaultsElement} from '../../ui/base/defaults-element.js';
import {define} from '../../ui/base/define.js';
import {followModel} from '../../ui/model/find-model.js';
import {readBackend, readSpec} from './model-spec.js';

const DEFAULT_CORPUS = 'tiny-tales';
const PASSED_ON = ['gpt-status', 'gpt-step', 'gpt-eval', 'gpt-sample', 'gpt-error'] as const;

/**
 * Names a GPT that lives in the page. Invisible: the elements inside it, and those that name its id with `for`,
 * are windows on this one model. It is also how a script uses the model. Nothing is downloaded or computed before
 * something is asked of it.
 *
 * @summary A GPT in the page, for other elements and for scripts.
 * @group the model
 * @slot - The elements that show this model. A `<script type="text/plain">` among them holds the text to learn from.
 * @event {CustomEvent<{status: string, message?: string}>} gpt-status - The model is loading, idle, training, paused, done or in error.
 * @event {CustomEvent<StepFact>} gpt-step - A training step was done.
 * @event {CustomEvent<EvalFact>} gpt-eval - Both losses were measured.
 * @event {CustomEvent<SampleFact>} gpt-sample - The model wrote a sample while training.
 * @event {CustomEvent<EngineErrorFact>} gpt-error - Something went wrong: a code for programs, a sentence for readers.
 */
export class GptModel extends DefaultsElement {
  static override styles = css`
    :host {
      display: contents;
    }
    :host([hidden]) {
      display: none;
    }
  `;

  /** The size: `nano`, `micro`, `mini`, `small` or `gpt2-124M`. */
  @property({reflect: true}) accessor preset = 'nano';

  /**
   * Opens a model that comes trained: `tiny-tales`. It is fetched (0.6 MB) when something is first asked of it; size and
   * tokenizer are then its own.
   */
  @property({reflect: true}) accessor pretrained = '';

  /**
   * Starts from a checkpoint: the address of a `.safetensors` or `.zip` file that was saved here or of a Hugging Face folder, or a
   * repository on the hub as `hub:owner/name`. Size and tokenizer are then its own.
   */
  @property({reflect: true}) accessor checkpoint = '';

  /**
   * Starts from the weights of another `<gpt-model>`, by its id, as they are when this model is first asked for something. Size, tokenizer
   * and, unless `corpus` is given, text are then the other’s, which stays as it is.
   */
  @property({reflect: true}) accessor from = '';

  /**
   * How loaded weights are held: `float32`, or `float16` to be read only, in half the memory. Default: `float32` up to 128 MiB. Random weights,
   * and those of a run that goes on, are always `float32`.
   */
  @property({reflect: true}) accessor dtype = '';

  /** Overrides numbers of the preset, as JSON or as an object, in either spelling: `{"emb_dim": 64, "nLayers": 2}`. */
  @property({attribute: 'config'}) accessor configChoice: string | GPTConfigInput = '';

  /** What it learns from: `tiny-tales`, a toy task (`copy`, `reverse`, `sort`, `add`, `induction`), `the-verdict`, `tiny-shakespeare`, or the address of a text. As a property, also a description of a corpus. */
  @property() accessor corpus: string | CorpusSpec = DEFAULT_CORPUS;

  /** A text to learn from. It comes before `corpus`; so does the text of a `<script type="text/plain">` inside. */
  @property({attribute: false}) accessor text = '';

  /** How text becomes ids: `char`, `word` (the corpus's characters or words) or OpenAI's `gpt2`, `cl100k_base`, `o200k_base`. As a property, also the spec of a trained tokenizer. */
  @property({attribute: 'tokenizer'}) accessor tokenizerChoice: string | TokenizerChoice = '';

  /** Fixes the initial weights, the batches and dropout: the same seed gives the same run. */
  @property({type: Number}) accessor seed: number | undefined;

  /** Share of the text that is trained on; the rest is held back for validation. Default: 0.9. */
  @property({type: Number, attribute: 'train-share'}) accessor trainShare: number | undefined;

  /** Tokens between the starts of two neighboring windows. Default: the context length. */
  @property({type: Number}) accessor stride: number | undefined;

  /** What should run it: `auto`, `webgpu`, `wasm`, `webgl` or `cpu`. One engine runs all models of a page. */
  @property({attribute: 'backend'}) accessor backendChoice = 'auto';

  /** Leaves recorded answers on show until the reader asks for something that was not recorded: nothing is downloaded before. */
  @property({type: Boolean, reflect: true, attribute: 'on-demand'}) accessor onDemand = false;

  #live?: LiveModel;
  /** Whether `#live` was closed because this element left the page. */
  #removed = false;
  /** The model that this one starts from, and the id by which it was looked for. */
  #base?: LiveModel;
  #followed = '';
  #unfollow?: () => void;
  /** What was last asked for, so that a model which a view has changed since is left alone. */
  #asked?: string;

  /** The model that the elements of the page share. */
  get live(): LiveModel {
    if (!this.#live) {
      this.#live = createModel(this.id || undefined);
      this.#live.onDemand = this.onDemand;
      for (const type of PASSED_ON) this.#live.addEventListener(type, this.#passOn);
      this.#ask(this.#live);
    }
    return this.#live;
  }

  /** Opens the model (corpus, weights, engine). Rejects with an error whose message is for readers. */
  get ready(): Promise<ModelFacts> {
    return this.live.ready;
  }

  // Frameworks set a property where one has the name of an attribute: these three can be set, and then ask as the attribute does.

  /** The whole configuration, once ready. Setting it does what the attribute does. */
  get config(): GPTConfig | undefined {
    return this.live.config;
  }

  set config(config: string | GPTConfigInput | undefined) {
    this.configChoice = config ?? '';
  }

  /** The tokenizer, once ready. Setting it does what the attribute does. */
  get tokenizer(): Tokenizer | undefined {
    return this.live.tokenizer;
  }

  set tokenizer(tokenizer: string | TokenizerChoice | undefined) {
    this.tokenizerChoice = tokenizer ?? '';
  }

  /** What runs the model and why, once ready. Setting it does what the attribute does. */
  get backend(): BackendFacts | undefined {
    return this.live.backend;
  }

  set backend(backend: string | undefined) {
    this.backendChoice = backend ?? 'auto';
  }

  get status(): LiveStatus {
    return this.live.status;
  }

  /** Token ids of a text. Only once ready. */
  encode(text: string): number[] {
    return this.live.encode(text);
  }

  /** The text of token ids. Only once ready. */
  decode(ids: ArrayLike<number>): string {
    return this.live.decode(ids);
  }

  /** One forward pass: the intermediates whose names match `want`, e.g. `h.*.attn.probs`, as shapes and numbers. */
  trace(request: TraceRequest): Promise<Record<string, NamedTensor>> {
    return this.live.trace(request);
  }

  /** New tokens, one by one. Leaving the loop, or aborting the signal, ends the work. */
  generate(request: GenerateRequest): AsyncIterable<GeneratedToken> {
    return this.live.generate(request);
  }

  /** Starts a run, or changes the settings of the one under way from its next step on. */
  train(options?: Partial<TrainingOptions>): Promise<void> {
    return this.live.train(options);
  }

  pause(): Promise<void> {
    return this.live.pause();
  }

  resume(): Promise<void> {
    return this.live.resume();
  }

  /** One training step. */
  step(): Promise<StepFact> {
    return this.live.stepOnce();
  }

  /** Ends the run; the weights stay. */
  stop(): Promise<void> {
    return this.live.stop();
  }

  /** Fresh weights from the seed, step 0. */
  reset(): Promise<ModelFacts> {
    return this.live.reset();
  }

  /** Mean losses on both sets. */
  evaluate(): Promise<EvalFact> {
    return this.live.evaluate();
  }

  /** Weights under their GPT-2 names; all, or those whose names match (`*` is a wildcard). */
  weights(names?: string[]): Promise<Map<string, NamedTensor>> {
    return this.live.weights(names);
  }

  /** Replaces the weights that are named. */
  setWeights(weights: ReadonlyMap<string, NamedTensor> | Record<string, NamedTensor>): Promise<void> {
    return this.live.setWeights(weights);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.#removed) return;
    this.#removed = false;
    this.#live = this.#asked = undefined; // back after a while: a new model under the same name
    this.requestUpdate();
  }

  /** A move within the page disconnects and connects again at once: only a model that stays away is closed. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow('');
    setTimeout(() => {
      if (this.isConnected || !this.#live) return;
      this.#removed = true;
      void removeModel(this.#live);
    });
  }

  protected override updated(): void {
    if (this.isConnected) this.#follow(this.from);
    this.#ask(this.live);
  }

  protected override render(): TemplateResult {
    return html`<slot @slotchange=${() => this.requestUpdate()}></slot>`;
  }

  /** Follows the model of an id. Empty: none. */
  #follow(id: string): void {
    if (id === this.#followed) return;
    this.#followed = id;
    this.#unfollow?.();
    this.#unfollow = undefined;
    this.#setBase(undefined);
    if (id) this.#unfollow = followModel(this, id, ({model}) => this.#setBase(model));
  }

  #setBase(base: LiveModel | undefined): void {
    this.#base?.removeEventListener('gpt-facts', this.#baseChanged);
    this.#base = base;
    base?.addEventListener('gpt-facts', this.#baseChanged);
    this.requestUpdate();
  }

  #baseChanged = (): void => this.requestUpdate();

  /** A fork learns from the text of its base, unless the author names another. */
  get #corpus(): string | CorpusSpec {
    const isGiven = this.hasAttribute('corpus') || this.corpus !== DEFAULT_CORPUS;
    return (!isGiven && this.#base?.spec.corpus) || this.corpus;
  }

  /** Tells the live model what the author asks for, where that is something new. */
  #ask(live: LiveModel): void {
    let ask: () => void;
    let asked: string;
    try {
      const spec = readSpec({
        pretrained: this.pretrained,
        checkpoint: this.checkpoint,
        from: this.from,
        dtype: this.dtype,
        preset: this.preset,
        config: this.configChoice,
        corpus: this.#corpus,
        text: this.text || this.#childText(),
        tokenizer: this.tokenizerChoice,
        seed: this.seed,
        trainShare: this.trainShare,
        stride: this.stride,
      });
      live.backendChoice = readBackend(this.backendChoice);
      asked = JSON.stringify(spec);
      ask = () => (live.spec = spec);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      asked = error.message;
      ask = () => this.#refuse(live, error);
    }
    if (asked === this.#asked) return;
    this.#asked = asked;
    ask();
  }

  /** Nobody sees this element: the elements that follow it show the sentence, and so does the console. */
  #refuse(live: LiveModel, error: EngineError): void {
    console.warn(`<gpt-model${this.id && ` id="${this.id}"`}>: ${error.message}`);
    live.refuse(error);
  }

  #childText(): string {
    return this.querySelector(':scope > script[type="text/plain"]')?.textContent?.trim() ?? '';
  }

  #passOn = <K extends (typeof PASSED_ON)[number]>({type, detail}: LiveModelEventMap[K]): void => {
    this.dispatchEvent(new CustomEvent(type, {detail, bubbles: true, composed: true}));
  };
}

define('gpt-model', GptModel);

declare global {
  interface HTMLElementTagNameMap {
    'gpt-model': GptModel;
  }
  interface GlobalEventHandlersEventMap extends Pick<LiveModelEventMap, (typeof PASSED_ON)[number]> {}
}
