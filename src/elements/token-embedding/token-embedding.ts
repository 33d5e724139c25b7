import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {unsafeHTML} from 'lit/directives/unsafe-html.js';
import {define} from '../../ui/base/define.js';
import {decimals, visibleToken} from '../../ui/base/format.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {LegacyElement} from '../../ui/base/legacy-element.js';
import {Memo} from '../../ui/base/memo.js';
import {modelFacts} from '../../ui/base/model-facts.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {ThemeController} from '../../ui/base/theme-controller.js';
import {VisibleController} from '../../ui/base/visible-controller.js';
import {renderProblem, renderWaiting} from '../../ui/base/waiting.js';
import {
  type EmbeddingTable,
  type GptTokenChosenDetail,
  rowOf,
  splitInto,
  type TableInput,
  tableFrom,
} from '../../ui/model/embedding-table.js';
import {EmbeddingWatch} from '../../ui/model/embedding-watch.js';
import {ModelController} from '../../ui/model/model-controller.js';
import {type TableCell, type TableProps, TableView} from '../../ui/views/table-view.js';
import {type ColorScale, signedScale} from '../../viz/color.js';
import {HeldExtent} from '../../viz/nice.js';
import {type Lookup, lookUp} from './lookup.js';
import {legendSvg, lookupPicture} from './lookup-picture.js';
import {cellText, lookupWords} from './lookup-words.js';
import {styles} from './token-embedding.styles.js';
import {renderVectors} from './vector-table.js';

