import {html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult} from 'lit';
import {type Corpus, type CorpusSpec, sameCorpus} from '../../data/corpus.js';
import {CORPORA, type CorpusEntry} from '../../data/registry.js';
import type {TextDemands} from '../../data/text.js';
import {errorWords} from '../base/error-words.js';
import {whole} from '../base/whole.js';
import {renderOptions} from '../views/options.js';

export type Source = 'entry' | 'paste' | 'file' | 'url';

/** How a form differs that takes something else than texts to learn from. */
export interface SourceOptions {
  demands?: TextDemands;
  /** Other words in place of the form's own. */
  words?: Readonly<Record<string, string>>;
}

export interface CorpusSourceHost extends ReactiveControllerHost {
  /** Whether a file may be dropped. */
  readonly takesCorpus: boolean;
  /** A file was dropped: shows this form. */
  showCorpus?(): void;
  /** The chosen text changed. */
  corpusChosen?(): void;
  /** The chosen text has not changed for a moment: it can be read. */
  corpusRests?(chosen: CorpusSpec | undefined): void;
}

/** Milliseconds after the last keystroke before an edited text is read. */
const REST_MS = 400;

/** Characters. A longer paste is kept out of the text field, which would block the page. */
const MAX_IN_FIELD = 50_000;
const SHOWN_OF_PASTE = 300;

const GROUPS: readonly {label: string; kind: CorpusSpec['kind']}[] = [
  {label: 'Built in', kind: 'text'},
  {label: 'Stories', kind: 'tiny-tales'},
  {label: 'Toy tasks with exact answers', kind: 'toy'},
  {label: 'From the web', kind: 'url'},
];

/** What a host that has the room shows instead of a list: each built-in text as a card. */
export interface Cards {
  entries: readonly Pick<CorpusEntry, 'id' | 'label' | 'piece'>[];
  /** The id of the chosen one. */
  chosen: string;
  choose(id: string): void;
}

/** The form in which the reader chooses a text: a built-in one, a paste, a file, or an address. Reads files, and shows errors. */
export class CorpusSource implements ReactiveController {
  /** Whether a file is held over the element. */
  dragging = false;
  /** Whether a text is being read. */
  busy = false;
  /** Why the text cannot be read, as a sentence for the reader. */
  problem = '';

  #source: Source = 'entry';
  #entry: string;
  /** A text that is not built in, listed first. */
  #own?: {label: string; spec: CorpusSpec};
  #pasted = '';
  #url = '';
  #file?: {name: string; text: string};
  /** Aborted when the host leaves the page. */
  #disconnected?: AbortController;
  /** Aborted when another file is chosen. */
  #fileChosen?: AbortController;
  /** Counts what was begun: only the newest says that it is done. */
  #begun = 0;
  #resting?: ReturnType<typeof setTimeout>;
  readonly #host: CorpusSourceHost & HTMLElement;

  readonly #renderCards: ((cards: Cards) => TemplateResult) | undefined;
  readonly #entries: readonly CorpusEntry[];
  readonly #options: SourceOptions;

  /**
   * @param renderCards Shows the built-in texts, instead of a list.
   * @param entries The texts that it offers by name; the first is chosen at first.
   */
  constructor(
    host: CorpusSourceHost & HTMLElement,
    renderCards?: (cards: Cards) => TemplateResult,
    entries = CORPORA,
    options: SourceOptions = {},
  ) {
    this.#host = host;
    this.#renderCards = renderCards;
    this.#entries = entries;
    this.#options = options;
    this.#entry = entries[0]!.id;
    host.addController(this);
  }

  hostConnected(): void {
    this.#disconnected = new AbortController();
    const {signal} = this.#disconnected;
    this.#host.addEventListener('dragover', this.#onDragOver, {signal});
    this.#host.addEventListener('dragleave', this.#onDragLeave, {signal});
    this.#host.addEventListener('drop', this.#onDrop, {signal});
  }

