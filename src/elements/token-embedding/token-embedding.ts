import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {ModelFacts} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {define} from '../../ui/base/define.js';
import {visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {TextElement} from '../../ui/base/text-element.js';
import {firstShownNote, openingOf, type ShownText} from '../../ui/base/text-field.js';
import {
  type EmbeddingTable,
  type GptTokenChosenDetail,
  rowOf,
  splitInto,
  type TableInput,
  tableFrom,
} from '../../ui/model/embedding-table.js';
import {readTable} from '../../ui/model/read-table.js';
import {indexOfLargest} from '../../ui/views/matrix-product/attention-board.js';
import {productStyles} from '../../ui/views/matrix-product/product.styles.js';
import {ProductView} from '../../ui/views/matrix-product/product-view.js';
import {renderScaleNote, scaleNoteStyles} from '../../ui/views/matrix-product/scale-note.js';
import type {ProductCell, Scene} from '../../viz/matrix-product/scene.js';
import {HeldExtent} from '../../viz/nice.js';
import {lookUp} from './lookup.js';
import {lookupBoard} from './lookup-board.js';
import {renderResult} from './lookup-result.js';
import {cellText, lookupWords} from './lookup-words.js';
import {styles} from './token-embedding.styles.js';

/** Characters of the text to begin with. */
const OPENING = 24;
/** Tokens of the text that are offered as chips. */
const MOST_CHIPS = 64;

/**
 * What a token is to the model: one row of a table. The tokens of a text as one-hot vectors, times the
 * embedding `wte`: each 1 picks a row.
 *
 * Shows `weights` set as a property, else the table of a model (`for`, an ancestor `<gpt-model>`, the page's default
 * model); this one follows the model while it trains.
 *
 * @summary Which row of the embedding table each token picks, and that this equals one-hot × matrix.
 * @group ids → vectors
 * @event {CustomEvent<{id: number, token: string}>} gpt-token-chosen - The reader has chosen a token.
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart tokens - The text as tokens with their ids.
 * @csspart result - The chosen token, its id and its numbers.
 * @csspart table - The product: one-hot vectors, the table, and the rows that they pick.
 * @csspart readout - The line that says what is chosen or pointed at.
 * @csspart footer - Facts, code, export.
 * @cssproperty --gpt-positive - The color of the largest number.
 * @cssproperty --gpt-negative - The color of the smallest number; 0 is the background.
 */
export class TokenEmbedding extends TextElement<EmbeddingTable> {
  static override styles = [...TextElement.styles, productStyles, scaleNoteStyles, styles];
  static override lead = 'Which numbers stand for a token? Its id picks one row of a learned table.';
  static override textField = {empty: 'Type a text to look up its tokens.'};

  /** `[V, C]`: a list of rows, or row by row in one `Float32Array`. With these, no model is asked. */
  @property({attribute: false}) accessor weights: TableInput | undefined;
  /** The tokens that the rows of `weights` belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** The id of the chosen token. Default: the longest of `text`. */
  @property({type: Number, reflect: true}) accessor token: number | undefined;
  /** The number at the ends of the color scale. Default: a round one that holds the rows of `text`; it never shrinks. */
  @property({type: Number, reflect: true}) accessor extent: number | undefined;
  /** Shows the look-up as a product: one-hot vectors times the table. */
  @property({type: Boolean, reflect: true, attribute: 'one-hot'}) accessor oneHot = false;
  /** Leaves out the one-hot product and its switch. */
  @property({type: Boolean, reflect: true, attribute: 'without-one-hot'}) accessor withoutOneHot = false;

  @state() private accessor pointed: ProductCell | undefined;
  /** The number of the chosen row that the reader has chosen last. */
  @state() private accessor column: number | undefined;

  #splitProblem?: string;
  /** The tokens of the last text that could be read. */
  #ids: readonly number[] = [];
  readonly #extent = new HeldExtent();
  readonly #product = new ProductView();

  protected override dataFromProperties(): EmbeddingTable | undefined {
    this.#extent.forget();
    return this.weights && tableFrom(this.weights, this.tokens);
  }

  protected override load(model: LiveModel, {ids}: ShownText, signal: AbortSignal): Promise<EmbeddingTable> {
    return readTable(model, ids, signal);
  }

  protected override defaultText(_model: LiveModel, {corpus}: ModelFacts): string {
    return openingOf(corpus.excerpt, OPENING).trimEnd();
  }

  protected override modelChanged(): void {
    this.#extent.forget();
  }

  protected override onTextInput(text: string): void {
    this.text = text;
    this.token = this.column = this.pointed = undefined; // those of the text before
  }

  protected override get hasTextField(): boolean {
    return this.isGiven ? !!this.data : super.hasTextField;
  }

  protected override get shownText(): string {
    return this.isGiven ? (this.text ?? this.tokens.slice(0, 8).join('')) : super.shownText;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#splitProblem = undefined;
    if (!this.data) return;
    try {
      this.#ids = this.isGiven
        ? splitInto(this.shownText, this.data.tokens)
        : this.model!.encode(this.shownText);
    } catch (error) {
      // Of a model's text, the request says so too. The tokens of the last good text stay.
      if (this.isGiven) this.#splitProblem = (error as Error).message;
    }
  }

  protected override note(): string | undefined {
    return this.#splitProblem ?? firstShownNote(this.#ids.length, Math.min(this.#ids.length, MOST_CHIPS));
  }

  /** The row of the chosen token in the table on show. */
  #chosen({ids, tokens}: EmbeddingTable): number {
    const length = (id: number): number => tokens[ids.indexOf(id)]?.length ?? 0;
    const longest = this.#ids.reduce(
      (best, id) => (length(id) > length(best) ? id : best),
      this.#ids[0] ?? 0,
    );
    return Math.max(0, ids.indexOf(this.token ?? longest));
  }

  /** Fits the rows of the text: rows of unused tokens may lie far off, and would leave all others pale. */
  #reach(data: EmbeddingTable): number {
    if (this.extent !== undefined) return this.extent;
    for (const id of this.#ids) this.#extent.hold(rowOf(data, data.ids.indexOf(id)));
    return this.#extent.hold(this.#ids.length ? [] : data.values);
  }

  get #withOneHot(): boolean {
    return this.oneHot && !this.withoutOneHot;
  }

  /** The rows of the table that are looked up: the text's, and the chosen one. */
  #shown(data: EmbeddingTable): number[] {
    const rows = this.#ids.slice(0, MOST_CHIPS).map((id) => data.ids.indexOf(id));
    const chosen = this.#chosen(data);
    return rows.includes(chosen) ? rows : [...rows, chosen];
  }

  #scene(data: EmbeddingTable): Scene {
    const {pointed} = this;
    const rows = this.#shown(data);
    const chosen = this.#chosen(data);
    const board = lookupBoard({
      data,
      rows,
      chosen,
      column: this.column,
      withOneHot: this.#withOneHot,
      extent: this.#reach(data),
      theme: this.colors.theme,
      width: this.size.width,
    });
    return pointed && board.blocks[pointed.block] ? {...board, highlighted: pointed} : board;
  }

  protected override footer(data = this.data): FooterOptions {
    return {
      snippet: this.isGiven ? undefined : 'embedding',
      picture:
        data &&
        (async () => {
          const {scenePicture} = await import('../../viz/matrix-product/picture.js');
          const row = this.#chosen(data);
          const title = `Embedding of ${visibleToken(data.tokens[row]!)} (id ${data.ids[row]})`;
          return scenePicture(title, this.#scene(data), this.size.width, this.colors.theme);
        }),
    };
  }

  protected override renderData(data: EmbeddingTable): TemplateResult {
    const rows = this.#shown(data);
    const chosen = this.#chosen(data);
    return html`
      ${this.#renderChips(data, chosen)}
      ${renderResult(data, chosen, this.#reach(data), this.colors.theme, this.size.width)}
      ${
        this.withoutOneHot
          ? nothing
          : html`<div class="controls"><label
              ><input
                type="checkbox"
                .checked=${this.oneHot}
                @change=${(event: Event) => (this.oneHot = (event.target as HTMLInputElement).checked)}
              />
              as a product with one-hot vectors</label
            ></div>`
      }
      <div part="table">
        ${this.#product.render({
          ...this.#scene(data),
          name: 'lookup',
          theme: this.colors.theme,
          width: this.size.width,
          point: (cell) => (this.pointed = cell),
          choose: (cell) => this.#chooseCell(data, rows, cell),
        })}
      </div>
      ${renderScaleNote({wte: this.#reach(data)}, false)}
      <p class="note">Gray bands are folded away: click one to unfold it.</p>
      <p class="readout" part="readout" role="status">${this.#reading(data, rows, chosen)}</p>
    `;
  }

  #renderChips(data: EmbeddingTable, chosen: number): TemplateResult {
    return html`<div class="chips" part="tokens" role="group" aria-label="Tokens of the text" dir="auto">
      ${this.#ids.slice(0, MOST_CHIPS).map((id, at) => {
        const row = data.ids.indexOf(id);
        return html`<button
          class="chip ${this.pointed?.block === 'x' && this.pointed.row === at ? 'highlighted' : ''}"
          aria-pressed=${row === chosen}
          @click=${() => this.#choose(data, row)}
          @pointerenter=${() => (this.pointed = {block: 'x', row: at, column: indexOfLargest(rowOf(data, row))})}
          @pointerleave=${() => (this.pointed = undefined)}
        >
          <span>${visibleToken(data.tokens[row] ?? '?')}</span><small>${id}</small>
        </button>`;
      })}
    </div>`;
  }

  #reading(data: EmbeddingTable, rows: readonly number[], chosen: number): TemplateResult | string {
    const {pointed} = this;
    if (pointed?.block === 'wte') return `${cellText(data, pointed.row, pointed.column)}.`;
    if (pointed?.block === 'x' && rows[pointed.row] !== undefined)
      return `${cellText(data, rows[pointed.row]!, pointed.column)}.`;
    const tied = !this.isGiven && this.model?.config?.tieWeights;
    return lookupWords(data, lookUp(data, chosen), {withProduct: this.#withOneHot, tied});
  }

  #chooseCell(data: EmbeddingTable, rows: readonly number[], cell: ProductCell): void {
    if (cell.block !== 'oneHot') this.column = cell.column;
    this.#choose(data, cell.block === 'wte' ? cell.row : rows[cell.row]!);
    this.pointed = cell;
  }

  #choose(data: EmbeddingTable, row: number): void {
    const id = data.ids[row];
    if (id === undefined) return;
    this.token = id;
    const detail: GptTokenChosenDetail = {id, token: data.tokens[row]!};
    this.emit('gpt-token-chosen', detail);
  }

  protected override updated(): void {
    this.#product.paint(this.renderRoot);
  }
}

define('token-embedding', TokenEmbedding);

declare global {
  interface HTMLElementTagNameMap {
    'token-embedding': TokenEmbedding;
  }
}
