import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {ModelFacts} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {define} from '../../ui/base/define.js';
import {decimals, visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
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
import {renderLegend} from '../../ui/views/legend.js';
import {type TableCell, type TableProps, TableView} from '../../ui/views/table-view.js';
import {type ColorScale, signedScale} from '../../viz/color.js';
import {HeldExtent} from '../../viz/nice.js';
import {type Lookup, lookUp} from './lookup.js';
import {LEGEND, lookupPicture} from './lookup-picture.js';
import {cellText, lookupWords} from './lookup-words.js';
import {styles} from './token-embedding.styles.js';
import {renderVectors} from './vector-table.js';

/** Characters of the text to begin with. */
const OPENING = 24;
/** Tokens of the text that are offered as chips. */
const MOST_CHIPS = 64;

/**
 * What a token is to the model: one row of a table. The embedding `wte` as colors, the row of a chosen token, and
 * the same row as a one-hot vector times the table.
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
 * @csspart table - The table in its frame; it scrolls where it is larger.
 * @csspart lookup - The chosen token's row, found in two ways.
 * @csspart readout - The line that says what is chosen or pointed at.
 * @csspart footer - Facts, code, export.
 * @cssproperty --gpt-positive - The color of the largest number.
 * @cssproperty --gpt-negative - The color of the smallest number; 0 is the background.
 */
export class TokenEmbedding extends TextElement<EmbeddingTable> {
  static override styles = [...TextElement.styles, ...styles];
  static override lead =
    'What is a token to the model? A row of numbers in a table: the token’s id says which row. These numbers are learned.';
  static override textField = {empty: 'Type a text to look up its tokens.'};

  /** `[V, C]`: a list of rows, or row by row in one `Float32Array`. With these, no model is asked. */
  @property({attribute: false}) accessor weights: TableInput | undefined;
  /** The tokens that the rows of `weights` belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** The id of the chosen token. Default: the longest of `text`. */
  @property({type: Number, reflect: true}) accessor token: number | undefined;
  /** The number at the ends of the color scale. Default: a round one that holds the rows of `text`; it never shrinks. */
  @property({type: Number, reflect: true}) accessor extent: number | undefined;
  /** Leaves out the one-hot product. */
  @property({type: Boolean, reflect: true, attribute: 'without-one-hot'}) accessor withoutOneHot = false;

  @state() private accessor hovered: TableCell | undefined;
  /** The column of the cell that the keyboard is at. */
  @state() private accessor column: number | undefined;

  #splitProblem?: string;
  /** The tokens of the last text that could be read. */
  #ids: readonly number[] = [];
  #scale?: ColorScale;
  readonly #scaled = new Memo();
  readonly #widthOf = new Memo();
  #longest = 5;
  readonly #extent = new HeldExtent();
  readonly #sideways = {left: 0};
  readonly #table = new TableView(() => this.requestUpdate(), this.#sideways);
  readonly #vectors = new TableView(() => this.requestUpdate(), this.#sideways);
  readonly #revealed = new Memo();
  #shownRows = 0;

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
    this.token = this.column = undefined; // those of the text before
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
  #colorScale(data: EmbeddingTable): ColorScale {
    const {theme} = this.colors;
    let reach = this.extent;
    if (reach === undefined) {
      for (const id of this.#ids) this.#extent.hold(rowOf(data, data.ids.indexOf(id)));
      reach = this.#extent.hold(this.#ids.length ? [] : data.values);
    }
    if (this.#scaled.changed(theme, reach) || !this.#scale) this.#scale = signedScale(theme, reach);
    return this.#scale;
  }

  protected override footer(data = this.data): FooterOptions {
    return {
      snippet: this.isGiven ? undefined : 'embedding',
      picture: data && lookupPicture(data, this.#chosen(data), this.#colorScale(data), this.colors.theme),
    };
  }

  protected override renderData(data: EmbeddingTable): TemplateResult {
    const row = this.#chosen(data);
    const lookup = lookUp(data, row);
    return html`
      ${this.#renderChips(data, row)}
      <p class="caption">
        The table <code>wte</code>: ${data.vocabSize.toLocaleString('en')} tokens, ${data.width} numbers each.
        ${
          data.ids.length < data.vocabSize
            ? html`It is too large to show whole: here are ${data.ids.length} of its rows, those of the text above, of
                the corpus’s beginning and of the lowest ids.`
            : nothing
        }
      </p>
      <div part="table">${this.#table.render(this.#tableProps(data, row))}</div>
      <p class="caption">
        ${
          this.withoutOneHot
            ? html`The row of <span class="token">${visibleToken(data.tokens[row]!)}</span>:`
            : html`The same vector in two ways: take row ${data.ids[row]}, or multiply the table by a vector that is 1
                at ${data.ids[row]} and 0 elsewhere (one-hot). Every other row is multiplied by 0.`
        }
      </p>
      <div part="lookup">${this.#vectors.render(this.#vectorProps(data, lookup))}</div>
      ${renderLegend(this.#colorScale(data), this.colors.theme, LEGEND)}
      <p class="readout" part="readout">${this.#reading(data, lookup)}</p>
      <div class="visually-hidden">${renderVectors(data, [row, ...this.#ids.map((id) => data.ids.indexOf(id))])}</div>
    `;
  }

  #renderChips(data: EmbeddingTable, chosen: number): TemplateResult {
    return html`<div class="chips" part="tokens" role="group" aria-label="Tokens of the text" dir="auto">
      ${this.#ids.slice(0, MOST_CHIPS).map((id) => {
        const row = data.ids.indexOf(id);
        return html`<button
          class="chip ${row === this.hovered?.row ? 'highlighted' : ''}"
          aria-pressed=${row === chosen}
          @click=${() => this.#choose({row})}
          @pointerenter=${() => (this.hovered = {row})}
          @pointerleave=${() => (this.hovered = undefined)}
        >
          <span>${visibleToken(data.tokens[row] ?? '?')}</span><small>${id}</small>
        </button>`;
      })}
    </div>`;
  }

  /** Characters that the longest token takes, up to 12. */
  #tokenWidth(data: EmbeddingTable): number {
    if (this.#widthOf.changed(data.tokens))
      this.#longest = data.tokens.reduce((most, token) => Math.max(most, Math.min(12, token.length)), 5);
    return this.#longest;
  }

  #tableProps(data: EmbeddingTable, chosen: number): TableProps {
    const idWidth = Math.max(2, `${data.vocabSize - 1}`.length);
    const tokenWidth = this.#tokenWidth(data);
    return {
      name: 'whole',
      label: `Embedding table, ${data.ids.length} tokens of ${data.width} numbers`,
      heatmap: {rows: data.ids.length, columns: data.width, values: data.values},
      rowLabels: (row) => [
        `${data.ids[row]}`.padStart(idWidth),
        visibleToken(data.tokens[row]!),
        ...(this.withoutOneHot ? [] : [row === chosen ? '1' : '0']),
      ],
      labelColumns: [
        {name: 'id', width: idWidth},
        {name: 'token', width: tokenWidth},
        ...(this.withoutOneHot ? [] : [{name: '1-hot', width: 5}]),
      ],
      columnName: `${data.width} numbers a token →`,
      scale: this.#colorScale(data),
      theme: this.colors.theme,
      print: (value) => decimals(value, 2),
      highlighted: this.hovered ?? {row: chosen, column: this.column},
      spoken: (row, column) => cellText(data, row, column),
      hover: (cell) => (this.hovered = cell),
      choose: (cell) => this.#choose(cell),
      width: this.size.width,
      maxHeight: 20 + 18 * 16.5,
    };
  }

  /** Under the table, column under column. */
  #vectorProps(data: EmbeddingTable, {row, found, product}: Lookup): TableProps {
    const table = this.#tableProps(data, row);
    const both = this.withoutOneHot ? found : Float32Array.of(...found, ...product);
    const names = [`row ${data.ids[row]}`, '1-hot × table'];
    const column = this.hovered ? this.hovered.column : this.column;
    return {
      ...table,
      name: 'vectors',
      label: `The vector of ${visibleToken(data.tokens[row]!)}`,
      heatmap: {rows: both.length / data.width, columns: data.width, values: both},
      rowLabels: (n) => [names[n]!],
      // The same width as the table's labels, so that the columns of both are in line.
      labelColumns: [{name: 'vector', width: 15}],
      labelSpace: TableView.labelSpace(table),
      columnName: '',
      highlighted: {row: column === undefined ? undefined : 0, column},
      spoken: (_, at) => cellText(data, row, at),
      hover: (cell) => (this.hovered = cell && {row, column: cell.column}),
      choose: (cell) => this.#choose({row, column: cell.column}),
      maxHeight: 200,
    };
  }

  #reading(data: EmbeddingTable, lookup: Lookup): TemplateResult {
    const {row, column} = this.hovered ?? {row: lookup.row, column: this.column};
    if (row !== undefined && column !== undefined) return html`${cellText(data, row, column)}.`;
    const tied = !this.isGiven && this.model?.config?.tieWeights;
    return lookupWords(data, lookup, {withProduct: !this.withoutOneHot, tied});
  }

  #choose({row, column}: TableCell): void {
    const data = this.data;
    if (row === undefined || !data || data.ids[row] === undefined) return;
    this.token = data.ids[row];
    this.column = column;
    this.emit('gpt-token-chosen', {
      id: data.ids[row],
      token: data.tokens[row]!,
    } satisfies GptTokenChosenDetail);
  }

  protected override updated(): void {
    const data = this.data;
    if (!data || !this.size.width) return;
    this.#table.paint(this.renderRoot);
    this.#vectors.paint(this.renderRoot);
    const row = this.#chosen(data);
    const first = this.#shownRows !== data.ids.length;
    this.#shownRows = data.ids.length;
    if (!this.#revealed.changed(row, data.ids.length)) return;
    if (first) this.#table.center(this.renderRoot, row);
    else this.#table.reveal(this.renderRoot, {row});
  }
}

define('token-embedding', TokenEmbedding);

declare global {
  interface HTMLElementTagNameMap {
    'token-embedding': TokenEmbedding;
  }
}
