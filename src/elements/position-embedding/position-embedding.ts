import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {ModelFacts} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {define} from '../../ui/base/define.js';
import {visibleToken} from '../../ui/base/format.js';
import type {FooterOptions, Picture} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import {modelFacts} from '../../ui/base/model-facts.js';
import {encodeShown, type ShownText} from '../../ui/base/text-field.js';
import {ViewElement} from '../../ui/base/view-element.js';
import type {TableInput} from '../../ui/model/embedding-table.js';
import {renderLegend} from '../../ui/views/legend.js';
import type {TableCell} from '../../ui/views/move-cell.js';
import {TableView} from '../../ui/views/table-view.js';
import {type ColorScale, signedScale} from '../../viz/color.js';
import {HeldExtent} from '../../viz/nice.js';
import {orderPicture} from './order-picture.js';
import {renderOrder} from './order-view.js';
import {renderFields, renderViews, VIEWS} from './position-controls.js';
import {
  answersFrom,
  type PositionAnswers,
  type PositionsData,
  type PositionView,
  type SumData,
} from './position-data.js';
import {styles} from './position-embedding.styles.js';
import {positionsPicture, sumPicture} from './position-picture.js';
import {
  comparePositions,
  distanceSentence,
  KINDS,
  type Kind,
  type Positions,
  renderPositions,
  similarityText,
  valueText,
} from './positions-view.js';
import {defaultOrders, defaultText, readOrder, readPositions, readSum} from './read-positions.js';
import {renderSum, renderSumTable, repeatedToken, sumText} from './sum-view.js';

/** The texts of each view. */
const TEXTS = {sum: ['text'], positions: [], order: ['textA', 'textB']} as const;
type TextName = (typeof TEXTS)[PositionView][number];
const FIELD_NAMES: Record<TextName, string> = {text: 'Text', textA: 'A', textB: 'B'};
/** More tokens than this are too many to compare. */
const MAX_SUM_TOKENS = 24;

type Texts = Partial<Record<TextName, string>>;
interface Request extends Texts {
  view: PositionView;
}
interface Prepared {
  view: PositionView;
  texts: readonly ShownText[];
}

/** A cell of the tables, or of the similarities. */
type Highlight = TableCell & {similarity?: boolean};

/**
 * Shows how a model knows the position of a token: the sum of token vector and position vector, the learned positions beside
 * sinusoidal ones, and how two texts that differ only in order are read with positions and without.
 *
 * Shows `positionVectors` (and `tokenVectors`) set as properties, else those of a model (`for`, an ancestor
 * `<gpt-model>`, the page's default model); these follow the model while it trains.
 *
 * @summary How a model knows where a token is: the position embedding, its sum with the token's, and what it is for.
 * @group ids → vectors
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart view - The view on show.
 * @csspart readout - Says what is notable or highlighted.
 * @csspart footer - Facts, code, export.
 * @cssproperty --gpt-positive - The color of the largest number.
 * @cssproperty --gpt-negative - The color of the smallest number; 0 is the background.
 */
export class PositionEmbedding extends ViewElement<PositionAnswers, Request, Prepared> {
  static override styles = [...ViewElement.styles, ...styles];

  /** `[T, C]`, a row for each position. With these, no model is used and no texts are compared. */
  @property({attribute: false}) accessor positionVectors: TableInput | undefined;
  /** `[T, C]`, a row for each token, to go with `positionVectors`. */
  @property({attribute: false}) accessor tokenVectors: TableInput | undefined;
  /** The tokens that the rows belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** `order`, `sum` or `positions`. */
  @property({reflect: true}) accessor view: PositionView = 'order';
  /** The text of the sum. Default: the beginning of the text that the model learns from. */
  @property({reflect: true}) accessor text: string | undefined;
  /** The first of the two texts to compare. Default: a beginning of a tale in which Ben has a dog, if the model has its tokens. */
  @property({reflect: true, attribute: 'text-a'}) accessor textA: string | undefined;
  /** The second. Default: the same with the names swapped. */
  @property({reflect: true, attribute: 'text-b'}) accessor textB: string | undefined;
  /** Leaves out the choice of views. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Leaves out the fields in which the reader changes texts. */
  @property({type: Boolean, reflect: true, attribute: 'without-text-input'}) accessor withoutTextInput =
    false;

  @state() private accessor hovered: Highlight | undefined;
  @state() private accessor chosen: Highlight = {};

