import {type Virtualizer, VirtualizerController} from '@tanstack/lit-virtual';
import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {define} from '../../ui/base/define.js';
import type {CodePiece} from '../../ui/base/gpt-element.js';
import {LegacyElement} from '../../ui/base/legacy-element.js';
import {VisibleController} from '../../ui/base/visible-controller.js';
import {
  isEncoding,
  namesModel,
  renderTokenizerState,
  TokenizerController,
  type TokenizerName,
} from '../../ui/model/tokenizer-controller.js';
import {hex} from '../../ui/views/token-chips.js';
import {
  countIds,
  csvRows,
  find,
  ORDERS,
  type Order,
  readVocabulary,
  sort,
  type Vocabulary,
} from './vocabulary.js';
import {styles} from './vocabulary-table.styles.js';

const ROW_HEIGHT = 32;
/** Rows beyond the edges that are drawn as well, so that scrolling shows no gaps. */
const OVERSCAN = 10;

const whole = (value: number): string => value.toLocaleString('en');

const CODE: readonly CodePiece[] = [
  {name: 'byte-pair-encoding', label: 'How a text becomes tokens: with the vocabulary'},
  {name: 'bpe-trainer', label: 'How a vocabulary comes about: merge by merge'},
];

const COLUMNS: Record<Order, string> = {id: 'id', token: 'token', length: 'bytes', frequency: 'count'};

/**
 * What does a vocabulary hold? Every token of a tokenizer with its id, its bytes, and how often it occurs in a corpus: to be
 * searched, sorted and scrolled through, with 50,000 rows or 200,000.
 *
 * @summary Every token of a vocabulary: id, bytes, length, frequency; searched and sorted.
 * @group text → ids
 * @slot lead - Replaces the sentence above.
 * @csspart lead - The sentence above.
 * @csspart controls - The choice of the vocabulary, and the search.
 * @csspart table - The table.
 * @csspart readout - The line that says how many tokens are shown.
 * @csspart footer - Facts, code, export, embed.
 * @cssproperty --gpt-attention - The bars of frequencies.
 */
export class VocabularyTable extends LegacyElement {
  static override styles = [...LegacyElement.styles, styles];

  /** `gpt2`, `cl100k_base`, `o200k_base` or `model`. Default: `model` where the element stands in a `<gpt-model>`, else `gpt2`. */
  @property({reflect: true}) accessor encoding = '';
  /** Only tokens that hold this are shown; `#` and a number finds the token with that id. */
  @property({reflect: true}) accessor search = '';
  /** What the rows are sorted by: `id`, `token`, `length` or `frequency`. */
  @property({reflect: true}) accessor order: Order = 'id';
  /** From the largest to the smallest. */
  @property({type: Boolean, reflect: true}) accessor descending = false;
  /** The text in which tokens are counted. Default: tiny-tales. */
  @property() accessor text = '';

  /** Leaves out the choice of the vocabulary and the search. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  @state() private accessor vocabulary: Vocabulary | undefined;
  @state() private accessor counts: Uint32Array | undefined;
  /** How many tokens the text has that was counted. */
  @state() private accessor counted = 0;
  @state() private accessor problem = '';
  /** The row that the keyboard is on. */
  @state() private accessor current = 0;

