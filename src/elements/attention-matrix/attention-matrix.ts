import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {unsafeHTML} from 'lit/directives/unsafe-html.js';
import {define} from '../../ui/define.js';
import {visibleToken} from '../../ui/format.js';
import {GptElement, type Picture} from '../../ui/gpt-element.js';
import {Memo} from '../../ui/memo.js';
import {ModelController} from '../../ui/model-controller.js';
import {modelFacts} from '../../ui/model-facts.js';
import {SizeController} from '../../ui/size-controller.js';
import {ThemeController} from '../../ui/theme-controller.js';
import {VisibleController} from '../../ui/visible-controller.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {type ColourScale, shareScale} from '../../viz/colour.js';
import {drawMatrix} from '../../viz/matrix.js';
import {renderControls} from './attention-controls.js';
import {type AttentionData, fromProperties, type WeightsInput} from './attention-data.js';
import {
  type AttentionDrawing,
  attentionDrawing,
  attentionPicture,
  legendSvg,
  type Quantity,
} from './attention-drawing.js';
import {styles} from './attention-matrix.styles.js';
import {MAX_TABLE_TOKENS, renderTable} from './attention-table.js';
import {AttentionTrace} from './attention-trace.js';
import {type HeadChoice, type Lit, notable, reading} from './attention-words.js';
import {renderChips} from './chips.js';
import {clearHead} from './head-pattern.js';
import {renderThumbnails, ThumbnailPainter} from './head-thumbnails.js';
import {type MatrixLayout, matrixLayout} from './matrix-layout.js';
import {moveLit, renderPlot} from './plot.js';

export interface GptCellDetail extends HeadChoice {
  query: number;
  key: number;
  weight: number;
}

/** The table for screen readers follows when the weights have been still for so long. */
const SETTLED_MS = 600;

/**
 * What does each token look at? The attention weights of one head as a matrix, and of all heads as small pictures.
 *
 * Shows `weights` set as a property, else those of a model (`for`, an ancestor `<gpt-model>`, the page's default
 * model) on `text`; these follow the model while it trains.
 *
 * @summary What each token looks at: the attention weights of every head, live.
 * @event {CustomEvent<{layer: number, head: number, query: number, key: number, weight: number}>} gpt-cell - A cell is pointed at or reached with the arrow keys.
 * @event {CustomEvent<{layer: number, head: number}>} gpt-head - The reader has chosen a head.
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart tokens - The text as a line of tokens.
 * @csspart frame - The large matrix; it scrolls where it is wider than the page.
 * @csspart heads - The small pictures of all heads.
 * @csspart readout - The line that says what is notable or pointed at.
 * @csspart footer - Facts, code, export.
 * @cssproperty --gpt-attention - The colour of weight 1; weight 0 is the background.
 * @cssproperty --gpt-query - The tokens that ask: rows.
 * @cssproperty --gpt-key - The tokens asked: columns.
 * @cssproperty --gpt-masked - The hatching of what is masked.
 */
export class AttentionMatrix extends GptElement {
  static override styles = [...GptElement.styles, styles];

  /** `[T, T]`, `[H, T, T]` or `[L, H, T, T]`, nested or (the first two) flat. With these, no model is asked. */
  @property({attribute: false}) accessor weights: WeightsInput | undefined;
  /** Scaled scores before the softmax, of the same shape; optional. */
  @property({attribute: false}) accessor scores: WeightsInput | undefined;
  /** The tokens that `weights` belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** What the model is asked about. Default: the beginning of the text it learns from. */
  @property({reflect: true}) accessor text: string | undefined;
  /** Counted from 0; readers see “layer 1”. Without `layer` and `head`: of a model, the first head found to pick its tokens clearly. */
  @property({type: Number, reflect: true}) accessor layer: number | undefined;
  /** Counted from 0; readers see “head 1”. */
  @property({type: Number, reflect: true}) accessor head: number | undefined;
  /** The chosen row, counted from 0: the token that asks. */
  @property({type: Number, reflect: true}) accessor query: number | undefined;
  /** The chosen column, counted from 0: the token asked. */
  @property({type: Number, reflect: true}) accessor key: number | undefined;
  /** `weights` after the softmax, or the `scores` before it. */
  @property({reflect: true}) accessor show: Quantity = 'weights';
  /** `sqrt`: colour grows with the weight's square root, so that small weights are seen. `linear`: with the weight. */
  @property({reflect: true}) accessor scale: 'sqrt' | 'linear' = 'sqrt';
  /** Leaves out the field in which the reader changes the text. */
  @property({type: Boolean, reflect: true, attribute: 'without-text-input'}) accessor withoutTextInput =
    false;
  /** Leaves out the small pictures of all heads. */
  @property({type: Boolean, reflect: true, attribute: 'without-heads'}) accessor withoutHeads = false;
  /** Leaves out the pickers of layer, head and quantity. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  @state() private accessor hovered: Lit | undefined;
  /** What the hidden table shows: weights that have been still for a while. */
  @state() private accessor settled: (HeadChoice & {data: AttentionData}) | undefined;

