import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {concatenate, type Matrix, matMul, scaledAttention} from '../../math/attention.js';
import {largestDifference} from '../../math/differences.js';
import {tokenLabel} from '../../tokenizers/token-label.js';
import {define} from '../../ui/base/define.js';
import {number, visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import type {AttentionLayer, HeadValues} from '../../ui/model/attention-layer.js';
import {LayerElement} from '../../ui/model/layer-element.js';
import {flatten, HeatView} from '../../ui/views/heat-view.js';
import {numberTableStyles} from '../../ui/views/number-table.styles.js';
import type {TableCell} from '../../ui/views/table-view.js';
import {tableStyles} from '../../ui/views/table-view.styles.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {shareScale} from '../../viz/color.js';
import {drawMatrix} from '../../viz/matrix.js';
import {type HeadPlace, HeadSurvey, judge, type Verdict} from './ablation.js';
import {renderEffect, renderSurvey} from './ablation-view.js';
import {styles} from './multi-head-attention.styles.js';

/** Side of a head's picture, in pixels. */
const PICTURE = 120;

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
  static override styles = [...LayerElement.styles, tableStyles, numberTableStyles, styles];
  static override lead =
    'Why several heads? One head looks for one kind of thing. So a layer has several side by side, each with its own part of the numbers; their results are concatenated and mixed by one last matrix.';

  /** `split`: one projection for all heads, cut into pieces. `stack`: a projection for each head. */
  @property({reflect: true}) accessor way: 'split' | 'stack' = 'split';
  /** Leaves out silencing heads and measuring them. */
  @property({type: Boolean, reflect: true, attribute: 'without-ablation'}) accessor withoutAblation = false;

  @state() private accessor highlighted:
    | {table: 'context' | 'out'; row?: number; column?: number}
    | undefined;
  @state() private accessor silenced: readonly HeadPlace[] = [];
  @state() private accessor verdicts: {whole: Verdict; without: Verdict} | undefined;
  @state() private accessor judgingProblem = '';

  readonly #survey = new HeadSurvey(() => this.requestUpdate());
  readonly #context = new HeatView('context', () => this.requestUpdate());
  readonly #out = new HeatView('out', () => this.requestUpdate());
  readonly #judged = new Memo();
  readonly #measured = new Memo();
  #judging?: AbortController;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#judging?.abort();
    this.#judged.forget();
    this.#survey.stop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.way !== 'stack') this.way = 'split';
    const {model} = this;
    const data = this.data;
    // What was measured belongs to these weights and this tokenizer.
    if (this.#measured.changed(model, model?.tokenizer, model?.step)) this.#survey.forget();
    if (
      !this.weights &&
      !this.withoutAblation &&
      model?.facts &&
      data &&
      this.#judged.changed(data, this.silenced)
    )
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
    const [T, C, H] = [tokens.length, layer.width, layer.heads.length];
    const D = C / H;
    const point = (table: 'context' | 'out') => (cell: TableCell | undefined) =>
      (this.highlighted = cell && {table, ...cell});
    const {model} = this;
    return html`
      <div class="controls">
        ${this.renderPickers(layer)}
        <div class="steps" role="group" aria-label="How the heads are made">
          <button aria-pressed=${this.way === 'split'} @click=${() => (this.way = 'split')}>one projection, cut</button>
          <button aria-pressed=${this.way === 'stack'} @click=${() => (this.way = 'stack')}>a stack of heads</button>
        </div>
      </div>
      <p class="explain">${this.#wayInWords(layer, C, H, D)}</p>
      <div class="heads" part="heads">${layer.heads.map((_, h) => this.#renderHead(layer, h))}</div>
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
              start: () => void this.#survey.run(model),
              stop: this.#stopSurvey,
              highlighted: {layer: layer.layer, head: this.shownHead},
            })
      }
      <div class="tables" part="tables">
        ${this.#context.render({
          title: 'what the heads have found, side by side',
          shape: `[T, H·D] = [${T}, ${H}·${D}]`,
          label: `Context vectors, ${T} rows of ${C} numbers, ${D} for each of ${H} heads`,
          values: layer.context,
          rows: tokens,
          highlighted:
            this.highlighted?.table === 'context' ? this.highlighted : {row: this.highlighted?.row},
          point: point('context'),
          spoken: (row, column) =>
            `${tokens[row]}, number ${(column % D) + 1} of head ${Math.floor(column / D) + 1}`,
          theme: this.colors.theme,
          width: this.size.width,
        })}
        ${this.#out.render({
          title: html`times the output projection <code>c_proj</code>: what the layer adds to the stream`,
          shape: `[T, C] = [${T}, ${C}]`,
          label: `Output of the layer, ${T} rows of ${C} numbers`,
          values: layer.out,
          rows: tokens,
          highlighted: this.highlighted?.table === 'out' ? this.highlighted : {row: this.highlighted?.row},
          point: point('out'),
          spoken: (row, column) => `${tokens[row]}, number ${column + 1} of what the layer adds`,
          theme: this.colors.theme,
          width: this.size.width,
        })}
      </div>
      <p class="readout" part="readout" role="status">${this.#reading(layer, tokens, D)}</p>
    `;
  }

  #wayInWords(layer: AttentionLayer, C: number, H: number, D: number): TemplateResult {
    const difference = `They differ by at most ${number(stackDifference(layer), 1)} in what the heads find: rounding.`;
    return this.way === 'split'
      ? html`<b>One projection, cut.</b> A single matrix makes ${C} numbers of query for each token; the first ${D} belong to head 1, the
          next ${D} to head 2, and so on to head ${H}. One large multiplication in place of ${H} small ones. ${difference}`
      : html`<b>A stack of heads.</b> Each head has matrices of its own, [${C}, ${D}], and works as if it were alone; the results are put
          side by side. It is the same computation: the columns of the large matrix are those of the small ones. ${difference}`;
  }

  #renderHead({layer, layers}: AttentionLayer, head: number): TemplateResult {
    const isSilenced = this.silenced.some((place) => place.layer === layer && place.head === head);
    return html`<div class="head ${head === this.shownHead ? 'chosen' : ''} ${isSilenced ? 'silenced' : ''}">
      <button aria-pressed=${head === this.shownHead} @click=${() => (this.head = head)}>
        <span>head ${head + 1}${layers > 1 ? html`, layer ${layer + 1}` : nothing}</span>
        <canvas data-head=${head} .style="width: ${PICTURE}px; height: ${PICTURE}px" aria-hidden="true"></canvas>
      </button>
      ${
        this.weights || this.withoutAblation
          ? nothing
          : html`<label
              ><input type="checkbox" .checked=${isSilenced} @change=${() => this.#silence({layer, head})} /> silence it</label
            >`
      }
    </div>`;
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
    const {highlighted} = this;
    if (
      highlighted?.row === undefined ||
      highlighted.column === undefined ||
      highlighted.row >= tokens.length
    )
      return 'Point at a number below a head to see where it comes from.';
    const [row, column] = [highlighted.row, highlighted.column];
    if (highlighted.table === 'context')
      return html`<b>${tokens[row]}</b>: number ${(column % D) + 1} of what head ${Math.floor(column / D) + 1} has found,
        ${number(layer.context[row]![column]!)}.`;
    const shares = layer.heads.map((_, h) =>
      layer.projection.weight
        .slice(h * D, (h + 1) * D)
        .reduce((sum, weights, d) => sum + layer.context[row]![h * D + d]! * weights[column]!, 0),
    );
    return html`<b>${tokens[row]}</b>: number ${column + 1} of what the layer adds, ${number(layer.out[row]![column]!)} =
      ${shares.map((share, h) => `head ${h + 1}: ${number(share)}`).join(', ')}, bias: ${number(layer.projection.bias[column]!)}.`;
  }

  protected override updated(): void {
    this.#context.paint(this.renderRoot);
    this.#out.paint(this.renderRoot);
    const data = this.data;
    if (!data) return;
    const {theme} = this.colors;
    const scale = shareScale(theme);
    for (const canvas of this.renderRoot.querySelectorAll<HTMLCanvasElement>('.head canvas')) {
      const {weights} = data.heads[Number(canvas.dataset.head)]!;
      const size = weights.length;
      drawMatrix(
        new CanvasSurface(canvas, PICTURE, PICTURE),
        {size, values: flatten(weights), causal: true},
        theme,
        {
          cell: PICTURE / size,
          scale,
        },
      );
    }
  }
}

/** How far the cut projection and the stack of single heads are apart. */
function stackDifference({x, heads, context}: AttentionLayer): number {
  const plus = (rows: Matrix, bias?: Float32Array): Matrix =>
    bias ? rows.map((row) => Array.from(row, (value, d) => value + bias[d]!)) : rows;
  const single = ({wq, wk, wv, bias}: HeadValues): Matrix =>
    scaledAttention(
      plus(matMul(x, wq), bias?.q),
      plus(matMul(x, wk), bias?.k),
      plus(matMul(x, wv), bias?.v),
      {
        causal: true,
      },
    ).context;
  return largestDifference(flatten(concatenate(heads.map(single))), flatten(context));
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
