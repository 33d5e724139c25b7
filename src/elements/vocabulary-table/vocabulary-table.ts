import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {define} from '../../ui/base/define.js';
import {type CodePiece, type FooterOptions, GptElement, type Picture} from '../../ui/base/gpt-element.js';
import {Loaded} from '../../ui/base/loaded.js';
import {Memo} from '../../ui/base/memo.js';
import {keyTarget} from '../../ui/base/stepping.js';
import {whole} from '../../ui/base/whole.js';
import {
  TOKENIZERS,
  TokenizerData,
  type TokenizerName,
  tokenizerNamed,
} from '../../ui/model/tokenizer-data.js';
import {renderOptions} from '../../ui/views/options.js';
import {hex} from '../../ui/views/token-chips.js';
import {RowWindow} from './row-window.js';
import {
  countIds,
  csvRows,
  find,
  ORDERS,
  type Order,
  readVocabulary,
  sort,
  useInWords,
  type Vocabulary,
} from './vocabulary.js';
import {styles} from './vocabulary-table.styles.js';

const ROW_HEIGHT = 32;

const CODE: readonly CodePiece[] = [
  {name: 'byte-pair-encoding', label: 'How a vocabulary turns text into tokens'},
  {name: 'bpe-trainer', label: 'How a vocabulary is learned, merge by merge'},
];

/** How the rows follow each other, to end the sentence above them. */
const ASCENDING: Record<Order, string> = {
  id: 'first the single bytes, then the merges, the most useful first.',
  token: 'here in alphabetical order.',
  length: 'here the shortest first.',
  frequency: 'here the rarest first.',
};
const DESCENDING: Record<Order, string> = {
  id: 'here the last learned first.',
  token: 'here from the end of the alphabet.',
  length: 'here the longest first.',
  frequency: 'here the most frequent first.',
};

const COLUMNS: Record<Order, string> = {id: 'id', token: 'token', length: 'bytes', frequency: 'count'};

/** A vocabulary, and how often a text uses each token. */
interface CountedVocabulary {
  tokenizer: Tokenizer;
  vocabulary: Vocabulary;
  /** By id, once the text is encoded. */
  counts?: Uint32Array;
  /** How many tokens the text has. */
  total: number;
}

/** Tokens at a glance, their size in em, and the part of it that a rare one has. */
const CLOUD = 60;
const LARGE = 1.75;
const SMALL = 0.5;

/**
 * What does a vocabulary contain? Every token of a tokenizer with its id, its bytes, and how often it occurs in a corpus.
 * All 50,000 or 200,000 rows can be searched, sorted and scrolled.
 *
 * @summary Every token of a vocabulary: id, bytes, length, frequency; searched and sorted.
 * @group text → ids
 * @slot lead - Replaces the sentence above the table.
 * @csspart lead - The sentence above the table.
 * @csspart controls - The choice of the vocabulary, and the search.
 * @csspart cloud - The first tokens of the table at a glance.
 * @csspart table - The table.
 * @csspart readout - The line that says how many tokens are shown.
 * @csspart footer - Facts, code, export, embed.
 * @cssproperty --gpt-residual - The bars of frequencies.
 */
export class VocabularyTable extends GptElement {
  static override styles = [...GptElement.styles, styles];
  static override lead = 'Which tokens does a model know?';

  /** `gpt2`, `cl100k_base`, `o200k_base` or `model`. Default: `model` in a `<gpt-model>` or with `for`, else `gpt2`. */
  @property({reflect: true}) accessor encoding = '';
  /** Shows only tokens that contain this; `#` and a number finds the token with that id. */
  @property({reflect: true}) accessor search = '';
  /** What the rows are sorted by: `id`, `token`, `length` or `frequency`. */
  @property({reflect: true}) accessor order: Order = 'id';
  /** Sorts from the largest to the smallest. */
  @property({type: Boolean, reflect: true}) accessor descending = false;
  /** The text in which tokens are counted. Default: tiny-tales. */
  @property() accessor text = '';

  /** Leaves out the choice of the vocabulary and the search. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  /** The index of the row that the keyboard is on. */
  @state() private accessor current = 0;