  /** The ids that are shown, in their order. */
  #rows: number[] = [];
  /** What the vocabulary was last read from. */
  #read?: Tokenizer;
  #work?: AbortController;
  readonly #source = new TokenizerController(this);
  readonly #visible = new VisibleController(this, (visible) => visible && this.requestUpdate());
  readonly #rowsShown = new VirtualizerController<HTMLElement, HTMLElement>(this, {
    count: 0,
    getScrollElement: () => this.renderRoot?.querySelector<HTMLElement>('.body') ?? null,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });

  get #choice(): TokenizerName {
    const {encoding} = this;
    if (isEncoding(encoding) || encoding === 'model') return encoding;
    return encoding === '' && namesModel(this) ? 'model' : 'gpt2';
  }

  get #virtualizer(): Virtualizer<HTMLElement, HTMLElement> {
    return this.#rowsShown.getVirtualizer();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#work?.abort();
    this.#source.none();
    this.#read = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.#visible.visible && !this.vocabulary) return;
    this.#source.use(this.#choice);
    const {tokenizer} = this.#source;
    if (tokenizer !== this.#read || (tokenizer && changed.has('text') && changed.get('text') !== undefined))
      void this.#readAll(tokenizer);
    const inputs = ['vocabulary', 'counts', 'search', 'order', 'descending'] as const;
    if (this.vocabulary && inputs.some((name) => (changed as Map<string, unknown>).has(name)))
      this.#arrange(this.vocabulary);
  }

  async #readAll(tokenizer: Tokenizer | undefined): Promise<void> {
    this.#work?.abort();
    const {signal} = (this.#work = new AbortController());
    this.#read = tokenizer;
    this.problem = '';
    this.vocabulary = this.counts = undefined;
    if (!tokenizer) return;
    try {
      this.vocabulary = await readVocabulary(
        {vocabSize: tokenizer.vocabSize, bytes: (id) => tokenizer.bytes(id)},
        signal,
      );
      const {encodeText} = await import('../../state/text-work.js');
      const ids = await encodeText(await this.#corpus(), tokenizer.spec, {signal});
      this.counted = ids.length;
      this.counts = countIds(ids, tokenizer.vocabSize);
    } catch (error) {
      if (!signal.aborted) this.problem = `Nothing could be counted. ${(error as Error).message}`;
    }
  }

  async #corpus(): Promise<string> {
    return this.text || (await import('../../data/tiny-tales/index.js')).tinyTales({}).text;
  }

  #arrange(vocabulary: Vocabulary): void {
    const order = ORDERS.includes(this.order) ? this.order : 'id';
    this.#rows = sort(find(vocabulary, this.search), vocabulary, this.counts, order, this.descending);
    this.current = 0;
    const virtualizer = this.#virtualizer;
    virtualizer.setOptions({...virtualizer.options, count: this.#rows.length});
    virtualizer.scrollToOffset(0);
  }

  #sortBy(order: Order): void {
    // Most readers want the longest and the most frequent first.
    this.descending = order === this.order ? !this.descending : order === 'length' || order === 'frequency';
    this.order = order;
  }

  #onKeydown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((this.#virtualizer.scrollRect?.height ?? 0) / ROW_HEIGHT) - 1);
    const last = this.#rows.length - 1;
    const to = {
      ArrowDown: this.current + 1,
      ArrowUp: this.current - 1,
      PageDown: this.current + page,
      PageUp: this.current - page,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.current = Math.min(last, Math.max(0, to));
    this.#virtualizer.scrollToIndex(this.current);
  };

  protected override render(): TemplateResult {
    const {tokenizer} = this.#source;
    const waiting = tokenizer
      ? this.vocabulary
        ? nothing
        : html`<label class="loading">Reading the vocabulary … <progress></progress></label>`
      : renderTokenizerState(this.#source);
    return html`
      ${this.renderLead('A vocabulary is a list: every token that a tokenizer has, under its number. The early ones are single bytes; then come the merges, the most useful first.')}
      ${this.withoutControls ? nothing : this.#renderControls()}
      <div class="stage">${this.#renderTable(tokenizer)}<div class="over">${waiting}</div></div>
      ${this.problem ? html`<p class="error" role="alert">${this.problem}</p>` : nothing}
      <p class="readout" part="readout" role="status">${this.#readout()}</p>
      ${this.renderFooter(tokenizer ? `${whole(tokenizer.vocabSize)} tokens in the vocabulary` : '', {
        snippet: this.#source.merging && CODE,
        table: tokenizer && this.vocabulary && (() => csvRows(tokenizer, this.#rows, this.counts)),
      })}
    `;
  }

  #renderControls(): TemplateResult {
    const choice = this.#choice;
    const option = (name: TokenizerName, label: string) =>
      html`<option value=${name} ?selected=${name === choice}>${label}</option>`;
    return html`<div class="controls" part="controls">
      <label
        >Vocabulary
        <select @change=${(event: Event) => (this.encoding = (event.target as HTMLSelectElement).value)}>
          ${option('gpt2', 'gpt2 (GPT-2)')} ${option('cl100k_base', 'cl100k_base (GPT-4)')}
          ${option('o200k_base', 'o200k_base (GPT-4o)')} ${option('model', 'this page’s model')}
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

  #renderTable(tokenizer: Tokenizer | undefined): TemplateResult {
    const virtualizer = this.#virtualizer;
    const {vocabulary} = this;
    const items = vocabulary && tokenizer ? virtualizer.getVirtualItems() : [];
    const most = this.counts
      ? Math.max(
          1,
          this.counts.reduce((a, b) => Math.max(a, b), 0),
        )
      : 1;
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
      <div class="body" role="rowgroup" tabindex="0" aria-label="Tokens: the arrow keys scroll" @keydown=${this.#onKeydown}>
        <div class="space" role="presentation" .style="height: ${vocabulary ? virtualizer.getTotalSize() : 0}px">
          ${items.map(({index, start}) => {
            const id = this.#rows[index];
            return id === undefined || id >= tokenizer!.vocabSize
              ? nothing
              : this.#renderRow(tokenizer!, vocabulary!, id, index, start, most);
          })}
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
    tokenizer: Tokenizer,
    {labels, lengths}: Vocabulary,
    id: number,
    index: number,
    start: number,
    most: number,
  ): TemplateResult {
    const count = this.counts?.[id];
    return html`<div
      class="row ${index === this.current ? 'current' : ''}"
      role="row"
      aria-rowindex=${index + 2}
      .style="transform: translateY(${start}px)"
    >
      <div class="id" role="cell">${id}</div>
      <div class="token" role="cell"><code>${labels[id] || '(unused)'}</code></div>
      <div class="length" role="cell">${lengths[id]}<span class="bytes">${hex(tokenizer.bytes(id).subarray(0, 8))}${lengths[id]! > 8 ? ' …' : ''}</span></div>
      <div class="frequency" role="cell"
        >${count === undefined ? '…' : whole(count)}<span class="bar" .style="width: ${(100 * (count ?? 0)) / most}%"></span
      ></div>
    </div>`;
  }

  #readout(): string {
    if (!this.vocabulary) return '';
    const size = this.vocabulary.labels.length;
    const shown = this.#rows.length;
    const found =
      shown === size
        ? `All ${whole(size)} tokens.`
        : shown === 0
          ? 'No token holds this. A space is written “·” or as a space; letters of other alphabets are often cut into bytes.'
          : `${whole(shown)} of ${whole(size)} tokens.`;
    if (!this.counts) return found;
    const used = this.counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
    return `${found} ${this.text ? 'The text' : 'tiny-tales'} has ${whole(this.counted)} tokens, ${whole(used)} different ones.`;
  }
}

define('vocabulary-table', VocabularyTable);

declare global {
  interface HTMLElementTagNameMap {
    'vocabulary-table': VocabularyTable;
  }
}
