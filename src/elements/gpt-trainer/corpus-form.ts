import {html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult} from 'lit';
import {CORPORA} from '../../data/registry.js';
import type {CorpusSpec, LiveModel} from '../../state/index.js';
import {whole} from './words.js';

type Source = 'entry' | 'paste' | 'file' | 'url';

export interface CorpusHost extends ReactiveControllerHost {
  /** Learns from another text, with fresh weights. */
  learnFrom(corpus: CorpusSpec): void;
  /** Whether a text may be dropped. */
  readonly takesCorpus: boolean;
  /** Opens the panel that this form stands in. */
  showCorpus(): void;
}

/** Where the text comes from: ready ones, a paste, a file, an address. A text is checked before the old one goes. */
export class CorpusForm implements ReactiveController {
  /** Whether a file is held over the element. */
  dragging = false;
  #source: Source = 'entry';
  #entry = CORPORA[0]!.id;
  #pasted = '';
  #url = '';
  #file?: {name: string; text: string};
  #busy = false;
  #problem = '';
  readonly #host: CorpusHost & HTMLElement;
  #leaving?: AbortController;

  constructor(host: CorpusHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#leaving = new AbortController();
    const {signal} = this.#leaving;
    this.#host.addEventListener('dragover', this.#onDragOver, {signal});
    this.#host.addEventListener('dragleave', this.#onDragLeave, {signal});
    this.#host.addEventListener('drop', this.#onDrop, {signal});
  }

  hostDisconnected(): void {
    this.#leaving?.abort();
  }

  render(model: LiveModel | undefined): TemplateResult {
    const steps = model?.step ?? 0;
    return html`
      <fieldset class="sources">
        <legend class="visually-hidden">Where the text comes from</legend>
        ${this.#radio('entry', 'A ready text')} ${this.#radio('paste', 'Paste')} ${this.#radio('file', 'A file')}
        ${this.#radio('url', 'An address')}
      </fieldset>
      <div class="source">${this.#renderSource()}</div>
      ${this.#problem ? html`<p class="error" role="alert">${this.#problem}</p>` : nothing}
      <p class="apply">
        <button ?disabled=${!this.#chosen || this.#busy} @click=${this.#take}>
          ${this.#busy ? 'Reading …' : 'Learn from this text'}
        </button>
        <span class="hint">${steps ? `Starts afresh: the ${whole(steps)} steps done belong to the old text.` : 'The text stays in this page: it is sent nowhere.'}</span>
      </p>
    `;
  }

  #radio(source: Source, label: string): TemplateResult {
    return html`<label
      ><input
        type="radio"
        name="source"
        value=${source}
        .checked=${this.#source === source}
        @change=${() => this.#show(source)}
      />${label}</label
    >`;
  }

  #renderSource(): TemplateResult {
    switch (this.#source) {
      case 'entry':
        return html`<label class="stacked"
            >Text
            <select .value=${this.#entry} @change=${this.#set((value) => (this.#entry = value))}>
              ${CORPORA.map(({id, label}) => html`<option value=${id} ?selected=${id === this.#entry}>${label}</option>`)}
            </select></label
          >
          <p class="hint">${this.#described}</p>`;
      case 'paste':
        return html`<label class="stacked"
          >Text to learn from
          <textarea rows="6" .value=${this.#pasted} @input=${this.#set((value) => (this.#pasted = value))}></textarea>
        </label>`;
      case 'file':
        return html`<label class="stacked"
            >Text file (or drop one anywhere here)
            <input type="file" accept=".txt,.md,.text,text/*" @change=${this.#onFile} /></label
          >
          <p class="hint">${this.#file ? `${this.#file.name}: ${whole(this.#file.text.length)} characters.` : 'Plain text in UTF-8, up to 20 MB.'}</p>`;
      case 'url':
        return html`<label class="stacked"
          >Address of a text
          <input
            type="url"
            placeholder="https://example.org/tale.txt"
            .value=${this.#url}
            @input=${this.#set((value) => (this.#url = value.trim()))}
        /></label>`;
    }
  }

  get #described(): string {
    const {description, source} = CORPORA.find(({id}) => id === this.#entry)!;
    return `${description} ${source}`;
  }

  #set = (take: (value: string) => void) => (event: Event) => {
    take((event.target as HTMLInputElement).value);
    this.#problem = '';
    this.#host.requestUpdate();
  };

  #show(source: Source): void {
    this.#source = source;
    this.#problem = '';
    this.#host.requestUpdate();
  }

  get #chosen(): CorpusSpec | undefined {
    if (this.#source === 'entry') return CORPORA.find(({id}) => id === this.#entry)!.spec;
    if (this.#source === 'file') return this.#file && {kind: 'text', ...this.#file};
    if (this.#source === 'url') return this.#url ? {kind: 'url', url: this.#url} : undefined;
    return this.#pasted.trim() ? {kind: 'text', text: this.#pasted, name: 'pasted text'} : undefined;
  }

  /** Reads the text once here: if it is none, the model that is there stays. */
  #take = (): Promise<void> =>
    this.#reading(async () => {
      const chosen = this.#chosen!;
      const {loadCorpus} = await import('../../data/loaders.js');
      if (chosen.kind !== 'tiny-tales') await loadCorpus(chosen, {signal: this.#leaving?.signal});
      this.#host.learnFrom(chosen);
    });

  #onFile = (event: Event): void => {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (file) void this.#read(file);
  };

  #read(file: File): Promise<void> {
    this.#source = 'file';
    this.#file = undefined;
    return this.#reading(async () => {
      const {readTextFile} = await import('../../data/loaders.js');
      this.#file = {name: file.name, text: await readTextFile(file, {signal: this.#leaving?.signal})};
    });
  }

  async #reading(work: () => Promise<void>): Promise<void> {
    this.#busy = true;
    this.#problem = '';
    this.#host.requestUpdate();
    try {
      await work();
    } catch (error) {
      if ((error as Error).name !== 'AbortError') this.#problem = (error as Error).message;
    } finally {
      this.#busy = false;
      this.#host.requestUpdate();
    }
  }

  #onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files') || !this.#host.takesCorpus) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.#drag(true);
  };

  #onDragLeave = (event: DragEvent): void => {
    if (!this.#host.contains(event.relatedTarget as Node | null)) this.#drag(false);
  };

  #onDrop = (event: DragEvent): void => {
    this.#drag(false);
    const file = event.dataTransfer?.files[0];
    if (!file || !this.#host.takesCorpus) return;
    event.preventDefault();
    this.#host.showCorpus();
    void this.#read(file);
  };

  #drag(dragging: boolean): void {
    if (dragging === this.dragging) return;
    this.dragging = dragging;
    this.#host.requestUpdate();
  }
}