  /** The ids on show, in their order. */
  #rows: number[] = [];
  readonly #arranged = new Memo();
  readonly #source = new TokenizerData(this, () => this.#choice);
  readonly #counted = new Loaded<{tokenizer: Tokenizer; text: string}, CountedVocabulary>(this, {
    request: () => this.#source.tokenizer && {tokenizer: this.#source.tokenizer, text: this.text},
    load: ({tokenizer, text}, signal, show) => this.#read(tokenizer, text, signal, show),
  });
  readonly #window = new RowWindow(
    this,
    () => this.renderRoot?.querySelector<HTMLElement>('.body') ?? null,
    ROW_HEIGHT,
  );

  protected override lead(): string {
    const {lead} = VocabularyTable;
    return `${lead} Every token with its id: ${this.descending ? DESCENDING[this.#order] : ASCENDING[this.#order]}`;
  }

  /** The order, also where the attribute names none. */
  get #order(): Order {
    return ORDERS.includes(this.order) ? this.order : 'id';
  }

  get #choice(): TokenizerName {
    return tokenizerNamed(this.encoding, this);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const {vocabulary, counts} = this.#counted.current ?? {};
    if (this.#arranged.changed(vocabulary, counts, this.search, this.order, this.descending) && vocabulary)
      this.#arrange(vocabulary, counts);
  }

  async #read(
    tokenizer: Tokenizer,
    text: string,
    signal: AbortSignal,
    show: (data: CountedVocabulary) => void,
  ): Promise<CountedVocabulary> {
    const vocabulary = await readVocabulary(
      {vocabSize: tokenizer.vocabSize, bytes: (id) => tokenizer.bytes(id)},
      signal,
    );
    show({tokenizer, vocabulary, total: 0});
    const [{encodeText}, {tinyTales}] = await Promise.all([
      import('../../state/text-work.js'),
      import('../../data/tiny-tales/index.js'),
    ]);
    const ids = await encodeText(text || tinyTales({}).text, tokenizer.spec, {signal});
    return {tokenizer, vocabulary, counts: countIds(ids, tokenizer.vocabSize), total: ids.length};
  }

  #arrange(vocabulary: Vocabulary, counts: Uint32Array | undefined): void {
    this.#rows = sort(find(vocabulary, this.search), vocabulary, counts, this.#order, this.descending);
    this.current = 0;
    this.#window.reveal(0);
  }

  #sortBy(order: Order): void {
    // The longest and the most frequent tokens are the interesting ones.
    this.descending = order === this.order ? !this.descending : order === 'length' || order === 'frequency';
    this.order = order;
  }

  #onKeydown = (event: KeyboardEvent): void => {
    const {page} = this.#window;
    const last = this.#rows.length - 1;
    const {current} = this;
    const to = keyTarget(
      event,
      {
        ArrowDown: current + 1,
        ArrowUp: current - 1,
        PageDown: current + page,
        PageUp: current - page,
        Home: 0,
        End: last,
      },
      last,
    );
    if (to === undefined) return;
    this.current = to;
    this.#window.reveal(this.current);
  };

  protected override facts(): string {
    const {tokenizer} = this.#source;
    return tokenizer ? `${whole(tokenizer.vocabSize)} tokens in the vocabulary` : '';
  }

  protected override get isWaiting(): boolean {
    return !this.#counted.current?.counts && !this.#counted.error && !this.#source.error;
  }

  async #picture({tokenizer, vocabulary, counts}: CountedVocabulary): Promise<Picture> {
    const {vocabularyPicture} = await import('./vocabulary-picture.js');
    return vocabularyPicture({
      tokenizer,
      vocabulary,
      counts,
      ids: this.#rows,
      host: this,
    });
  }

  protected override footer(): FooterOptions {
    const counted = this.#counted.current;
    return {
      snippet: this.#source.merging && CODE,
      picture: counted?.counts && (() => this.#picture(counted)),
      table: counted && (() => csvRows(counted.tokenizer, this.#rows, counted.counts)),
    };
  }

  protected override renderBody(): TemplateResult {
    const {current, error} = this.#counted;
    const waiting =
      this.#source.tokenizer && !current && !error
        ? html`<label class="loading">Reading the vocabulary … <progress></progress></label>`
        : this.#source.render();
    return html`
      ${this.withoutControls ? nothing : this.#renderControls()}
      ${this.#renderCloud(current)}
      <div class="stage">${this.#renderTable(current)}<div class="over">${waiting}</div></div>
      ${error ? html`<p class="error" role="alert">The tokens could not be counted. ${error}</p>` : nothing}
      <p class="readout" part="readout" role="status">${this.#readout(current)}</p>
    `;
  }

  #renderControls(): TemplateResult {
    const choice = this.#choice;
    return html`<div class="controls" part="controls">
      <label
        >Vocabulary
        <select @change=${(event: Event) => (this.encoding = (event.target as HTMLSelectElement).value)}>
          ${renderOptions(
            TOKENIZERS.map(({name, label}) => [name, label]),
            choice,
          )}
        </select></label
      >
      <label
        >Search
        <input
          type="search"
          spellcheck="false"
          autocapitalize="off"
          placeholder="a part of a token, or #id"
          .value=${this.search}
          @input=${(event: Event) => (this.search = (event.target as HTMLInputElement).value)}
      /></label>
    </div>`;
  }

  /** The first rows of the table at a glance: the more frequent a token, the larger. */
  #renderCloud(counted: CountedVocabulary | undefined): TemplateResult {
    const {counts, vocabulary} = counted ?? {};
    const ids = vocabulary ? this.#rows.slice(0, CLOUD) : [];
    const most = Math.max(1, ...ids.map((id) => counts?.[id] ?? 0));
    const size = (id: number): number => SMALL + (1 - SMALL) * Math.sqrt((counts?.[id] ?? 0) / most);
    return html`<p class="cloud" part="cloud" aria-hidden="true">
      <small>${counts ? 'Larger means more frequent:' : nothing}</small>
      ${ids.map((id) => html`<span .style="font-size: ${(LARGE * size(id)).toFixed(2)}em">${vocabulary!.labels[id]}</span>`)}
    </p>`;
  }

  #renderTable(counted: CountedVocabulary | undefined): TemplateResult {
    const count = counted ? this.#rows.length : 0;
    const most = counted?.counts?.reduce((a, b) => Math.max(a, b), 1) ?? 1;
    return html`<div
      class="table"
      part="table"
      role="table"
      aria-label="The tokens of the vocabulary"
      aria-rowcount=${this.#rows.length + 1}
    >
      <div role="rowgroup">
        <div class="row head" role="row" aria-rowindex="1">${ORDERS.map((order) => this.#renderHead(order))}</div>
      </div>
      <div class="body" role="rowgroup" tabindex="0" aria-label="Tokens; scroll with the arrow keys" @keydown=${this.#onKeydown}>
        <div class="space" role="presentation" .style="height: ${count * ROW_HEIGHT}px">
          ${this.#window.indices(count).map((index) => this.#renderRow(counted!, index, most))}
        </div>
      </div>
    </div>`;
  }

  #renderHead(order: Order): TemplateResult {
    const isSorted = order === this.order;
    const direction = this.descending ? 'descending' : 'ascending';
    return html`<div class=${order} role="columnheader" aria-sort=${isSorted ? direction : 'none'}>
      <button @click=${() => this.#sortBy(order)}>
        ${COLUMNS[order]}<span aria-hidden="true">${isSorted ? (this.descending ? ' ↓' : ' ↑') : ''}</span>
      </button>${order === 'length' ? html`<span class="bytes">in hexadecimal</span>` : nothing}
    </div>`;
  }

  #renderRow(
    {tokenizer, vocabulary: {labels, lengths}, counts}: CountedVocabulary,
    index: number,
    most: number,
  ): TemplateResult {
    const id = this.#rows[index]!;
    const count = counts?.[id];
    return html`<div
      class="row ${index === this.current ? 'current' : ''}"
      role="row"
      aria-rowindex=${index + 2}
      .style="transform: translateY(${index * ROW_HEIGHT}px)"
    >
      <div class="id" role="cell">${id}</div>
      <div class="token" role="cell"><code>${labels[id] || '(unused)'}</code></div>
      <div class="length" role="cell">${lengths[id]}<span class="bytes">${hex(tokenizer.bytes(id).subarray(0, 8))}${lengths[id]! > 8 ? ' …' : ''}</span></div>
      <div class="frequency" role="cell"
        >${count === undefined ? '…' : whole(count)}<span class="bar" .style="width: ${(100 * (count ?? 0)) / most}%"></span
      ></div>
    </div>`;
  }

  #readout(counted: CountedVocabulary | undefined): string {
    if (!counted) return '';
    const {vocabulary, counts, total} = counted;
    const size = vocabulary.labels.length;
    const shown = this.#rows.length;
    const found =
      shown === size
        ? `All ${whole(size)} tokens.`
        : shown === 0
          ? 'No token contains this. Type a space as “·” or as a space; letters of other alphabets are often split into bytes.'
          : `${whole(shown)} of ${whole(size)} tokens.`;
    if (!counts) return found;
    const text = this.text ? 'The text' : 'tiny-tales';
    const learnedHere = !this.text && this.#choice === 'model';
    return `${found} ${text} (${whole(total)} tokens) uses ${useInWords(vocabulary, counts, learnedHere)}`;
  }
}

define('vocabulary-table', VocabularyTable);

declare global {
  interface HTMLElementTagNameMap {
    'vocabulary-table': VocabularyTable;
  }
}