  #given?: AttentionData;
  #problem?: string;
  /** The head on show while nobody has chosen one: a view starts with something to see. */
  #clearest: HeadChoice | undefined;
  readonly #searched = new Memo();
  #tableTimer?: ReturnType<typeof setTimeout>;
  #shares?: ColourScale;
  readonly #scaled = new Memo();
  readonly #painted = new Memo();
  readonly #thumbnails = new ThumbnailPainter();
  readonly #thumbnailed = new Memo();
  readonly #tabled = new Memo();
  readonly #colours = new ThemeController(this);
  readonly #size = new SizeController(this);
  readonly #visible = new VisibleController(this, (visible) => {
    if (!visible) return;
    this.#trace.poke();
    this.requestUpdate();
  });
  readonly #models = new ModelController(this, ['gpt-facts', 'gpt-loading', 'gpt-error'], () => {
    this.#trace.stop();
    this.#clearest = undefined;
  });
  readonly #trace = new AttentionTrace(
    () => this.#visible.visible,
    () => this.requestUpdate(),
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#trace.stop();
    clearTimeout(this.#tableTimer);
    this.#tabled.forget();
    this.#thumbnails.cancel();
    this.#thumbnailed.forget();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('weights') || changed.has('scores') || changed.has('tokens')) this.#takeProperties();
    if (this.weights) this.#trace.stop();
    else this.#askModel();
    this.#preferClearHead();
  }

  /** Found once and kept: a picture that jumps from head to head while the model trains cannot be read. */
  #preferClearHead(): void {
    const {data} = this.#trace;
    if (this.weights || !data || this.#clearest || this.layer !== undefined || this.head !== undefined)
      return;
    if (this.#searched.isNew(data)) this.#clearest = clearHead(data);
  }

  #takeProperties(): void {
    this.#problem = undefined;
    if (!this.weights) {
      this.#given = undefined;
      return;
    }
    try {
      this.#given = fromProperties(this.weights, this.tokens, this.scores);
    } catch (error) {
      this.#problem = (error as Error).message;
    }
  }

  #askModel(): void {
    const {model} = this.#models;
    // Nothing is loaded for a reader who has not scrolled here.
    if (!model || !this.#visible.visible || !this.isConnected) return;
    this.#trace.ask({
      model,
      text: this.text,
      layer: this.layer ?? this.#clearest?.layer ?? 0,
      allLayers: !this.withoutHeads,
    });
  }

  get #data(): AttentionData | undefined {
    return this.weights ? this.#given : this.#trace.data;
  }

  get #error(): string | undefined {
    return this.weights ? this.#problem : (this.#models.problem ?? this.#trace.error);
  }

  /** The head on show: what the attributes ask for, as far as the data has it. */
  #chosen(data: AttentionData): HeadChoice {
    const {layer, head} = this.#clearest ?? {layer: 0, head: 0};
    return {
      layer: Math.min(Math.max(0, this.layer ?? layer), data.weights.length - 1),
      head: Math.min(Math.max(0, this.head ?? head), data.heads - 1),
    };
  }

  #lit({tokens}: AttentionData): Lit {
    const within = (index?: number | null) =>
      typeof index === 'number' && index >= 0 && index < tokens.length ? index : undefined;
    const {query, key} = this.hovered ?? this;
    return {query: within(query), key: within(key)};
  }

  #drawing(data: AttentionData): AttentionDrawing | undefined {
    return attentionDrawing(data, this.#chosen(data), {
      show: this.show,
      cell: this.#layout(data).cell,
      weightScale: this.#weightScale(),
      theme: this.#colours.theme,
    });
  }

  /** How many small pictures stand in a row: none where there is nothing to choose from. */
  #headsInRow({weights, heads}: AttentionData): number {
    return this.withoutHeads || weights.length * heads < 2 ? 0 : heads;
  }

  #layout(data: AttentionData): MatrixLayout {
    return matrixLayout(data.tokens.map(visibleToken), this.#headsInRow(data), this.#size.width);
  }

  /** Made once for a theme: it remembers its shades. */
  #weightScale(): ColourScale {
    const {theme} = this.#colours;
    if (this.#scaled.isNew(theme, this.scale) || !this.#shares)
      this.#shares = shareScale(theme, this.scale === 'linear' ? 'linear' : 'sqrt');
    return this.#shares;
  }

  protected override render(): TemplateResult {
    const data = this.#data;
    return html`
      ${this.renderLead(
        'Each row is a token that asks, each column a token it may look at. The stronger its colour, the more the row’s token takes from the column’s; a row adds up to 1.',
      )}
      ${this.#renderTextInput()} ${data ? this.#renderData(data) : this.#renderWaiting()} ${this.#renderMessages(data)}
      ${this.renderFooter(
        this.weights ? 'Weights given by this page' : modelFacts(this.#models.model, this.#trace.step),
        {
          snippet: this.weights ? undefined : 'attention',
          picture: data && this.#picture(data),
        },
      )}
    `;
  }

  #renderTextInput(): TemplateResult | typeof nothing {
    if (this.weights || this.withoutTextInput || this.#models.problem) return nothing;
    return html`<label class="text-input"
      >Text
      <input
        spellcheck="false"
        autocomplete="off"
        .value=${this.text ?? this.#trace.text ?? ''}
        @input=${(event: InputEvent) => (this.text = (event.target as HTMLInputElement).value)}
    /></label>`;
  }

  #renderData(data: AttentionData): TemplateResult {
    const chosen = this.#chosen(data);
    const lit = this.#lit(data);
    const drawing = this.#drawing(data);
    const layout = this.#layout(data);
    const {settled} = this;
    const isSettled =
      settled?.data === data && settled.layer === chosen.layer && settled.head === chosen.head;
    return html`
      ${renderChips({
        data,
        chosen,
        lit,
        scale: this.#weightScale(),
        theme: this.#colours.theme,
        hover: (hovered) => (this.hovered = hovered),
        choose: this.#choose,
      })}
      <div
        class="main ${layout.stage ? 'beside' : ''}"
        style=${layout.stage ? `--stage: ${layout.stage}px` : ''}
      >
        <div class="stage">
          ${
            this.withoutControls
              ? nothing
              : renderControls({
                  data,
                  chosen,
                  show: this.show,
                  chooseHead: (choice) => this.#chooseHead(choice),
                  chooseQuantity: (show) => (this.show = show),
                })
          }
          ${renderPlot({
            data,
            chosen,
            lit,
            layout,
            busy: !drawing,
            hover: this.#hover,
            choose: this.#choose,
            keydown: this.#onKeydown,
          })}
          <div class="legend" aria-hidden="true">${drawing ? unsafeHTML(legendSvg(drawing, this.#colours.theme)) : nothing}</div>
        </div>
        <div class="readout" part="readout">
          ${
            lit.query === undefined && lit.key === undefined
              ? 'Point at a cell or a token, tap it, or move with the arrow keys.'
              : reading(data, chosen, lit)
          }
          <span class="notable">${notable(data, chosen)}</span>
        </div>
        ${
          !this.#headsInRow(data)
            ? nothing
            : html`<div class="heads">${renderThumbnails(data, chosen, layout.thumbnail, (choice) => this.#chooseHead(choice))}</div>`
        }
      </div>
      ${isSettled ? html`<div class="visually-hidden">${renderTable(data, chosen)}</div>` : nothing}
    `;
  }

  #renderWaiting(): TemplateResult {
    const {model} = this.#models;
    const {loading} = model ?? {};
    if (this.#error) return html`<div class="waiting" role="alert">${this.#renderError(this.#error)}</div>`;
    if (this.text === '' || (this.#trace.text === '' && model?.facts))
      return html`<div class="waiting">Type a text to see what each of its tokens looks at.</div>`;
    return html`<div class="waiting" role="status">
      <span>${loading?.message ?? 'Waiting for the model …'}</span>
      ${loading?.total ? html`<progress max=${loading.total} .value=${loading.done} aria-label="Loading"></progress>` : nothing}
    </div>`;
  }

  #renderMessages(data: AttentionData | undefined): TemplateResult {
    const note = this.weights ? undefined : this.#trace.note;
    return html`${note ? html`<p class="note" role="status">${note}</p>` : nothing}
    ${data && this.#error ? html`<div class="error" role="alert">${this.#renderError(this.#error)}</div>` : nothing}`;
  }

  #renderError(message: string): TemplateResult {
    return html`<span>${message}</span> ${
      this.weights || this.#models.problem
        ? nothing
        : html`<button @click=${() => this.#trace.retry()}>Try again</button>`
    }`;
  }

  #hover = (hovered: Lit | undefined): void => {
    const before = this.hovered;
    if (hovered?.query === before?.query && hovered?.key === before?.key) return;
    this.hovered = hovered;
    this.#announceCell(hovered);
  };

  #choose = (lit: Lit): void => {
    this.query = lit.query;
    this.key = lit.key;
    this.hovered = undefined;
    this.#announceCell(lit);
  };

  #chooseHead(choice: HeadChoice): void {
    this.layer = choice.layer;
    this.head = choice.head;
    this.dispatchEvent(new CustomEvent('gpt-head', {detail: choice, bubbles: true, composed: true}));
  }

  #announceCell(lit: Lit | undefined): void {
    const data = this.#data;
    if (lit?.query === undefined || lit.key === undefined || !data) return;
    const {layer, head} = this.#chosen(data);
    const size = data.tokens.length;
    const weight = data.weights[layer]?.[(head * size + lit.query) * size + lit.key];
    if (weight === undefined) return;
    const detail: GptCellDetail = {layer, head, query: lit.query, key: lit.key, weight};
    this.dispatchEvent(new CustomEvent('gpt-cell', {detail, bubbles: true, composed: true}));
  }

  #onKeydown = (event: KeyboardEvent): void => {
    const data = this.#data;
    if (!data) return;
    const {layer, head} = this.#chosen(data);
    if (event.key === 'PageUp' || event.key === 'PageDown') {
      const step = event.key === 'PageDown' ? 1 : -1;
      this.#chooseHead({layer, head: (head + step + data.heads) % data.heads});
    } else if (event.key === 'Escape') this.#choose({});
    else {
      const moved = moveLit(event, this.#lit(data), data.tokens.length);
      if (!moved) return;
      this.#choose(moved);
    }
    event.preventDefault();
  };

  protected override updated(): void {
    const data = this.#data;
    const {width} = this.#size;
    if (!data || !width) return;
    const chosen = this.#chosen(data);
    const drawing = this.#drawing(data);
    const {theme} = this.#colours;
    const {query, key} = this.#lit(data);
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('.cells')!;
    const look = [theme, this.scale, devicePixelRatio];
    if (
      drawing &&
      this.#painted.isNew(canvas, data, chosen.layer, chosen.head, this.show, width, query, key, ...look)
    ) {
      const side = drawing.matrix.size * drawing.options.cell;
      const highlight = {row: query, column: key};
      drawMatrix(new CanvasSurface(canvas, side, side), drawing.matrix, theme, {
        ...drawing.options,
        highlight,
      });
    }
    if (this.#thumbnailed.isNew(canvas, data, width, this.withoutHeads, ...look))
      this.#thumbnails.paint(this.renderRoot, data, this.#layout(data).thumbnail, this.#weightScale(), theme);
    if (this.#tabled.isNew(data, chosen.layer, chosen.head)) this.#tableLater({data, ...chosen});
  }

  #tableLater(shown: HeadChoice & {data: AttentionData}): void {
    clearTimeout(this.#tableTimer);
    const {data, layer} = shown;
    if (data.tokens.length > MAX_TABLE_TOKENS || !data.weights[layer]) return;
    this.#tableTimer = setTimeout(() => (this.settled = shown), SETTLED_MS);
  }

  #picture(data: AttentionData): Picture | undefined {
    const drawing = this.#drawing(data);
    return drawing && attentionPicture(drawing, data, this.#chosen(data), this.#colours.theme);
  }
}

define('attention-matrix', AttentionMatrix);

declare global {
  interface HTMLElementTagNameMap {
    'attention-matrix': AttentionMatrix;
  }
  interface HTMLElementEventMap {
    'gpt-cell': CustomEvent<GptCellDetail>;
    'gpt-head': CustomEvent<HeadChoice>;
  }
}