/**
 * What a token is to the model: one row of a table. The embedding `wte` as colors, the row of a chosen token, and
 * the same row as a one-hot vector times the table.
 *
 * Shows `weights` set as a property, else the table of a model (`for`, an ancestor `<gpt-model>`, the page's default
 * model); this one follows the model while it trains.
 *
 * @summary Which row of the embedding table each token picks, and that this equals one-hot × matrix.
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
export class TokenEmbedding extends LegacyElement {
  static override styles = [...LegacyElement.styles, ...styles];

  /** `[V, C]`: a list of rows, or row by row in one `Float32Array`. With these, no model is asked. */
  @property({attribute: false}) accessor weights: TableInput | undefined;
  /** The tokens that the rows of `weights` belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** Its tokens are offered for looking up. Default: the beginning of the text that the model learns from. */
  @property({reflect: true}) accessor text: string | undefined;
  /** The id of the chosen token. Default: the longest of `text`. */
  @property({type: Number, reflect: true}) accessor token: number | undefined;
  /** The number at the ends of the color scale. Default: a round one that holds the rows of `text`; it never shrinks. */
  @property({type: Number, reflect: true}) accessor extent: number | undefined;
  /** Leaves out the field in which the reader changes the text. */
  @property({type: Boolean, reflect: true, attribute: 'without-text-input'}) accessor withoutTextInput =
    false;
  /** Leaves out the one-hot product. */
  @property({type: Boolean, reflect: true, attribute: 'without-one-hot'}) accessor withoutOneHot = false;

  @state() private accessor hovered: TableCell | undefined;
  /** The cell that the keyboard is at. */
  @state() private accessor column: number | undefined;

  #given?: EmbeddingTable;
  #problem?: string;
  #textProblem?: string;
  /** The tokens of the text as last understood. */
  #ids: readonly number[] = [];
  #scale?: ColorScale;
  readonly #scaled = new Memo();
  readonly #widthOf = new Memo();
  #longest = 5;
  readonly #extent = new HeldExtent();
  readonly #colors = new ThemeController(this);
  readonly #size = new SizeController(this);
  readonly #sideways = {left: 0};
  readonly #table = new TableView(() => this.requestUpdate(), this.#sideways);
  readonly #vectors = new TableView(() => this.requestUpdate(), this.#sideways);
  readonly #revealed = new Memo();
  #shownRows = 0;
  readonly #visible = new VisibleController(this, (visible) => {
    if (!visible) return;
    this.#watch.poke();
    this.requestUpdate();
  });
  readonly #models = new ModelController(this, ['gpt-facts', 'gpt-loading', 'gpt-error'], () => {
    this.#watch.stop();
    this.#extent.forget();
  });
  readonly #watch = new EmbeddingWatch(
    () => this.#visible.visible,
    () => this.requestUpdate(),
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.stop();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('weights') || changed.has('tokens')) this.#takeProperties();
    const {model} = this.#models;
    if (this.weights) this.#watch.stop();
    else if (model && this.#visible.visible && this.isConnected) this.#watch.ask({model});
    this.#readText();
  }

  #takeProperties(): void {
    this.#problem = this.#given = undefined;
    this.#extent.forget();
    if (!this.weights) return;
    try {
      this.#given = tableFrom(this.weights, this.tokens);
    } catch (error) {
      this.#problem = (error as Error).message;
    }
  }

  get #data(): EmbeddingTable | undefined {
    return this.weights ? this.#given : this.#watch.data;
  }

  get #error(): string | undefined {
    return this.weights ? this.#problem : (this.#models.problem ?? this.#watch.error);
  }

  get #shownText(): string {
    if (this.text !== undefined) return this.text;
    if (this.weights) return this.tokens.slice(0, 8).join('');
    const line = this.#models.model?.facts?.corpus.excerpt.trimStart().split('\n', 1)[0] ?? '';
    return line
      .split(/(?<=\s)/)
      .reduce((text, word) => (text.length + word.length > 24 ? text : text + word), '')
      .trimEnd();
  }

  /** What cannot be read leaves the tokens before it in place. */
  #readText(): void {
    const data = this.#data;
    if (!data) return;
    try {
      const {model} = this.#models;
      this.#ids = this.weights ? splitInto(this.#shownText, data.tokens) : model!.encode(this.#shownText);
      this.#textProblem = undefined;
      if (!this.weights) this.#watch.include(this.#ids);
    } catch (error) {
      this.#textProblem = (error as Error).message;
    }
  }

  /** The row of the chosen token in the table shown. */
  #chosen({ids, tokens}: EmbeddingTable): number {
    const length = (id: number): number => tokens[ids.indexOf(id)]?.length ?? 0;
    const longest = this.#ids.reduce(
      (best, id) => (length(id) > length(best) ? id : best),
      this.#ids[0] ?? 0,
    );
    const row = ids.indexOf(this.token ?? longest);
    return row < 0 ? 0 : row;
  }

  /** For the text's rows: those of tokens that no text uses may lie far off, and would leave all others pale. */
  #colorScale(data: EmbeddingTable): ColorScale {
    const {theme} = this.#colors;
    let reach = this.extent;
    if (reach === undefined) {
      for (const id of this.#ids) this.#extent.hold(rowOf(data, data.ids.indexOf(id)));
      reach = this.#extent.hold(this.#ids.length ? [] : data.values);
    }
    if (this.#scaled.changed(theme, reach) || !this.#scale) this.#scale = signedScale(theme, reach);
    return this.#scale;
  }

  protected override render(): TemplateResult {
    const data = this.#data;
    return html`
      ${this.renderLead(
        'A model calculates with numbers, not with letters. So it keeps a table with one row of numbers for each token, and a token’s id says which row to take. These numbers are learned.',
      )}
      ${data ? this.#renderData(data) : this.#renderWaiting()}
      ${data && this.#error ? renderProblem(this.#error, this.#retry) : nothing}
      ${this.renderFooter(
        this.weights ? 'Numbers given by this page' : modelFacts(this.#models.model, data?.step),
        {
          snippet: this.weights ? undefined : 'embedding',
          picture: data && this.#picture(data),
        },
      )}
    `;
  }

  #renderData(data: EmbeddingTable): TemplateResult {
    const row = this.#chosen(data);
    const lookup = lookUp(data, row);
    return html`
      ${this.#renderText(data, row)}
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
      <div class="legend" aria-hidden="true">${unsafeHTML(legendSvg(this.#colorScale(data), this.#colors.theme))}</div>
      <p class="readout" part="readout">${this.#reading(data, lookup)}</p>
      <div class="visually-hidden">${renderVectors(data, [row, ...this.#ids.map((id) => data.ids.indexOf(id))])}</div>
    `;
  }

  #renderText(data: EmbeddingTable, chosen: number): TemplateResult {
    const highlighted = this.hovered?.row;
    return html`
      ${
        this.withoutTextInput
          ? nothing
          : html`<label class="text-input"
              >Text
              <input
                spellcheck="false"
                autocomplete="off"
                .value=${this.#shownText}
                @input=${this.#onText}
            /></label>`
      }
      <div class="chips" part="tokens" role="group" aria-label="Tokens of the text">
        ${this.#ids.slice(0, 64).map((id) => {
          const row = data.ids.indexOf(id);
          return html`<button
            class="chip ${row === highlighted ? 'highlighted' : ''}"
            aria-pressed=${row === chosen}
            @click=${() => this.#choose({row})}
            @pointerenter=${() => (this.hovered = {row})}
            @pointerleave=${() => (this.hovered = undefined)}
          >
            <span>${visibleToken(data.tokens[row] ?? '?')}</span><small>${id}</small>
          </button>`;
        })}
      </div>
      ${this.#textProblem ? html`<p class="note" role="status">${this.#textProblem}</p>` : nothing}
      ${this.#ids.length > 64 ? html`<p class="note">The text has ${this.#ids.length} tokens; the first 64 are shown.</p>` : nothing}
    `;
  }

  #renderWaiting(): TemplateResult {
    const retry = this.weights || this.#models.problem ? undefined : this.#retry;
    return renderWaiting({loading: this.#models.model?.loading, error: this.#error, retry});
  }

  #retry = (): void => this.#watch.retry();

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
      theme: this.#colors.theme,
      print: (value) => decimals(value, 2),
      highlighted: this.hovered ?? {row: chosen, column: this.column},
      spoken: (row, column) => cellText(data, row, column),
      hover: (cell) => (this.hovered = cell),
      choose: (cell) => this.#choose(cell),
      width: this.#size.width,
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
    const tied = !this.weights && this.#models.model?.config?.tieWeights;
    return lookupWords(data, lookup, {withProduct: !this.withoutOneHot, tied});
  }

  #onText = (event: InputEvent): void => {
    this.text = (event.target as HTMLInputElement).value;
    this.token = undefined; // one of the new text
    this.column = undefined;
  };

  #choose({row, column}: TableCell): void {
    const data = this.#data;
    if (row === undefined || !data || data.ids[row] === undefined) return;
    this.token = data.ids[row];
    this.column = column;
    const detail: GptTokenChosenDetail = {id: data.ids[row], token: data.tokens[row]!};
    this.dispatchEvent(new CustomEvent('gpt-token-chosen', {detail, bubbles: true, composed: true}));
  }

  protected override updated(): void {
    const data = this.#data;
    if (!data || !this.#size.width) return;
    this.#table.paint(this.renderRoot);
    this.#vectors.paint(this.renderRoot);
    const row = this.#chosen(data);
    const first = this.#shownRows !== data.ids.length;
    this.#shownRows = data.ids.length;
    if (!this.#revealed.changed(row, data.ids.length)) return;
    if (first) this.#table.center(this.renderRoot, row);
    else this.#table.reveal(this.renderRoot, {row});
  }

  #picture(data: EmbeddingTable): Picture {
    return lookupPicture(data, this.#chosen(data), this.#colorScale(data), this.#colors.theme);
  }
}

define('token-embedding', TokenEmbedding);

declare global {
  interface HTMLElementTagNameMap {
    'token-embedding': TokenEmbedding;
  }
}