  #shownTexts: Texts = {};
  #note?: string;
  #positions?: Positions;
  #scales = new Map<string, ColorScale>();
  readonly #compared = new Memo();
  readonly #sumExtent = new HeldExtent();
  readonly #positionExtent = new HeldExtent();
  readonly #redraw = (): void => this.requestUpdate();
  readonly #sideways = {left: 0};
  readonly #sums = {
    token: new TableView(this.#redraw, this.#sideways),
    position: new TableView(this.#redraw, this.#sideways),
    sum: new TableView(this.#redraw, this.#sideways),
  };
  readonly #tables = {
    learned: new TableView(this.#redraw),
    sinusoidal: new TableView(this.#redraw),
    'learned-similarity': new TableView(this.#redraw),
    'sinusoidal-similarity': new TableView(this.#redraw),
  };

  protected override dataFromProperties(): PositionAnswers | undefined {
    this.#forgetExtents();
    return this.positionVectors && answersFrom(this.tokenVectors, this.positionVectors, this.tokens);
  }

  protected override request(): Request {
    const view = this.#view;
    return {view, ...Object.fromEntries(TEXTS[view].map((name) => [name, this[name]]))};
  }

  protected override prepare(model: LiveModel, request: Request, facts: ModelFacts): Prepared | undefined {
    const {view} = request;
    const names: readonly TextName[] = TEXTS[view];
    const texts = names.every((name) => request[name] === undefined)
      ? view === 'sum'
        ? [defaultText(facts.corpus.excerpt)]
        : defaultOrders(model, facts)
      : names.map((name) => request[name] ?? '');
    for (const [i, name] of names.entries()) this.#shownTexts[name] = texts[i]!;
    const maxTokens = view === 'sum' ? MAX_SUM_TOKENS : undefined;
    const shown = names.map((_, i) => encodeShown(model, texts[i]!, facts.config.contextLength, maxTokens));
    this.#note = shown.find(({note}) => note)?.note;
    return shown.every(({ids}) => ids.length) ? {view, texts: shown} : undefined;
  }

  protected override async load(
    model: LiveModel,
    {view, texts: [a, b]}: Prepared,
    signal: AbortSignal,
  ): Promise<PositionAnswers> {
    const read: PositionAnswers =
      view === 'sum'
        ? {sum: await readSum(model, a!.ids, signal)}
        : view === 'positions'
          ? {positions: await readPositions(model, signal)}
          : {order: await readOrder(model, a!.ids, b!.ids, signal)};
    // What the other views have shown stays, so that the reader sees something at once when switching back.
    return {...super.data, ...read};
  }

  /** Undefined until the view on show has its data. */
  protected override get data(): PositionAnswers | undefined {
    const data = super.data;
    return data?.[this.#view] && data;
  }

  protected override modelChanged(): void {
    this.#shownTexts = {};
    this.#forgetExtents();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('view')) this.chosen = {};
    const positions = this.data?.positions;
    if (this.#view === 'positions' && positions && this.#compared.changed(positions))
      this.#positions = comparePositions(positions);
  }

  #forgetExtents(): void {
    this.#sumExtent.forget();
    this.#positionExtent.forget();
  }

  /** Given vectors can be added and compared, but there is no model to read a text with. */
  get #views(): typeof VIEWS {
    if (!this.isGiven) return VIEWS;
    const given = super.data;
    return VIEWS.filter(({view}) => given?.[view]);
  }

  get #view(): PositionView {
    const [first = VIEWS[0]!] = this.#views;
    return (this.#views.find(({view}) => view === this.view) ?? first).view;
  }

  get #highlighted(): Highlight {
    return this.hovered ?? this.chosen;
  }

  /** One scale for each theme and range: a scale caches its shades. */
  #scale(extent: number): ColorScale {
    const {theme} = this.colors;
    const key = `${extent} ${theme.background} ${theme.positive} ${theme.negative}`;
    let scale = this.#scales.get(key);
    if (!scale) this.#scales.set(key, (scale = signedScale(theme, extent)));
    return scale;
  }

  #positionScales({data}: Positions): Record<Kind | 'similarity', ColorScale> {
    return {
      learned: this.#scale(this.#positionExtent.hold(data.learned)),
      sinusoidal: this.#scale(1),
      similarity: this.#scale(1),
    };
  }

  #sumScale({token, position, sum}: SumData): ColorScale {
    for (const part of [token, position]) this.#sumExtent.hold(part);
    return this.#scale(this.#sumExtent.hold(sum));
  }

  protected override lead(): string {
    return VIEWS.find(({view}) => view === this.#view)!.lead;
  }

  protected override facts(): TemplateResult | string {
    return this.isGiven ? super.facts() : modelFacts(this, this.model, this.data?.[this.#view]?.step);
  }

  protected override footer(): FooterOptions {
    const snippet =
      this.#view === 'positions' ? 'sinusoidal' : this.isGiven ? undefined : ('embedding' as const);
    return {snippet, picture: this.#picture()};
  }

  protected override note(): string | undefined {
    if (this.isGiven || this.#view !== 'positions') return this.isGiven ? undefined : this.#note;
    const {length = 0, contextLength = 0} = this.data?.positions ?? {};
    if (length === contextLength) return undefined;
    return `The table has ${contextLength.toLocaleString('en')} positions; the first ${length} are shown.`;
  }

  protected override renderAbove(): unknown {
    const view = this.#view;
    const choice = renderViews(this.#views, view, (chosen) => (this.view = chosen));
    return html`${this.withoutControls ? nothing : choice} ${this.#renderTexts(view)}`;
  }

  protected override renderEmpty(): TemplateResult | undefined {
    const isEmpty = TEXTS[this.#view].some((name) => this.#textOf(name) === '');
    return isEmpty ? html`<div class="waiting">Type a text.</div>` : undefined;
  }

  protected override renderData({sum, positions, order}: PositionAnswers): TemplateResult {
    const view = this.#view;
    return html`<div class="view" part="view">
      ${view === 'sum' ? this.#renderSum(sum!) : view === 'positions' ? this.#renderPositions(positions!) : renderOrder(order!)}
    </div>`;
  }

  #textOf(name: TextName): string | undefined {
    return this[name] ?? this.#shownTexts[name];
  }

  #renderTexts(view: PositionView): TemplateResult | typeof nothing {
    const names: readonly TextName[] = TEXTS[view];
    if (this.isGiven || this.withoutTextInput || this.modelProblem || !names.length) return nothing;
    return renderFields(
      names.map((name) => ({
        name: FIELD_NAMES[name],
        value: this.#textOf(name),
        change: (text) => {
          // A reader who changes one text keeps the other as it is.
          for (const each of names) this[each] = each === name ? text : this.#textOf(each);
        },
      })),
    );
  }

  #renderSum(data: SumData): TemplateResult {
    const {row, column} = this.#highlighted;
    const inside = row !== undefined && row < data.tokens.length;
    return html`
      ${renderSum({
        data,
        tables: this.#sums,
        highlighted: inside ? {row, column} : {},
        scale: this.#sumScale(data),
        theme: this.colors.theme,
        width: this.size.width,
        hover: this.#hover,
        choose: this.#choose,
      })}
      ${renderLegend(this.#sumScale(data), this.colors.theme, {label: 'one scale for all three'})}
      <p class="readout" part="readout">
        ${
          inside && column !== undefined
            ? `${sumText(data, row, column)}.`
            : inside
              ? html`Row ${row} of the sum is what the model knows of <span class="token">${visibleToken(data.tokens[row]!)}</span> at position ${row}.`
              : this.#sumReading(data)
        }
      </p>
      <div class="visually-hidden">${renderSumTable(data)}</div>
    `;
  }

  #sumReading(data: SumData): TemplateResult | string {
    const positions = repeatedToken(data);
    const hint = 'Point at a number to highlight it in all three tables.';
    if (!positions) return hint;
    const [first, second] = positions;
    return html`<span class="token">${visibleToken(data.tokens[first]!)}</span> is at positions ${first} and ${second}: the
      same token vector, but two different sums. ${hint}`;
  }

  #renderPositions(data: PositionsData): TemplateResult {
    const positions = this.#positions!;
    const scales = this.#positionScales(positions);
    const highlighted = this.#highlighted;
    const {row, column} = highlighted;
    const inside = row !== undefined && column !== undefined && row < data.length && column < data.width;
    return html`
      ${renderPositions({
        positions,
        tables: this.#tables,
        highlighted,
        scales,
        legend: (kind) =>
          renderLegend(scales[kind], this.colors.theme, {
            label: kind === 'similarity' ? 'cosine' : 'a number of the table',
          }),
        theme: this.colors.theme,
        width: this.size.width,
        hover: this.#hover,
        choose: this.#choose,
      })}
      <p class="readout" part="readout">
        ${
          !inside
            ? distanceSentence(positions)
            : highlighted.similarity
              ? `${similarityText(positions, row, column)}.`
              : KINDS.map((kind) => html`${valueText(positions, kind, row, column)}.<br />`)
        }
      </p>
    `;
  }

  #hover = (cell: Highlight | undefined): void => {
    this.hovered = cell;
  };

  #choose = (cell: Highlight): void => {
    this.chosen = cell;
    this.hovered = undefined;
  };

  protected override updated(): void {
    if (!this.size.width) return;
    for (const table of [...Object.values(this.#sums), ...Object.values(this.#tables)])
      table.paint(this.renderRoot);
  }

  #picture(): Picture | undefined {
    const {data} = this;
    const {theme} = this.colors;
    if (this.#view === 'sum') return data && sumPicture(data.sum!, this.#sumScale(data.sum!), theme);
    const positions = this.#positions;
    if (this.#view === 'order') return data && orderPicture(data.order!, this.size.width, theme);
    if (this.#view !== 'positions' || !data || !positions) return undefined;
    return positionsPicture(positions, this.#positionScales(positions), theme);
  }
}

define('position-embedding', PositionEmbedding);

declare global {
  interface HTMLElementTagNameMap {
    'position-embedding': PositionEmbedding;
  }
}
