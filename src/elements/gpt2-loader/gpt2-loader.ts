import {html, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {freeDownload, HUB, type KeptDownload, keptDownloads} from '../../state/downloads.js';
import type {LoadedFact, MappedTensor, Rounding} from '../../state/index.js';
import type {LiveModel} from '../../state/live-model.js';
import {define} from '../../ui/base/define.js';
import {bytes, count, number} from '../../ui/base/format.js';
import {GptElement} from '../../ui/base/gpt-element.js';
import {FileWork} from '../../ui/model/file-work.js';
import {fileWorkStyles} from '../../ui/model/file-work.styles.js';
import {ModelController} from '../../ui/model/model-controller.js';
import {styles} from './gpt2-loader.styles.js';
import {renderMapping} from './mapping.js';
import {extentOf, renderSize} from './size-figure.js';
import {GPT2_SIZES, type Gpt2Size, type Room, verdict} from './sizes.js';
import {renderLegend, renderTensors} from './tensor-figure.js';

/**
 * Downloads one of OpenAI's GPT-2 models, or another of its kind, and puts it in the place of the page's model, so that every element
 * shows it. It says first what this device can hold; a download can be canceled, goes on after a reload, and is kept for the next visit.
 *
 * @summary Download GPT-2 into the page, and look at it with every element.
 * @group weights
 * @event {CustomEvent<LoadedFact>} gpt-loaded - The model was loaded.
 * @slot lead - Replaces the sentence above the element.
 * @csspart lead - The sentence above the element.
 * @csspart sizes - OpenAI's models.
 * @csspart tensors - What the file of the chosen model holds, and what it becomes.
 * @csspart controls - The repository, and the button that loads it.
 * @csspart readout - The line that says what happened.
 * @csspart footer - Facts and embed.
 */
export class Gpt2Loader extends GptElement {
  static override styles = [...GptElement.styles, fileWorkStyles, styles];
  static override lead =
    'What does OpenAI’s GPT-2 look like inside? The same parts as the small model of this page, only more and larger ones. Load it, and every figure of the page shows it.';

  /** The repository to load: `owner/name` on the hub. */
  @property({reflect: true}) accessor repository = GPT2_SIZES[0]!.repo;
  /** Address of the server. Default: Hugging Face's hub. */
  @property({reflect: true}) accessor hub = '';
  /** Leaves out the choice of the repository. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  @state() private accessor reading = '';
  @state() private accessor tensors: readonly MappedTensor[] = [];
  @state() private accessor kept: readonly KeptDownload[] = [];
  @state() private accessor storage: number | undefined;
  readonly #work = new FileWork(this);
  readonly #models = new ModelController(this, ['gpt-facts', 'gpt-status'], () => this.#work.cancel());

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#look();
  }

  /** Looks at what the browser keeps, and has room for. */
  async #look(): Promise<void> {
    this.kept = await keptDownloads();
    const {quota, usage = 0} = (await navigator.storage?.estimate().catch(() => undefined)) ?? {};
    this.storage = quota === undefined ? undefined : quota - usage;
  }

  get #room(): Room {
    return {memory: this.#models.model?.backend?.memory, storage: this.storage};
  }

  protected override renderBody(): TemplateResult {
    const busy = this.#work.running !== undefined;
    return html`
      ${this.withoutControls ? nothing : this.#renderChoice(busy)}
      ${this.#models.problem ? html`<p class="error" role="alert">${this.#models.problem}</p>` : nothing}
      ${this.#work.render()} ${this.kept.map((download) => this.#renderKept(download, busy))}
      <p class="readout" part="readout" role="status">${this.reading || this.#advice()}</p>
      ${renderMapping(this.tensors)}
    `;
  }

  #renderChoice(busy: boolean): TemplateResult {
    const size = this.#size ?? this.#loaded ?? GPT2_SIZES[0]!;
    return html`${renderLegend()}
    <div class="inside">
      <div>${this.#renderSizes(busy)}${this.#renderControls(busy)}</div>
      ${renderTensors(size)}
    </div>`;
  }

  #renderSizes(busy: boolean): TemplateResult {
    const longest = extentOf(GPT2_SIZES.at(-1)!.config).length;
    return html`<p class="note">Which one? To scale: the tables, and one slice a layer.</p>
      <div class="sizes" part="sizes" role="group" aria-label="OpenAI’s models">
      ${GPT2_SIZES.map(
        (size) => html`<button
          aria-pressed=${this.repository === size.repo}
          ?disabled=${busy}
          @click=${() => (this.repository = size.repo)}
        >
          <span class="said"
            ><span class="name">${size.name}</span> <span><span class="number">${count(size.parameters)}</span> parameters, ${size.config.nLayers} layers</span>
            <span>${this.#said(size)}</span></span
          >
          <span class="room">${renderSize(size.config, longest)}</span>
        </button>`,
      )}
      </div>`;
  }

  #said(size: Gpt2Size): string {
    const download = `${bytes(size.file)} to download`;
    switch (verdict(size, this.#room)) {
      case 'fits':
        return this.#room.memory ? `${download}, fits this device` : download;
      case 'memory':
        return `too large for this device: ${bytes(size.memory)} of memory`;
      case 'storage':
        return `${download}: more than the browser stores`;
    }
  }

  #renderControls(busy: boolean): TemplateResult {
    return html`<form class="controls" part="controls" @submit=${this.#onSubmit}>
      <label
        >Repository on ${this.#host}
        <input
          name="repository"
          spellcheck="false"
          autocomplete="off"
          .value=${this.repository}
          ?disabled=${busy}
          @change=${(event: Event) => (this.repository = repositoryIn((event.target as HTMLInputElement).value))}
      /></label>
      <button class="primary" ?disabled=${busy}>${this.#hasPart ? 'Continue the download' : this.#isKept ? 'Load' : 'Download and load'}</button>
      <p class="note">Its name is sent there, and nothing else of yours. What is downloaded stays in this browser.</p>
    </form>`;
  }

  /** The chosen repository, if it is one of OpenAI's. */
  get #size(): Gpt2Size | undefined {
    return GPT2_SIZES.find(({repo}) => repo === this.repository);
  }

  /** The chosen repository, if the page's model came from it. */
  get #loaded(): Pick<Gpt2Size, 'name' | 'config'> | undefined {
    const {spec, facts} = this.#models.model ?? {};
    const isIt = spec?.checkpoint?.kind === 'hub' && spec.checkpoint.repo === this.repository;
    return isIt && facts ? {name: this.repository, config: facts.config} : undefined;
  }

  get #own(): KeptDownload | undefined {
    return this.kept.find(({repo}) => repo === this.repository);
  }

  get #isKept(): boolean {
    return this.#own?.complete === true;
  }

  get #hasPart(): boolean {
    const own = this.#own;
    return own !== undefined && !own.complete && own.kept > 0;
  }

  #renderKept({key, repo, kept, total, complete}: KeptDownload, busy: boolean): TemplateResult {
    const what = complete ? bytes(total) : `${bytes(kept)} of ${bytes(total)}`;
    return html`<p class="kept">
      <span>Kept in this browser: <span class="mono">${repo}</span>, ${what}</span>
      <button ?disabled=${busy} aria-label="Delete ${repo}" @click=${() => this.#free(key)}>Delete</button>
    </p>`;
  }

  #free = async (key: string): Promise<void> => {
    this.#work.problem = await freeDownload(key).then(
      () => '',
      (error: Error) => error.message,
    );
    await this.#look();
  };

  /** Where the repository lies. */
  get #host(): string {
    const base = this.hub || HUB;
    return base === HUB ? 'Hugging Face' : new URL(base, document.baseURI).host;
  }

  #advice(): string {
    const size = this.#size;
    if (!size)
      return `Models of the kind GPT-2 with weights as safetensors can be loaded from ${this.#host}.`;
    const {memory, storage} = this.#room;
    const stores = storage === undefined ? '' : ` The browser can keep ${bytes(storage)} for this page.`;
    const holds = memory ? ` This device holds ${bytes(memory.total)} of weights.` : '';
    return `${size.name} has ${count(size.parameters)} parameters: ${size.config.nLayers} blocks of ${size.config.nHeads} heads, ${bytes(size.memory)} of memory in 16 bits a number.${holds}${stores}`;
  }

  #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.loadModel();
  };

  /** Downloads what is missing of the repository, and loads it in the place of the page's model. */
  async loadModel(): Promise<LoadedFact | undefined> {
    const {model} = this.#models;
    if (!model) return undefined;
    this.reading = '';
    this.tensors = [];
    const {repository: repo, hub} = this;
    const loaded = await this.#work.run(`Loading ${repo}`, model, (signal) =>
      this.#loadInto(model, repo, hub, signal),
    );
    if (loaded) this.#tell(repo, loaded);
    await this.#look();
    return loaded;
  }

  #tell(repo: string, loaded: LoadedFact): void {
    const {facts, notes} = loaded;
    const {nLayers, nHeads} = facts.config;
    this.reading = [
      `${repo} is loaded: ${count(facts.parameters)} parameters, ${nLayers * nHeads} attention heads. Every element of this model shows it now.`,
      ...(facts.rounding ? [this.#roundingOf(facts.bytes.weights, facts.rounding)] : []),
      ...notes,
      ...(facts.corpusProblem ? [facts.corpusProblem] : []),
    ].join(' ');
    this.emit('gpt-loaded', loaded);
  }

  #roundingOf(held: number, {relative, largest}: Rounding): string {
    return `Its weights take ${bytes(held)}, in 16 bits a number: rounding moved them by ${number(100 * relative, 2)} % (root mean square), none by more than ${number(largest, 2)}.`;
  }

  async #loadInto(model: LiveModel, repo: string, hub: string, signal: AbortSignal): Promise<LoadedFact> {
    const onTensor = ({detail}: CustomEvent<MappedTensor>) => {
      this.tensors = [...this.tensors, detail];
    };
    model.addEventListener('gpt-tensor', onTensor);
    try {
      return await model.load({kind: 'hub', repo, ...(hub && {base: hub})}, {signal});
    } finally {
      model.removeEventListener('gpt-tensor', onTensor);
    }
  }
}

/** `owner/name` of what a reader typed, or pasted from the address bar. */
const repositoryIn = (typed: string): string =>
  typed
    .trim()
    .replace(/^https?:\/\/[^/]+\//, '')
    .replace(/\/(tree|blob|resolve)\/.*|\/$/, '');

define('gpt2-loader', Gpt2Loader);

declare global {
  interface HTMLElementTagNameMap {
    'gpt2-loader': Gpt2Loader;
  }
}
