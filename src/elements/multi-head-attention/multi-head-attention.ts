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
import {indexOfLargest} from '../../ui/views/matrix-product/attention-board.js';
import {productStyles} from '../../ui/views/matrix-product/product.styles.js';
import {ProductView} from '../../ui/views/matrix-product/product-view.js';
import {renderScaleNote, scaleNoteStyles} from '../../ui/views/matrix-product/scale-note.js';
import {numberTableStyles} from '../../ui/views/number-table.styles.js';
import type {BoardLayout} from '../../viz/matrix-product/layout.js';
import type {ProductCell, Scene} from '../../viz/matrix-product/scene.js';
import {HeldExtents} from '../../viz/nice.js';
import {type HeadPlace, HeadSurvey, judge, silence} from './ablation.js';
import {type Effect, renderEffect, renderSurvey, renderVerdict} from './ablation-view.js';
import {type BoardInput, cutOrStack, headsBoard, outputBoard} from './boards.js';
import {styles} from './multi-head-attention.styles.js';

/** From this width on, in pixels, the model’s next token stands beside the heads, which have this part of it. */
const WITH_EFFECT = 900;
const HEADS_PART = 0.72;

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
 * @csspart heads - What each head looks at, and its switch.
 * @csspart projection - How the heads are made, folded away at first.
 * @csspart tables - The weights of the heads.
 * @csspart survey - What each head is worth, folded away at first.
 * @csspart output - What becomes of their results, folded away at first.
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
    'Why does a layer have several heads? Each looks for something different. The table says what the model would predict without the chosen one.';

  /** `split`: one projection for all heads, cut into pieces. `stack`: a projection for each head. */
  @property({reflect: true}) accessor way: 'split' | 'stack' = 'split';
  /** Leaves out silencing heads and measuring them. */
  @property({type: Boolean, reflect: true, attribute: 'without-ablation'}) accessor withoutAblation = false;

  @state() private accessor pointed: ProductCell | undefined;
  @state() private accessor silenced: readonly HeadPlace[] = [];
  @state() private accessor verdicts: Effect | undefined;
  @state() private accessor judgingProblem = '';

  readonly #survey = new HeadSurvey(() => this.requestUpdate());
  readonly #projection = new ProductView();
  readonly #heads = new ProductView();
  readonly #output = new ProductView();
  readonly #extents = new HeldExtents<keyof BoardInput['extents']>();
  readonly #judged = new Memo();
  readonly #measured = new Memo();
  #judging?: AbortController;
  /** Whether the page has asked for what is folded away at first. */
  #isUnfolded = false;

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
    else this.#isUnfolded = true;
    const {model} = this;
    const data = this.data;
    // What was measured belongs to these weights and this tokenizer.
    if (this.#measured.changed(model, model?.tokenizer, model?.step, `${data?.ids}`)) this.#survey.forget();
    if (
      !this.weights &&
      !this.withoutAblation &&
      model?.facts &&
      data &&
      this.#judged.changed(data, this.shownHead)
    )
      void this.#judge(data);
  }

  async #judge(data: AttentionLayer): Promise<void> {
    this.#judging?.abort();
    const judging = (this.#judging = new AbortController());
    const model = this.model!;
    try {
      const whole = await judge(model, data.ids, [], judging.signal);
      const places = this.#compared(data);
      const without = await judge(model, data.ids, places, judging.signal);
      if (judging.signal.aborted) return;
      this.verdicts = {whole, without, places};
      this.judgingProblem = '';
    } catch (error) {
      if (!judging.signal.aborted) this.judgingProblem = (error as Error).message;
    }
  }

  protected override footer(): FooterOptions {
    const {data} = this;
    const snippet = this.weights ? 'scaled-attention' : 'attention';
    if (!data) return {snippet};
    return {
      ...super.footer(),
      snippet,
      picture: async () => {
        const {scenePicture} = await import('../../viz/matrix-product/picture.js');
        const title = `The ${data.heads.length} heads of layer ${data.layer + 1}`;
        const input = this.#input(data);
        return scenePicture(title, headsBoard(input), input.width, this.colors.theme);
      },
    };
  }

  #input(layer: AttentionLayer): BoardInput {
    const {heads} = layer;
    return {
      layer,
      tokens: layer.tokens.map(visibleToken),
      chosen: this.shownHead,
      silenced: this.silenced.flatMap((place) => (place.layer === layer.layer ? [place.head] : [])),
      // They hold still while heads are silenced and while the model trains.
      extents: this.#extents.hold({
        x: [layer.x],
        W: heads.flatMap(({wq, wk, wv}) => [wq, wk, wv]),
        vectors: [layer.context, ...heads.flatMap(({q, k, v}) => [q, k, v])],
        projection: [layer.projection.weight],
        out: [layer.out],
      }),
      theme: this.colors.theme,
      width: this.size.width,
    };
  }

  protected override renderLayer(layer: AttentionLayer): TemplateResult {
    const input = this.#input(layer);
    const {x, W, vectors, projection, out} = input.extents;
    const {model} = this;
    const measures = !this.weights && !this.withoutAblation && model?.facts !== undefined;
    const room = measures && this.size.width >= WITH_EFFECT ? HEADS_PART : 1;
    return html`
      ${measures && (this.verdicts || !this.judgingProblem) ? renderVerdict(model.tokenizer && this.verdicts, (id) => tokenLabel(model.tokenizer!, id), !this.silenced.length) : nothing}
      <div class="controls">${this.renderPickers(layer)}</div>
      <div class="first">
        <div part="tables">
          ${this.#renderBoard(
            this.#heads,
            'heads',
            headsBoard({...input, width: Math.floor(room * input.width)}),
            (layout) => this.#renderHeads(layer, layout),
          )}
        </div>
        ${
          measures && (this.verdicts || !this.judgingProblem)
            ? renderEffect(
                model.tokenizer && this.verdicts,
                this.verdicts?.places ?? this.#compared(layer),
                (id) => tokenLabel(model.tokenizer!, id),
              )
            : nothing
        }
      </div>
      ${renderScaleNote({}, true)}
      <p class="readout" part="readout" role="status">${this.#reading(layer, input.tokens)}</p>
      ${this.judgingProblem ? html`<p class="error" role="alert">${this.judgingProblem}</p>` : nothing}
      ${
        measures
          ? html`<details part="survey">
              <summary>What is each head worth?</summary>
              ${renderSurvey({
                survey: this.#survey,
                config: model.facts!.config,
                theme: this.colors.theme,
                start: () => void this.#survey.run(model, layer.ids),
                stop: this.#stopSurvey,
                highlighted: {layer: layer.layer, head: this.shownHead},
              })}
            </details>`
          : nothing
      }
      <details part="output">
        <summary>What becomes of their results?</summary>
        <p class="explain">
          The heads’ contexts stand side by side. One last matrix, <code>c_proj</code>, mixes them: that is what the layer adds.
        </p>
        ${this.#renderBoard(this.#output, 'output', outputBoard(input))}
        ${renderScaleNote({context: vectors, c_proj: projection, output: out}, false)}
        <p class="readout added">${this.#readingOut(layer, input.tokens)}</p>
      </details>
      <details part="projection" ?open=${this.#isUnfolded}>
        <summary>Where do the heads get their queries, keys and values?</summary>
        <div class="steps" role="group" aria-label="How the heads are made">
          <button aria-pressed=${this.way === 'split'} @click=${() => (this.way = 'split')}>one projection, cut</button>
          <button aria-pressed=${this.way === 'stack'} @click=${() => (this.way = 'stack')}>a stack of heads</button>
        </div>
        <p class="explain">${this.#wayInWords(layer)}</p>
        ${this.#renderBoard(this.#projection, 'projection', cutOrStack(input, this.way))}
        ${renderScaleNote({x, weights: W, 'q, k, v': vectors}, false)}
      </details>
    `;
  }

  /** The heads that the model is compared without: those silenced, else the chosen one. */
  #compared({layer}: AttentionLayer): readonly HeadPlace[] {
    return this.silenced.length ? this.silenced : [{layer, head: this.shownHead}];
  }

  #renderBoard(
    view: ProductView,
    name: string,
    scene: Scene,
    inSpaces?: (layout: BoardLayout) => TemplateResult,
  ): TemplateResult {
    return view.render({
      ...this.#highlight(scene),
      name,
      theme: this.colors.theme,
      width: this.size.width,
      point: (cell) => (this.pointed = cell),
      choose: (cell) => {
        this.pointed = cell;
        if (cell.block.startsWith('head')) this.head = Number(cell.block.slice(4));
      },
      inSpaces,
    });
  }

  #highlight(scene: Scene): Scene {
    const {pointed} = this;
    const {out} = scene.blocks;
    return {
      ...scene,
      highlighted: pointed && scene.blocks[pointed.block] ? pointed : out && firstShown(out.values),
    };
  }

  #wayInWords({x, heads, width: C}: AttentionLayer): TemplateResult {
    const [H, D] = [heads.length, C / heads.length];
    const difference = `They differ by at most ${number(stackDifference(x, heads), 1)} in what the heads find: rounding.`;
    return this.way === 'split'
      ? html`<b>One projection, cut.</b> A single matrix makes ${C} numbers of query for each token; the first ${D} belong to head 1, the
          next ${D} to head 2, and so on to head ${H}. One large multiplication in place of ${H} small ones. ${difference}`
      : html`<b>A stack of heads.</b> Each head has matrices of its own, [${C}, ${D}], and works as if it were alone; the results are put
          side by side. It is the same computation: the columns of the large matrix are those of the small ones. ${difference}`;
  }

  /** What each head looks at, and whether it is silenced, below its weights. */
  #renderHeads({layer, heads, tokens}: AttentionLayer, {blocks, line}: BoardLayout): TemplateResult {
    return html`<div class="heads" part="heads">
      ${heads.map(({weights}, head) => {
        const isSilenced = this.#isSilenced({layer, head});
        const {x, y, width, height} = blocks[`head${head}`]!;
        const row = weights.at(-1)!;
        const best = indexOfLargest(row);
        const asks = width < 120 ? '' : `${visibleToken(tokens.at(-1)!)} → `;
        return html`<div
          class="head ${head === this.shownHead ? 'chosen' : ''}"
          .style="left: ${x}px; width: ${width}px; top: ${y + height}px; height: ${line - y - height}px"
        >
          <small>${isSilenced ? 'silenced: 0' : `${asks}${visibleToken(tokens[best]!)} ${percent(row[best]!)}`}</small>
          ${
            this.weights || this.withoutAblation
              ? nothing
              : html`<label
                  ><input type="checkbox" aria-label="Silence head ${head + 1}" .checked=${isSilenced} @change=${() => this.#silence({layer, head})} /> silence</label
                >`
          }
        </div>`;
      })}
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

  #reading({heads}: AttentionLayer, tokens: readonly string[]): TemplateResult | string {
    const chosen = {block: `head${this.shownHead}`, row: tokens.length - 1, column: -1};
    const {block, row, column} = this.pointed?.block.startsWith('head') ? this.pointed : chosen;
    const head = Number(block.slice(4));
    const weights = heads[head]?.weights[row];
    if (!weights) return '';
    if (column > row) return `${tokens[column]} comes after ${tokens[row]}: masked, its share is 0.`;
    const key = column < 0 ? indexOfLargest(weights) : column;
    return html`Head ${head + 1}: <b>${tokens[row]}</b> takes ${column < 0 ? 'most, ' : ''}${percent(weights[key]!)}${column < 0 ? ',' : ''} from
      <b>${tokens[key]}</b>.`;
  }

  #readingOut(layer: AttentionLayer, tokens: readonly string[]): TemplateResult | string {
    const {pointed} = this;
    const {heads, width, projection, context, out} = layer;
    const {row, column, block} =
      pointed && ['context', 'proj'].includes(pointed.block) ? pointed : this.#outCell(layer);
    if (row >= tokens.length || block === 'proj')
      return 'Each number of the product is its row on the left times its column above.';
    const D = width / heads.length;
    if (block === 'context')
      return html`For <b>${tokens[row]}</b>, number ${(column % D) + 1} of what head ${Math.floor(column / D) + 1} has found,
        ${number(context[row]![column]!)}.`;
    const shares = heads.map((_, h) =>
      projection.weight
        .slice(h * D, (h + 1) * D)
        .reduce((sum, weights, d) => sum + context[row]![h * D + d]! * weights[column]!, 0),
    );
    return html`For <b>${tokens[row]}</b>, number ${column + 1} of what the layer adds, ${number(out[row]![column]!)} =
      ${shares.map((share, h) => `head ${h + 1}: ${number(share)}`).join(', ')}, bias: ${number(projection.bias[column]!)}.`;
  }

  #outCell({out}: AttentionLayer): ProductCell {
    return this.pointed?.block === 'out' ? this.pointed : firstShown(out);
  }

  protected override updated(): void {
    for (const view of [this.#projection, this.#heads, this.#output]) view.paint(this.renderRoot);
  }
}

/** What is highlighted until the reader points at something: the largest number that the last token gets. */
function firstShown(out: readonly ArrayLike<number>[]): ProductCell {
  return {block: 'out', row: out.length - 1, column: indexOfLargest(out.at(-1)!)};
}

/** How far what the heads find is apart: computed from the model's one projection, and from a stack of single heads. */
function stackDifference(x: Matrix, heads: readonly HeadValues[]): number {
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
