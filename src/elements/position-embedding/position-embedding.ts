import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {unsafeHTML} from 'lit/directives/unsafe-html.js';
import {define} from '../../ui/base/define.js';
import {visibleToken} from '../../ui/base/format.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {LegacyElement} from '../../ui/base/legacy-element.js';
import {Memo} from '../../ui/base/memo.js';
import {modelFacts} from '../../ui/base/model-facts.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {ThemeController} from '../../ui/base/theme-controller.js';
import {VisibleController} from '../../ui/base/visible-controller.js';
import {renderProblem, renderWaiting} from '../../ui/base/waiting.js';
import type {TableInput} from '../../ui/model/embedding-table.js';
import {ModelController} from '../../ui/model/model-controller.js';
import {type TableCell, TableView} from '../../ui/views/table-view.js';
import {type ColorScale, signedScale} from '../../viz/color.js';
import {HeldExtent} from '../../viz/nice.js';
import {renderOrder} from './order-view.js';
import {renderFields, renderViews, VIEWS} from './position-controls.js';
import {type OrderData, type PositionsData, type SumData, sumFrom} from './position-data.js';
import {styles} from './position-embedding.styles.js';
import {legendSvg, positionsPicture, sumPicture} from './position-picture.js';
import {type PositionView, PositionWatch} from './position-watch.js';
import {
  alikeText,
  comparePositions,
  distanceSentence,
  KINDS,
  type Kind,
  type Positions,
  renderPositions,
  valueText,
} from './positions-view.js';
import {renderSum, renderSumTable, repeated, sumText} from './sum-view.js';

/**
 * Where a token stands. The sum of token row and position row; the learned positions beside sinusoidal ones; and what
 * becomes of two texts that differ only in order when nothing is added for the position.
 *
 * Shows `positionVectors` (and `tokenVectors`) set as properties, else those of a model (`for`, an ancestor
 * `<gpt-model>`, the page's default model); these follow the model while it trains.
 *
 * @summary How a model knows where a token stands: the position embedding, its sum with the token's, and what it is for.
 * @group ids → vectors
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart view - The view on show.
 * @csspart readout - The line that says what is notable or pointed at.
 * @csspart footer - Facts, code, export.
 * @cssproperty --gpt-positive - The color of the largest number.
 * @cssproperty --gpt-negative - The color of the smallest number; 0 is the background.
 */
export class PositionEmbedding extends LegacyElement {
  static override styles = [...LegacyElement.styles, ...styles];

  /** `[T, C]`, a row for each position. With these, no model is asked, and there is nothing to compare texts with. */
  @property({attribute: false}) accessor positionVectors: TableInput | undefined;
  /** `[T, C]`, a row for each token, to go with `positionVectors`. */
  @property({attribute: false}) accessor tokenVectors: TableInput | undefined;
  /** The tokens that `tokenVectors` belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** `sum`, `positions` or `order`. */
  @property({reflect: true}) accessor view: PositionView = 'sum';
  /** The sentence of the sum. Default: the beginning of the text that the model learns from. */
  @property({reflect: true}) accessor text: string | undefined;
  /** The first of the texts that are compared. Default: “the man chased the dog.”, where the model has these tokens. */
  @property({reflect: true, attribute: 'text-a'}) accessor textA: string | undefined;
  /** The second. Default: “the dog chased the man.” */
  @property({reflect: true, attribute: 'text-b'}) accessor textB: string | undefined;
  /** Leaves out the choice of views. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Leaves out the fields in which the reader changes texts. */
  @property({type: Boolean, reflect: true, attribute: 'without-text-input'}) accessor withoutTextInput =
    false;

  @state() private accessor hovered: (TableCell & {alike?: boolean}) | undefined;
  @state() private accessor chosen: TableCell & {alike?: boolean} = {};

