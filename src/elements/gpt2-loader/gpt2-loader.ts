import {html, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {freeDownload, HUB, type KeptDownload, keptDownloads} from '../../state/downloads.js';
import type {LoadedFact, MappedTensor} from '../../state/index.js';
import type {LiveModel} from '../../state/live-model.js';
import {define} from '../../ui/base/define.js';
import {bytes, count} from '../../ui/base/format.js';
import {type FooterOptions, GptElement} from '../../ui/base/gpt-element.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {ThemeController} from '../../ui/base/theme-controller.js';
import {renderProblem} from '../../ui/base/waiting.js';
import {FileWork} from '../../ui/model/file-work.js';
import {fileWorkStyles} from '../../ui/model/file-work.styles.js';
import {ModelController} from '../../ui/model/model-controller.js';
import {isTooLarge, renderChecks, verdictOf} from './checks.js';
import {styles} from './gpt2-loader.styles.js';
import {renderMapping} from './mapping.js';
import {renderSize} from './size-figure.js';
import {GPT2_SIZES, type Gpt2Size, type Room, type Size, TINY_TALES} from './sizes.js';
import {renderLegend, renderTensors} from './tensor-figure.js';
import {canceledInWords, isAddress, presentInWords, repositoryIn, repositoryOf} from './words.js';

/**
 * Downloads one of OpenAI's GPT-2 models, or another of its kind, and puts it in the place of the page's model, so that every element
 * shows it. It says first what this device can hold; a download can be canceled, goes on after a reload, and is kept for the next visit.
 *
 * @summary Download GPT-2 into the page, and look at it with every element.
 * @group weights
 * @event {CustomEvent<LoadedFact>} gpt-loaded - The model was loaded.
 * @slot lead - Replaces the sentence above the element.
 * @csspart lead - The sentence above the element.
 * @csspart sizes - OpenAI's models, to scale.
 * @csspart panel - What the chosen model needs, and the button that loads it.
 * @csspart controls - The button that loads the model, and the choice of another repository.
 * @csspart tensors - What the file of the chosen model holds, and what it becomes.
 * @csspart readout - The line that says what happened.
 * @csspart footer - Facts and embed.
 */
export class Gpt2Loader extends GptElement {
  static override styles = [...GptElement.styles, fileWorkStyles, styles];
  static override lead =
    'Can OpenAI’s GPT-2 run in this page? It is made of the same parts as the small model here, only more and larger ones. Choose a size and load it: every figure then shows GPT-2.';

  /** The repository to load: `owner/name` on the hub, or the address of a folder, `.zip` or `.safetensors` file elsewhere. */
  @property({reflect: true}) accessor repository = GPT2_SIZES[0]!.repo;
  /** Address of the server. Default: Hugging Face's hub. */
  @property({reflect: true}) accessor hub = '';
  /** Leaves out the choice of the repository. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  /** Tensors of the model that is being loaded, as they are read; undefined while none is. */
  @state() private accessor arriving: readonly MappedTensor[] | undefined;
  @state() private accessor kept: readonly KeptDownload[] = [];
  @state() private accessor storage: number | undefined;
  /** The model that was loaded last. Another element may have replaced it since: its spec then differs from the model's. */
  #loaded?: LoadedFact;
  /** The repository of the last attempt. */
  #tried = '';
  readonly #work = new FileWork(this);
  readonly #colors = new ThemeController(this);
  readonly #width = new SizeController(this);
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
    const {deviceMemory: toldMemory} = navigator as {deviceMemory?: number};
    return {memory: this.#models.model?.backend?.memory, toldMemory, storage: this.storage};
  }

  protected override footer(): FooterOptions {
    return {
      picture: async () => {
        const {sizesPicture} = await import('./size-picture.js');
        return sizesPicture([TINY_TALES, ...GPT2_SIZES], this.#colors.theme, this.#width.width);
      },
    };
  }

  protected override renderBody(): TemplateResult {
    const busy = this.#work.running !== undefined;
    return html`
      ${this.withoutControls ? nothing : this.#renderChoice(busy)}
      ${this.#models.problem ? renderProblem(this.#models.problem, this.#models.retry) : nothing}
      ${this.withoutControls ? this.#work.render() : nothing}
      <p class="readout" part="readout" role="status">${this.#reading()}</p>
      ${this.kept.map((download) => this.#renderKept(download, busy))}
      ${renderMapping(this.arriving ?? (this.#isShown ? this.#loaded!.tensors : []))}
      ${this.withoutControls ? nothing : this.#renderFile()}
    `;
  }

  /** Whether the model that was loaded last is still the page's. */
  get #isShown(): boolean {
    return this.#loaded !== undefined && this.#loaded.spec === this.#models.model?.spec;
  }

  #reading(): string {
    const {spec, facts} = this.#models.model ?? {};
    const {running, problem, canceled} = this.#work;
    const isStill = !running && Boolean(problem || canceled);
    const notes = this.#isShown ? this.#loaded!.notes : [];
    const present = presentInWords(spec, facts, notes, isStill);
    if (!canceled) return present;
    return `${canceledInWords(this.#tried, this.#keptOf(this.#tried))} ${present}`;
  }

  #renderChoice(busy: boolean): TemplateResult {
    const size = this.#size;
    return html`<div class="choice">
      <section class="panel" part="panel">
        <h3>${this.#heading(size)}</h3>
        ${
          size
            ? renderChecks(size, this.#room, this.#keptOf(size.repo))
            : html`<p class="note">Models of the kind GPT-2 with weights as safetensors can be loaded from ${this.#host}.</p>`
        }
        ${this.#renderControls(busy)} ${this.#work.render()}
      </section>
      <div class="sizes" part="sizes" role="group" aria-label="OpenAI’s models">
        <p class="note">To scale: the table of tokens, and one slice for each layer</p>
        ${renderLegend()}
        <div class="size">${this.#renderRow(TINY_TALES, 'comes with this library')}</div>
        ${GPT2_SIZES.map(
          (one) => html`<button
            class="size"
            aria-pressed=${this.repository === one.repo}
            ?disabled=${busy}
            @click=${() => (this.repository = one.repo)}
          >
            ${this.#renderRow(one, this.#stateOf(one))}
          </button>`,
        )}
      </div>
    </div>`;
  }

  /** Whether the chosen model runs here; after it failed to load, that. */
  #heading(size: Gpt2Size | undefined): string {
    const name = size?.name ?? this.repository;
    if (this.#work.problem && this.#tried === this.repository) return `${name} was not loaded`;
    return size ? verdictOf(size, this.#room) : name;
  }

  #renderRow({name, parameters, config}: Size, words: string): TemplateResult {
    return html`<span class="said"
        ><span class="name">${name}</span>
        <span><span class="number">${count(parameters)}</span> parameters</span>
        <span class="state">${words}</span></span
      >
      <span class="room">${renderSize(config)}</span>`;
  }

  #stateOf(size: Gpt2Size): string {
    if (repositoryOf(this.#models.model?.spec) === size.repo) return 'loaded';
    const kept = this.#keptOf(size.repo);
    if (isTooLarge(size, this.#room)) return 'too large for this device';
    if (kept?.complete) return 'kept in this browser';
    if (kept?.kept) return `${bytes(kept.kept)} of ${bytes(kept.total)} are here`;
    return `${bytes(size.file)} to download`;
  }

  #renderControls(busy: boolean): TemplateResult {
    return html`<form class="controls" part="controls" @submit=${this.#onSubmit}>
      <button class="primary" ?disabled=${busy}>${this.#action}</button>
      <details ?open=${!this.#size}>
        <summary>Another repository</summary>
        <label
          >${isAddress(this.repository) ? 'Address' : `On ${this.#host}, or an address elsewhere`}
          <input
            name="repository"
            spellcheck="false"
            autocomplete="off"
            .value=${this.repository}
            ?disabled=${busy}
            @change=${(event: Event) => (this.repository = repositoryIn((event.target as HTMLInputElement).value, [HUB, this.hub || HUB]))}
        /></label>
      </details>
      <p class="note">Only its name is sent there. What is downloaded stays in this browser.</p>
    </form>`;
  }

  /** What the button does. */
  get #action(): string {
    const name = this.#size ? ` ${this.#size.name}` : '';
    const kept = this.#keptOf(this.repository);
    if (kept?.complete) return `Load${name}`;
    return kept?.kept ? 'Continue the download' : `Download and load${name}`;
  }

  #renderFile(): TemplateResult {
    return html`<section class="file">
      <h3>What is in its file</h3>
      ${renderTensors(this.#size ?? this.#shownSize ?? GPT2_SIZES[0]!)}
    </section>`;
  }

  /** The chosen repository, if it is one of OpenAI's. */
  get #size(): Gpt2Size | undefined {
    return GPT2_SIZES.find(({repo}) => repo === this.repository);
  }

  /** The chosen repository, if the page's model came from it. */
  get #shownSize(): Pick<Gpt2Size, 'name' | 'config'> | undefined {
    const {spec, facts} = this.#models.model ?? {};
    if (!facts || repositoryOf(spec) !== this.repository) return undefined;
    return {name: this.repository, config: facts.config};
  }

  #keptOf(repository: string): KeptDownload | undefined {
    return this.kept.find(({repo}) => repo === repository);
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
    const address = isAddress(this.repository) ? this.repository : this.hub || HUB;
    if (address === HUB) return 'Hugging Face';
    return URL.canParse(address, document.baseURI)
      ? new URL(address, document.baseURI).host
      : 'an address elsewhere';
  }

  #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.loadModel();
  };

  /** Downloads what is missing of the repository, and loads it in the place of the page's model. */
  async loadModel(): Promise<LoadedFact | undefined> {
    const {model} = this.#models;
    if (!model) return undefined;
    const {repository: repo, hub} = this;
    this.#tried = repo;
    if (isAddress(repo) && !URL.canParse(repo)) {
      this.#work.problem = `“${repo}” is no complete address. Enter one such as https://example.com/folder.`;
      this.requestUpdate();
      return undefined;
    }
    this.arriving = [];
    const loaded = await this.#work.run(`Loading ${repo}`, model, (signal) =>
      this.#loadInto(model, repo, hub, signal),
    );
    this.arriving = undefined;
    if (loaded) {
      this.#loaded = {...loaded, spec: model.spec};
      this.emit('gpt-loaded', loaded);
    }
    await this.#look();
    return loaded;
  }

  async #loadInto(model: LiveModel, repo: string, hub: string, signal: AbortSignal): Promise<LoadedFact> {
    const onTensor = ({detail}: CustomEvent<MappedTensor>) => {
      this.arriving = [...(this.arriving ?? []), detail];
    };
    model.addEventListener('gpt-tensor', onTensor);
    try {
      return await model.load(
        isAddress(repo) ? {kind: 'url', url: repo} : {kind: 'hub', repo, ...(hub && {base: hub})},
        {signal},
      );
    } finally {
      model.removeEventListener('gpt-tensor', onTensor);
    }
  }
}

define('gpt2-loader', Gpt2Loader);

declare global {
  interface HTMLElementTagNameMap {
    'gpt2-loader': Gpt2Loader;
  }
}
