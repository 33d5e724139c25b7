import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {concatenate, flatten, type Matrix, matMul, scaledAttention} from '../../math/attention.js';
import {largestDifference} from '../../math/differences.js';
import type {LiveModel} from '../../state/live-model.js';
import {tokenLabel} from '../../tokenizers/token-label.js';
import {define} from '../../ui/base/define.js';
import {number, percent, visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import type {ShownText} from '../../ui/base/text-field.js';
import {type AttentionLayer, type HeadValues, readLayer} from '../../ui/model/attention-layer.js';
import {LayerElement} from '../../ui/model/layer-element.js';
import {WIDE_BOARD} from '../../ui/views/matrix-product/attention-board.js';
import {productStyles} from '../../ui/views/matrix-product/product.styles.js';
import {
  type ProductCell,
  type ProductProps,
  ProductView,
} from '../../ui/views/matrix-product/product-view.js';
import {renderScaleNote, scaleNoteStyles} from '../../ui/views/matrix-product/scale-note.js';
import {numberTableStyles} from '../../ui/views/number-table.styles.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {shareScale} from '../../viz/color.js';
import {drawMatrix} from '../../viz/matrix.js';
import {type BoardLayout, TITLE} from '../../viz/matrix-product/layout.js';
import {stretchOf} from '../../viz/matrix-product/track.js';
import {HeldExtent} from '../../viz/nice.js';
import {type HeadPlace, HeadSurvey, judge, silence, type Verdict} from './ablation.js';
import {renderEffect, renderSurvey} from './ablation-view.js';
import {type BoardInput, outputBoard, projectionBoard} from './boards.js';
import {styles} from './multi-head-attention.styles.js';

/** The largest side of a head's picture, in pixels, and what stands around it. */
const PICTURE = 150;
const AROUND_PICTURE = 64;

/**
 * Several heads side by side: one projection cut into as many pieces, each with its own queries, keys and values, and the
 * results put together again. A stack of single heads gives the same numbers. Each head of a model can be silenced, to see
 * what the model is without it.
 *
 * Shows `weights` set as a property, else a layer of a model (`for`, an ancestor `<gpt-model>`, the page's default model).
 *
 * @summary The heads of one layer, their concatenation and output projection, and what each is worth.
 * @group attention
 * @event {CustomEvent<{silenced: {layer: number, head: number}[]}>} gpt-ablation - The reader has silenced a head, or let it speak again.
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart heads - The pictures of the heads.
 * @csspart tables - Context and output.
 * @csspart readout - The line that says what is pointed at.
 * @csspart footer - Facts, code and embed.
 * @cssproperty --gpt-attention - The color of weight 1; weight 0 is the background.
 * @cssproperty --gpt-masked - The hatching of the future.
 */
export class MultiHeadAttention extends LayerElement {
  static override styles = [
    ...LayerElement.styles,
    productStyles,
    scaleNoteStyles,
    numberTableStyles,
    styles,
  ];
  static override lead =
    'Why several heads? One head looks for one kind of thing. So a layer has several side by side, each with its own part of the numbers; their results are concatenated and mixed by one last matrix.';

  /** `split`: one projection for all heads, cut into pieces. `stack`: a projection for each head. */
  @property({reflect: true}) accessor way: 'split' | 'stack' = 'split';
  /** Leaves out silencing heads and measuring them. */
  @property({type: Boolean, reflect: true, attribute: 'without-ablation'}) accessor withoutAblation = false;

  @state() private accessor pointed: ProductCell | undefined;
  @state() private accessor silenced: readonly HeadPlace[] = [];
  @state() private accessor verdicts: {whole: Verdict; without: Verdict} | undefined;
  @state() private accessor judgingProblem = '';

  readonly #survey = new HeadSurvey(() => this.requestUpdate());
  readonly #projection = new ProductView();
  readonly #heads = new ProductView();
  readonly #output = new ProductView();
  readonly #extents = {
    x: new HeldExtent(),
    W: new HeldExtent(),
    vectors: new HeldExtent(),
    projection: new HeldExtent(),
    out: new HeldExtent(),
  };
  readonly #judged = new Memo();
  readonly #measured = new Memo();
  #judging?: AbortController;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#judging?.abort();
    this.#judged.forget();
    this.#survey.stop();
  }

  protected override request(): {layer: number; silenced: string[]} {
    return {...super.request(), silenced: this.silenced.map(({layer, head}) => `${layer} ${head}`)};
  }

  protected override load(
    model: LiveModel,
    {ids, layer}: {layer: number} & ShownText,
    signal: AbortSignal,
  ): Promise<AttentionLayer> {
    return readLayer(model, ids, layer, signal, silence(this.silenced));
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.way !== 'stack') this.way = 'split';
    const {model} = this;
    const data = this.data;
    // What was measured belongs to these weights and this tokenizer.
    if (this.#measured.changed(model, model?.tokenizer, model?.step, `${data?.ids}`)) this.#survey.forget();
    if (!this.weights && !this.withoutAblation && model?.facts && data && this.#judged.changed(data))
      void this.#judge(data);
  }

  async #judge(data: AttentionLayer): Promise<void> {
    this.#judging?.abort();
    const judging = (this.#judging = new AbortController());
    const model = this.model!;
    try {
      const whole = await judge(model, data.ids, [], judging.signal);
      const without = this.silenced.length
        ? await judge(model, data.ids, this.silenced, judging.signal)
        : whole;
      if (judging.signal.aborted) return;
      this.verdicts = {whole, without};
      this.judgingProblem = '';
    } catch (error) {
      if (!judging.signal.aborted) this.judgingProblem = (error as Error).message;
    }
  }

  protected override footer(): FooterOptions {
    return {...super.footer(), snippet: this.weights ? 'scaled-attention' : 'attention'};
  }

  protected override renderLayer(layer: AttentionLayer): TemplateResult {
    const tokens = layer.tokens.map(visibleToken);
    const [C, H] = [layer.width, layer.heads.length];
    const D = C / H;
    const {model} = this;
    const extents = this.#hold(layer);
    const input: BoardInput = {
      layer,
      tokens,
      chosen: this.shownHead,
      silenced: this.silenced.flatMap((place) => (place.layer === layer.layer ? [place.head] : [])),
      extents,
      theme: this.colors.theme,
      width: this.size.width,
    };
    return html`
      <div class="controls">
        <div class="steps" role="group" aria-label="How the heads are made">
          <button aria-pressed=${this.way === 'split'} @click=${() => (this.way = 'split')}>one projection, cut</button>
          <button aria-pressed=${this.way === 'stack'} @click=${() => (this.way = 'stack')}>a stack of heads</button>
        </div>
        ${this.renderPickers(layer)}
      </div>
      <p class="explain">${this.#wayInWords(layer, C, H, D)}</p>
      ${this.#renderBoard(this.#projection, 'projection', projectionBoard(input, this.way))}
      <p class="explain then">
        Each head attends on its own. Their results are put side by side, and one last matrix, <code>c_proj</code>, mixes them.
      </p>
      <div part="tables">
        ${
          this.size.width >= WIDE_BOARD
            ? this.#renderBoard(this.#heads, 'heads', outputBoard(input, 'both'), layer)
            : html`${this.#renderBoard(this.#heads, 'heads', outputBoard(input, 'heads'), layer)}
              ${this.#renderBoard(this.#output, 'output', outputBoard(input, 'output'))}`
        }
      </div>
      ${renderScaleNote({x: extents.x, weights: extents.W, 'q, k, v, context': extents.vectors, c_proj: extents.projection, output: extents.out}, true)}
      <p class="readout" part="readout" role="status">${this.#reading(layer, tokens, D)}</p>
      <div class="worth">
        ${
          this.verdicts && !this.weights && !this.withoutAblation && model?.tokenizer
            ? renderEffect({
                ...this.verdicts,
                silenced: this.silenced,
                token: (id) => tokenLabel(model.tokenizer!, id),
              })
            : nothing
        }
        ${this.judgingProblem ? html`<p class="error" role="alert">${this.judgingProblem}</p>` : nothing}
        ${
          this.weights || this.withoutAblation || !model?.facts
            ? nothing
            : renderSurvey({
                survey: this.#survey,
                theme: this.colors.theme,
                start: () => void this.#survey.run(model, layer.ids),
                stop: this.#stopSurvey,
                highlighted: {layer: layer.layer, head: this.shownHead},
              })
        }
      </div>
    `;
  }

  /** @param layer Whose heads stand above their parts of the context; none where there is no context. */
  #renderBoard(
    view: ProductView,
    name: string,
    board: Pick<ProductProps, 'axes' | 'blocks' | 'columns'>,
    layer?: AttentionLayer,
  ): TemplateResult {
    const {pointed} = this;
    return view.render({
      ...board,
      name,
      theme: this.colors.theme,
      width: this.size.width,
      highlighted:
        pointed && board.blocks[pointed.block] ? pointed : this.#firstShown(board.blocks.out?.values),
      point: (cell) => (this.pointed = cell),
      inSpaces:
        layer &&
        ((layout) =>
          html`<div class="heads" part="heads">${layer.heads.map((_, h) => this.#renderHead(layer, h, layout))}</div>`),
    });
  }

  /** What is highlighted until the reader points at something: the largest number that the last token gets. */
  #firstShown(out: readonly ArrayLike<number>[] | undefined): ProductCell | undefined {
    if (!out) return undefined;
    const sizes = Array.from(out.at(-1)!, Math.abs);
    return {block: 'out', row: out.length - 1, column: sizes.indexOf(Math.max(...sizes))};
  }

  /** The ends of the color scales; they hold still while heads are silenced and while the model trains. */
  #hold({x, heads, context, projection, out}: AttentionLayer): BoardInput['extents'] {
    const hold = (held: HeldExtent, ...matrices: Matrix[]): number =>
      held.hold(matrices.flatMap((rows) => rows.flatMap((row) => Array.from(row))));
    return {
      x: hold(this.#extents.x, x),
      W: hold(this.#extents.W, ...heads.flatMap(({wq, wk, wv}) => [wq, wk, wv])),
      vectors: hold(this.#extents.vectors, context, ...heads.flatMap(({q, k, v}) => [q, k, v])),
      projection: hold(this.#extents.projection, projection.weight),
      out: hold(this.#extents.out, out),
    };
  }

  #wayInWords(layer: AttentionLayer, C: number, H: number, D: number): TemplateResult {
    const difference = `They differ by at most ${number(stackDifference(layer), 1)} in what the heads find: rounding.`;
    return this.way === 'split'
      ? html`<b>One projection, cut.</b> A single matrix makes ${C} numbers of query for each token; the first ${D} belong to head 1, the
          next ${D} to head 2, and so on to head ${H}. One large multiplication in place of ${H} small ones. ${difference}`
      : html`<b>A stack of heads.</b> Each head has matrices of its own, [${C}, ${D}], and works as if it were alone; the results are put
          side by side. It is the same computation: the columns of the large matrix are those of the small ones. ${difference}`;
  }

  /** A head above its part of the context. */
  #renderHead(
    {layer, heads, tokens}: AttentionLayer,
    head: number,
    {blocks, line}: BoardLayout,
  ): TemplateResult {
    const isSilenced = this.#isSilenced({layer, head});
    const D = this.data!.width / heads.length;
    const [start, width] = stretchOf(blocks.context!.columns, head * D, (head + 1) * D)!;
    const side = Math.max(20, Math.min(PICTURE, width, line - AROUND_PICTURE - TITLE));
    const row = Array.from(heads[head]!.weights.at(-1)!);
    const best = row.indexOf(Math.max(...row));
    return html`<div
      class="head ${head === this.shownHead ? 'chosen' : ''} ${isSilenced ? 'silenced' : ''}"
      .style="left: ${blocks.context!.x + start}px; width: ${width}px; height: ${line - 8}px"
    >
      <button aria-pressed=${head === this.shownHead} @click=${() => (this.head = head)}>
        <span>head ${head + 1}</span>
        <canvas data-head=${head} .style="width: ${side}px; height: ${side}px" aria-hidden="true"></canvas>
        <small>${isSilenced ? 'silenced: 0' : `${visibleToken(tokens.at(-1)!)} → ${visibleToken(tokens[best]!)} ${percent(row[best]!)}`}</small>
      </button>
      ${
        this.weights || this.withoutAblation
          ? nothing
          : html`<label
              ><input type="checkbox" .checked=${isSilenced} @change=${() => this.#silence({layer, head})} /> silence</label
            >`
      }
    </div>`;
  }

  #isSilenced({layer, head}: HeadPlace): boolean {
    return this.silenced.some((place) => place.layer === layer && place.head === head);
  }

  #silence(place: HeadPlace): void {
    const others = this.silenced.filter(({layer, head}) => layer !== place.layer || head !== place.head);
    this.silenced = others.length < this.silenced.length ? others : [...this.silenced, place];
    const detail = {silenced: this.silenced.map((one) => ({...one}))};
    this.emit('gpt-ablation', detail);
  }

  #stopSurvey = (): void => {
    this.#survey.stop();
    this.requestUpdate();
  };

  #reading(layer: AttentionLayer, tokens: readonly string[], D: number): TemplateResult | string {
    const {row, column, block} = this.pointed ?? this.#firstShown(layer.out)!;
    if (row >= tokens.length) return '';
    if (block === 'context' || block === 'joined')
      return html`<b>${tokens[row]}</b>: number ${(column % D) + 1} of what head ${Math.floor(column / D) + 1} has found,
        ${number(layer.context[row]![column]!)}.`;
    if (block !== 'out') return 'Each number of the product is its row on the left times its column above.';
    const shares = layer.heads.map((_, h) =>
      layer.projection.weight
        .slice(h * D, (h + 1) * D)
        .reduce((sum, weights, d) => sum + layer.context[row]![h * D + d]! * weights[column]!, 0),
    );
    return html`<b>${tokens[row]}</b>: number ${column + 1} of what the layer adds, ${number(layer.out[row]![column]!)} =
      ${shares.map((share, h) => `head ${h + 1}: ${number(share)}`).join(', ')}, bias: ${number(layer.projection.bias[column]!)}.`;
  }

  protected override updated(): void {
    for (const view of [this.#projection, this.#heads, this.#output]) view.paint(this.renderRoot);
    const data = this.data;
    if (!data) return;
    const {theme} = this.colors;
    const scale = shareScale(theme);
    for (const canvas of this.renderRoot.querySelectorAll<HTMLCanvasElement>('.head canvas')) {
      const head = Number(canvas.dataset.head);
      const {weights} = data.heads[head]!;
      const size = weights.length;
      const side = Number.parseFloat(canvas.style.width);
      const surface = new CanvasSurface(canvas, side, side);
      drawMatrix(surface, {size, values: flatten(weights), causal: true}, theme, {cell: side / size, scale});
      if (!this.#isSilenced({layer: data.layer, head})) continue;
      surface.rect(0, 0, side, side, {fill: theme.background});
      surface.hatch(`M0 0h${side}v${side}h${-side}Z`, {stroke: theme.muted, spacing: 5});
    }
  }
}

/** How far what the heads find is apart: computed from the model's one projection, and from a stack of single heads. */
function stackDifference({x, heads}: AttentionLayer): number {
  const plus = (rows: Matrix, bias?: Float32Array): Matrix =>
    bias ? rows.map((row) => Array.from(row, (value, d) => value + bias[d]!)) : rows;
  const found = (q: Matrix, k: Matrix, v: Matrix): Matrix => scaledAttention(q, k, v, {causal: true}).context;
  const single = ({wq, wk, wv, bias}: HeadValues): Matrix =>
    found(plus(matMul(x, wq), bias?.q), plus(matMul(x, wk), bias?.k), plus(matMul(x, wv), bias?.v));
  return largestDifference(
    flatten(concatenate(heads.map(single))),
    flatten(concatenate(heads.map(({q, k, v}) => found(q, k, v)))),
  );
}

define('multi-head-attention', MultiHeadAttention);

declare global {
  interface HTMLElementTagNameMap {
    'multi-head-attention': MultiHeadAttention;
  }
  interface GlobalEventHandlersEventMap {
    'gpt-ablation': CustomEvent<{silenced: HeadPlace[]}>;
  }
}