  #given?: SumData;
  #problem?: string;
  #positions?: Positions;
  #scales = new Map<string, ColorScale>();
  readonly #compared = new Memo();
  readonly #sumExtent = new HeldExtent();
  readonly #positionExtent = new HeldExtent();
  readonly #colors = new ThemeController(this);
  readonly #size = new SizeController(this);
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
    'learned-alike': new TableView(this.#redraw),
    'sinusoidal-alike': new TableView(this.#redraw),
  };
  readonly #visible = new VisibleController(this, (visible) => {
    if (!visible) return;
    this.#watch.poke();
    this.requestUpdate();
  });
  readonly #models = new ModelController(this, ['gpt-facts', 'gpt-loading', 'gpt-error'], () => {
    this.#watch.stop();
    this.#sumExtent.forget();
    this.#positionExtent.forget();
  });
  readonly #watch = new PositionWatch(() => this.#visible.visible, this.#redraw);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.stop();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('positionVectors') || changed.has('tokenVectors') || changed.has('tokens'))
      this.#takeProperties();
    if (changed.has('view')) this.chosen = {};
    const {model} = this.#models;
    if (this.positionVectors) this.#watch.stop();
    else if (model && this.#visible.visible && this.isConnected)
      this.#watch.ask({model, view: this.#view, text: this.text, texts: [this.textA, this.textB]});
    const data = this.#positionsData;
    if (data && this.#view === 'positions' && this.#compared.changed(data))
      this.#positions = comparePositions(data);
  }

  #takeProperties(): void {
    this.#problem = this.#given = undefined;
    this.#sumExtent.forget();
    this.#positionExtent.forget();
    if (!this.positionVectors) return;
    try {
      this.#given = sumFrom(this.tokenVectors, this.positionVectors, this.tokens);
    } catch (error) {
      this.#problem = (error as Error).message;
    }
    this.#compared.forget();
  }

  /** Given vectors can be added and compared, but there is no model to read a text with. */
  get #views(): typeof VIEWS {
    if (!this.positionVectors) return VIEWS;
    return VIEWS.filter(({view}) => view === 'positions' || (view === 'sum' && this.tokenVectors));
  }

  get #view(): PositionView {
    return (this.#views.find(({view}) => view === this.view) ?? this.#views[0]!).view;
  }

  get #sumData(): SumData | undefined {
    return this.positionVectors ? this.#given : this.#watch.data?.sum;
  }

  get #positionsData(): PositionsData | undefined {
    if (!this.positionVectors) return this.#watch.data?.positions;
    if (!this.#given) return undefined;
    const {tokens, width, position} = this.#given;
    if (this.#positions?.data.learned === position) return this.#positions.data;
    return {length: tokens.length, contextLength: tokens.length, width, learned: position};
  }

  get #orderData(): OrderData | undefined {
    return this.positionVectors ? undefined : this.#watch.data?.order;
  }

  get #error(): string | undefined {
    return this.positionVectors ? this.#problem : (this.#models.problem ?? this.#watch.error);
  }

  /** Made once for a theme and a range: a scale remembers its shades. */
  #scale(extent: number): ColorScale {
    const {theme} = this.#colors;
    const key = `${extent} ${theme.background} ${theme.positive} ${theme.negative}`;
    let scale = this.#scales.get(key);
    if (!scale) this.#scales.set(key, (scale = signedScale(theme, extent)));
    return scale;
  }

  #positionScales({data}: Positions): Record<Kind | 'alike', ColorScale> {
    return {
      learned: this.#scale(this.#positionExtent.hold(data.learned)),
      sinusoidal: this.#scale(1),
      alike: this.#scale(1),
    };
  }

  #sumScale({token, position, sum}: SumData): ColorScale {
    for (const part of [token, position]) this.#sumExtent.hold(part);
    return this.#scale(this.#sumExtent.hold(sum));
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    const shown =
      view === 'sum'
        ? this.#renderSum()
        : view === 'positions'
          ? this.#renderPositions()
          : this.#renderOrder();
    const step = {sum: this.#sumData, positions: this.#positionsData, order: this.#orderData}[view]?.step;
    const note = this.positionVectors ? undefined : this.#watch.note;
    return html`
      ${this.renderLead(VIEWS.find((each) => each.view === view)!.lead)}
      ${this.withoutControls ? nothing : renderViews(this.#views, view, (chosen) => (this.view = chosen))}
      ${this.#renderTexts(view)}
      <div class="view" part="view">${shown ?? this.#renderWaiting()}</div>
      ${note ? html`<p class="note" role="status">${note}</p>` : nothing}
      ${shown && this.#error ? renderProblem(this.#error, this.#retry) : nothing}
      ${this.renderFooter(
        this.positionVectors ? 'Numbers given by this page' : modelFacts(this.#models.model, step),
        {
          snippet: view === 'positions' ? 'sinusoidal' : this.positionVectors ? undefined : 'embedding',
          picture: this.#picture(view),
        },
      )}
    `;
  }

  #renderTexts(view: PositionView): TemplateResult | typeof nothing {
    if (this.positionVectors || this.withoutTextInput || view === 'positions' || this.#models.problem)
      return nothing;
    if (view === 'sum')
      return renderFields([
        {name: 'Text', value: this.text ?? this.#watch.text, change: (text) => (this.text = text)},
      ]);
    const [a, b] = this.#watch.texts ?? [];
    // Whoever changes one text keeps the other as it stands.
    const change = (texts: {textA?: string; textB?: string}): void => {
      this.textA = texts.textA ?? this.textA ?? a;
      this.textB = texts.textB ?? this.textB ?? b;
    };
    return renderFields([
      {name: 'A', value: this.textA ?? a, change: (textA) => change({textA})},
      {name: 'B', value: this.textB ?? b, change: (textB) => change({textB})},
    ]);
  }

  #renderSum(): TemplateResult | undefined {
    const data = this.#sumData;
    if (!data) return undefined;
    const {row, column} = this.hovered ?? this.chosen;
    const inside = row !== undefined && row < data.tokens.length;
    return html`
      ${renderSum({
        data,
        tables: this.#sums,
        highlighted: inside ? {row, column} : {},
        scale: this.#sumScale(data),
        theme: this.#colors.theme,
        width: this.#size.width,
        hover: this.#hover,
        choose: this.#choose,
      })}
      ${this.#legend(this.#sumScale(data), 'one scale for all three')}
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
    const twice = repeated(data);
    const hint = 'Point at a number: the same place lights up in all three.';
    if (!twice) return hint;
    const [first, second] = twice;
    return html`<span class="token">${visibleToken(data.tokens[first]!)}</span> stands at positions ${first} and
      ${second}: the same token row twice, but two different sums. ${hint}`;
  }

  #renderPositions(): TemplateResult | undefined {
    const positions = this.#positions;
    if (!positions || !this.#positionsData) return undefined;
    const scales = this.#positionScales(positions);
    const highlighted = this.hovered ?? this.chosen;
    const {data} = positions;
    const {row, column} = highlighted;
    return html`
      ${renderPositions({
        positions,
        tables: this.#tables,
        highlighted,
        scales,
        legend: (kind) => this.#legend(scales[kind], kind === 'alike' ? 'cosine' : 'a number of the table'),
        theme: this.#colors.theme,
        width: this.#size.width,
        hover: this.#hover,
        choose: this.#choose,
      })}
      <p class="readout" part="readout">
        ${
          row === undefined || column === undefined
            ? distanceSentence(positions)
            : highlighted.alike
              ? `${alikeText(positions, row, column)}.`
              : KINDS.map((kind) => html`${valueText(positions, kind, row, column)}.<br />`)
        }
      </p>
      ${
        data.length < data.contextLength
          ? html`<p class="note">The table has ${data.contextLength.toLocaleString('en')} positions; the first ${data.length} are shown.</p>`
          : nothing
      }
    `;
  }

  #renderOrder(): TemplateResult | undefined {
    const data = this.#orderData;
    return data && renderOrder(data);
  }

  #renderWaiting(): TemplateResult {
    const retry = this.positionVectors || this.#models.problem ? undefined : this.#retry;
    return renderWaiting({loading: this.#models.model?.loading, error: this.#error, retry});
  }

  #retry = (): void => this.#watch.retry();

  #legend(scale: ColorScale, label: string): TemplateResult {
    return html`<div class="legend" aria-hidden="true">${unsafeHTML(legendSvg(scale, label, this.#colors.theme))}</div>`;
  }

  #hover = (cell: (TableCell & {alike?: boolean}) | undefined): void => {
    this.hovered = cell;
  };

  #choose = (cell: TableCell & {alike?: boolean}): void => {
    this.chosen = cell;
    this.hovered = undefined;
  };

  protected override updated(): void {
    if (!this.#size.width) return;
    for (const table of [...Object.values(this.#sums), ...Object.values(this.#tables)])
      table.paint(this.renderRoot);
  }

  #picture(view: PositionView): Picture | undefined {
    const {theme} = this.#colors;
    const sum = this.#sumData;
    if (view === 'sum' && sum) return sumPicture(sum, this.#sumScale(sum), theme);
    const positions = this.#positions;
    if (view !== 'positions' || !positions) return undefined;
    return positionsPicture(positions, this.#positionScales(positions), theme);
  }
}

define('position-embedding', PositionEmbedding);

declare global {
  interface HTMLElementTagNameMap {
    'position-embedding': PositionEmbedding;
  }
}