  hostDisconnected(): void {
    this.#disconnected?.abort();
    this.#fileChosen?.abort();
    clearTimeout(this.#resting);
  }

  /** Which part of the form is open. */
  get source(): Source {
    return this.#source;
  }

  /** The chosen text; undefined until the reader has pasted, dropped or typed something. */
  get chosen(): CorpusSpec | undefined {
    if (this.#source === 'entry') return this.#chosenEntry?.spec ?? this.#own?.spec;
    if (this.#source === 'file') return this.#file && {kind: 'text', ...this.#file};
    if (this.#source === 'url') return this.#url ? {kind: 'url', url: this.#url} : undefined;
    return this.#pasted.trim() ? {kind: 'text', text: this.#pasted, name: 'pasted text'} : undefined;
  }

  /** Chooses a text. @param label Its name, if it is not a built-in one */
  choose(spec: CorpusSpec, label: string): void {
    const entry = this.#entries.find((one) => sameCorpus(one.spec, spec));
    this.#source = 'entry';
    this.#own = entry ? undefined : {label, spec};
    this.#entry = entry?.id ?? '';
    this.problem = '';
  }

  /** Replaces the chosen text by one that was made from it. */
  useText(name: string, text: string): void {
    this.#source = 'file';
    this.#file = {name, text};
    this.#changed();
  }

  /** Reads the chosen text. Returns undefined if it cannot be read; `problem` then says why. */
  async load(signal?: AbortSignal): Promise<Corpus | undefined> {
    const {chosen} = this;
    if (!chosen) return undefined;
    let corpus: Corpus | undefined;
    await this.#reading(async () => {
      const {loadCorpus} = await import('../../data/loaders.js');
      const signals = [signal, this.#disconnected?.signal].filter((one) => one !== undefined);
      corpus = await loadCorpus(chosen, {signal: AbortSignal.any(signals), demands: this.#options.demands});
    });
    return corpus;
  }

  render(): TemplateResult {
    return html`
      <fieldset class="sources">
        <legend class="visually-hidden">Where the text comes from</legend>
        ${this.#radio('entry', this.#word('Built-in text'))} ${this.#radio('paste', 'Paste')} ${this.#radio('file', 'File')}
        ${this.#radio('url', 'Web address')}
      </fieldset>
      <div class="source">${this.#renderSource()}</div>
      ${this.problem ? html`<p class="error" role="alert">${this.problem}</p>` : nothing}
    `;
  }

  #word(own: string): string {
    return this.#options.words?.[own] ?? own;
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
        return this.#renderCards ? this.#cards(this.#renderCards) : this.#renderEntries();
      case 'paste':
        return this.#renderPaste();
      case 'file':
        return html`<label class="stacked"
            >${this.#word('Text file (or drop one here)')}
            <input type="file" accept=".txt,.md,.text,.tsv,.csv,.json,text/*" @change=${this.#onFile} /></label
          >
          <p class="hint">${this.#file ? `${this.#file.name}: ${whole(this.#file.text.length)} characters.` : 'Plain text in UTF-8, up to 20 MB.'}</p>`;
      case 'url':
        return html`<label class="stacked"
          >${this.#word('Web address of a text')}
          <input
            type="url"
            placeholder="https://example.org/tale.txt"
            .value=${this.#url}
            @change=${this.#changed}
            @input=${this.#set((value) => (this.#url = value.trim()), false)}
        /></label>`;
    }
  }

  #cards(render: (cards: Cards) => TemplateResult): TemplateResult {
    const own = this.#own ? [{id: '', label: this.#own.label}] : [];
    return html`${render({
      entries: [...own, ...this.#entries],
      chosen: this.#entry,
      choose: (id) => {
        this.#entry = id;
        this.#changed();
      },
    })}${this.#renderHint()}`;
  }

  #renderHint(): TemplateResult {
    const entry = this.#chosenEntry;
    return html`<p class="hint">${entry ? `${entry.description}${entry.piece && !this.#renderCards ? ` For example: ${entry.piece}` : ''} ${entry.source}` : 'The text in use.'}</p>`;
  }

  #renderEntries(): TemplateResult {
    const options = (entries: readonly {id: string; label: string}[]) =>
      renderOptions(
        entries.map(({id, label}) => [id, label]),
        this.#entry,
      );
    return html`<label class="stacked"
        >${this.#word('Text')}
        <select @change=${this.#set((value) => (this.#entry = value))}>
          ${this.#own ? options([{id: '', label: this.#own.label}]) : nothing}
          ${GROUPS.map(({label, kind}) => {
            const entries = this.#entries.filter(({spec}) => spec.kind === kind);
            return entries.length > 0
              ? html`<optgroup label=${label}>${options(entries)}</optgroup>`
              : nothing;
          })}
        </select></label
      >
      ${this.#renderHint()}`;
  }

  #renderPaste(): TemplateResult {
    if (this.#pasted.length > MAX_IN_FIELD)
      return html`<div class="stacked">
        ${this.#word('Text to learn from')}
        <blockquote class="pasted">${this.#pasted.slice(0, SHOWN_OF_PASTE)} …</blockquote>
        <p class="hint">
          ${whole(this.#pasted.length)} characters were pasted: too many to edit here, but the model reads them all.
          <button class="link clear" @click=${() => this.#paste('')}>Remove</button>
        </p>
      </div>`;
    return html`<label class="stacked"
      >${this.#word('Text to learn from')}
      <textarea
        rows="6"
        .value=${this.#pasted}
        @paste=${this.#onPaste}
        @input=${this.#set((value) => (this.#pasted = value))}
      ></textarea>
    </label>`;
  }

  get #chosenEntry(): CorpusEntry | undefined {
    return this.#entries.find(({id}) => id === this.#entry);
  }

  #set =
    (assign: (value: string) => void, notify = true) =>
    (event: Event) => {
      assign((event.target as HTMLInputElement).value);
      if (notify) this.#changed();
      else this.#host.requestUpdate();
    };

  #changed = (): void => {
    this.problem = '';
    this.#tell();
    this.#host.requestUpdate();
  };

  #tell(): void {
    this.#host.corpusChosen?.();
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#host.corpusRests?.(this.chosen), REST_MS);
  }

  #show(source: Source): void {
    this.#source = source;
    this.#changed();
  }

  #paste(text: string): void {
    this.#pasted = text;
    this.#changed();
  }

  /** A long paste does not enter the field. */
  #onPaste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (pasted.length <= MAX_IN_FIELD) return;
    event.preventDefault();
    const {value, selectionStart, selectionEnd} = event.target as HTMLTextAreaElement;
    this.#paste(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd));
  };

  #onFile = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    input.value = ''; // the same file can be chosen again
    if (file) void this.#read(file);
  };

  async #read(file: File): Promise<void> {
    this.#source = 'file';
    this.#file = undefined;
    this.#tell();
    this.#fileChosen?.abort();
    const {signal} = (this.#fileChosen = new AbortController());
    await this.#reading(async () => {
      const {readTextFile} = await import('../../data/loaders.js');
      const text = await readTextFile(file, {signal, demands: this.#options.demands});
      signal.throwIfAborted();
      this.#file = {name: file.name, text};
    });
    if (this.#file && !signal.aborted) this.#changed();
  }

  async #reading(work: () => Promise<void>): Promise<void> {
    const own = ++this.#begun;
    this.busy = true;
    this.problem = '';
    this.#host.requestUpdate();
    try {
      await work();
    } catch (error) {
      if (own === this.#begun && (error as Error).name !== 'AbortError')
        this.problem = errorWords(error as Error);
    } finally {
      if (own === this.#begun) this.busy = false;
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
    this.#host.showCorpus?.();
    void this.#read(file);
  };

  #drag(dragging: boolean): void {
    if (dragging === this.dragging) return;
    this.dragging = dragging;
    this.#host.requestUpdate();
  }
}
