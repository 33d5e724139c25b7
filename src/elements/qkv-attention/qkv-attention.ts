import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {type Attention, flatten, type Matrix, scaledAttention} from '../../math/attention.js';
import {largestDifference} from '../../math/differences.js';
import {define} from '../../ui/base/define.js';
import {decimals, number, percent, visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import type {AttentionLayer, HeadValues} from '../../ui/model/attention-layer.js';
import {LayerElement} from '../../ui/model/layer-element.js';
import {ExerciseController} from '../../ui/views/exercise.js';
import {exerciseStyles} from '../../ui/views/exercise.styles.js';
import {ATTENTION_STAGES, attentionBoard, WIDE_BOARD} from '../../ui/views/matrix-product/attention-board.js';
import {productStyles} from '../../ui/views/matrix-product/product.styles.js';
import {
  type ProductCell,
  type ProductProps,
  ProductView,
  spoken,
} from '../../ui/views/matrix-product/product-view.js';
import {renderScaleNote, scaleNoteStyles} from '../../ui/views/matrix-product/scale-note.js';
import {renderSteps} from '../../ui/views/step-buttons.js';
import {HeldExtent} from '../../viz/nice.js';
import {renderArithmetic} from './arithmetic.js';
import {projectionBoard} from './projection-board.js';
import {styles} from './qkv-attention.styles.js';
import {renderSaturation} from './saturation-view.js';
import {EXPLANATIONS, ROLES, type Role, STEPS} from './words.js';

/** The last step is about random numbers and needs no layer. */
const WHY_ROOT = STEPS.length;
const ALL_AT_ONCE = 5;
/** Beyond this step, an open exercise would be answered. */
const BEFORE_SHARES = 2;
/** The word that a text is about rather than its last full stop. */
const IS_WORD = /\p{L}/u;

type Scene = Pick<
  ProductProps,
  'axes' | 'blocks' | 'columns' | 'heights' | 'head' | 'between' | 'bars' | 'row'
>;

/** A head, and what is computed from it here. */
interface Shown {
  layer: AttentionLayer;
  head: HeadValues;
  attention: Attention;
  tokens: readonly string[];
  query: number;
}

/**
 * One attention head taken apart: three projections of each token, the scaled dot products of queries and keys, their
 * softmax, and the values mixed by it. Every product is drawn in its geometry, with the sum behind each of its cells.
 *
 * Shows `weights` set as a property, else a layer of a model (`for`, an ancestor `<gpt-model>`, the page's default model).
 * What is drawn is computed here from the layer's weights, and compared with what the model itself computed.
 *
 * @summary Queries, keys and values of one head, step by step, with and without the division by √D.
 * @group attention
 * @event {CustomEvent<{chosen: number, right: boolean}>} gpt-answer - The reader has answered the exercise.
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart tokens - The tokens, of which one asks.
 * @csspart steps - The choice of the step.
 * @csspart tables - The numbers.
 * @csspart exercise - The question, where `exercise` is set.
 * @csspart readout - The line that says what is pointed at.
 * @csspart footer - Facts, code and embed.
 * @cssproperty --gpt-query - Queries.
 * @cssproperty --gpt-key - Keys.
 * @cssproperty --gpt-value - Values.
 * @cssproperty --gpt-attention - The color of weight 1; weight 0 is the background.
 */
export class QkvAttention extends LayerElement {
  static override styles = [...LayerElement.styles, productStyles, scaleNoteStyles, exerciseStyles, styles];
  static override lead =
    'How does a token know which others matter to it? It asks with a query, every token answers with a key, and where the two match it takes the other’s value.';

  /** The token that asks, counted from 0. Default: the last word. */
  @property({type: Number, reflect: true}) accessor query: number | undefined;
  /** 1 project, 2 compare, 3 softmax, 4 mix, 5 all at once, 6 why √D. */
  @property({type: Number, reflect: true}) accessor step = 1;
  /** Whose arithmetic the first step shows; on a narrow page, the projection that it shows. */
  @property({reflect: true}) accessor projection: Role = 'query';
  /** Leaves the division by √D out. */
  @property({type: Boolean, reflect: true}) accessor unscaled = false;
  /** D in the last step. */
  @property({type: Number, reflect: true}) accessor dimension = 64;
  /** Asks for a prediction before it shows the shares. */
  @property({type: Boolean, reflect: true}) accessor exercise = false;

  @state() private accessor pointed: ProductCell | undefined;

  readonly #exercise = new ExerciseController(this);
  readonly #product = new ProductView();
  readonly #extents = {
    x: new HeldExtent(),
    W: new HeldExtent(),
    vectors: new HeldExtent(),
    scores: new HeldExtent(),
  };

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.step = Math.min(STEPS.length, Math.max(1, Math.round(this.step) || 1));
    if (!ROLES.includes(this.projection)) this.projection = 'query';
  }

  protected override dataChanged(): void {
    this.pointed = undefined;
  }

  get #query(): number {
    const tokens = this.data?.tokens ?? [];
    const word = tokens.findLastIndex((token) => IS_WORD.test(token));
    return Math.max(0, Math.min(tokens.length - 1, this.query ?? (word < 0 ? tokens.length - 1 : word)));
  }

  protected override footer(): FooterOptions {
    return {...super.footer(), snippet: this.weights ? 'scaled-attention' : 'attention'};
  }

  protected override renderLayer(layer: AttentionLayer, head: HeadValues): TemplateResult {
    const tokens = layer.tokens.map(visibleToken);
    const query = this.#query;
    const attention = scaledAttention(head.q, head.k, head.v, {
      causal: true,
      scale: this.unscaled ? 1 : undefined,
    });
    const shown: Shown = {layer, head, attention, tokens, query};
    const hidden = this.#exercise.open(`${layer.layer} ${this.shownHead} ${query} ${tokens}`);
    const step = hidden ? Math.min(BEFORE_SHARES, this.step) : this.step;
    const row = attention.weights[query]!;
    const best = row.indexOf(Math.max(...row));
    return html`
      ${
        query > 0
          ? this.#exercise.render({
              question: html`Compare the scores first. Which token gives <b>${tokens[query]}</b> the most?`,
              options: tokens.slice(0, query + 1),
              answer: best,
              because: html`The largest score gets the largest share: ${tokens[best]}, with ${percent(row[best]!)}.`,
            })
          : nothing
      }
      <div class="controls">
        ${renderSteps({
          names: STEPS,
          current: step,
          goTo: (to) => this.#goTo(to),
          last: hidden ? BEFORE_SHARES : STEPS.length,
        })}
        ${this.renderPickers(layer)}
      </div>
      <p class="explain">${EXPLANATIONS[step - 1]!(tokens[query]!, head.q[0]!.length)}</p>
      <div class="controls">${this.#renderChoices(tokens, query, step, head.q[0]!.length)}</div>
      ${this.#renderStage(shown, step, best)}
    `;
  }

  #goTo(step: number): void {
    this.step = step;
    this.pointed = undefined;
  }

  #renderChoices(tokens: readonly string[], query: number, step: number, width: number): TemplateResult {
    return html`<div class="chips" part="tokens" role="group" aria-label="Which token asks?">
        <span class="asks">Who asks?</span>
        ${tokens.map(
          (token, i) => html`<button
            class="chip"
            aria-pressed=${i === query}
            @click=${() => {
              this.query = i;
              this.pointed = undefined;
            }}
            >${token}</button
          >`,
        )}
      </div>
      ${
        step === 1
          ? html`<div class="roles" role="group" aria-label="Which projection?">
              ${ROLES.map(
                (role) => html`<button
                  class=${role}
                  aria-pressed=${role === this.projection}
                  @click=${() => {
                    this.projection = role;
                    this.pointed = undefined;
                  }}
                >
                  ${role}
                </button>`,
              )}
            </div>`
          : html`<label
              ><input
                type="checkbox"
                .checked=${!this.unscaled}
                @change=${(event: Event) => (this.unscaled = !(event.target as HTMLInputElement).checked)}
              />
              divide by √${width} = ${decimals(Math.sqrt(width), 2)}</label
            >`
      }`;
  }

  /** The drawing and what stands below it; as high in every step. */
  #renderStage(shown: Shown, step: number, best: number): TemplateResult {
    const {width} = this.size;
    const scenes = Array.from({length: ALL_AT_ONCE}, (_, i) => this.#scene(shown, i + 1));
    const height = ProductView.height(scenes, width);
    if (step === WHY_ROOT)
      return html`<div class="stage" .style="min-height: ${height}px">
          ${renderSaturation(this.dimension, (dimension) => (this.dimension = dimension))}
        </div>
        ${renderScaleNote({}, true)}
        <p class="readout" part="readout">Move D: without the division, one key soon gets everything.</p>`;
    const scene = scenes[step - 1]!;
    const {blocks} = scene;
    const cell =
      this.pointed && blocks[this.pointed.block] ? this.pointed : this.#defaultCell(shown, step, best);
    const extents = this.#held(shown);
    return html`<div class="stage" part="tables" .style="min-height: ${height}px">
        ${this.#product.render({
          ...scene,
          name: 'head',
          theme: this.colors.theme,
          width,
          highlighted: cell,
          point: (pointed) => (this.pointed = pointed),
          arithmetic: (terms) =>
            renderArithmetic({
              cell,
              terms,
              tokens: shown.tokens,
              attention: shown.attention,
              root: this.unscaled ? 1 : Math.sqrt(shown.head.q[0]!.length),
              width: shown.head.q[0]!.length,
              bias: biasOf(shown.head, cell),
              spoken: cell ? spoken(blocks[cell.block]!, cell.row, cell.column) : '',
            }),
        })}
      </div>
      ${renderScaleNote(
        step === 1
          ? {x: extents.x, W: extents.W, 'q, k, v': extents.vectors}
          : {'q, k, v': extents.vectors, scores: extents.scores},
        step > BEFORE_SHARES,
      )}
      <p class="readout" part="readout" role="status">${this.#reading(shown, step, best)}</p>`;
  }

  /** The ends of the color scales; they hold still while the model trains. */
  #held({layer, head: {wq, wk, wv, q, k, v}, attention}: Shown) {
    const held = this.#extents;
    const hold = (name: keyof typeof held, ...matrices: readonly Matrix[]): number =>
      held[name].hold(
        matrices.flatMap((rows) => rows.flatMap((row) => Array.from(row).filter(Number.isFinite))),
      );
    return {
      x: hold('x', layer.x),
      W: hold('W', wq, wk, wv),
      vectors: hold('vectors', q, k, v),
      scores: hold('scores', attention.scores),
    };
  }

  #scene(shown: Shown, step: number): Scene {
    const {head, attention, tokens, query} = shown;
    const extents = this.#held(shown);
    const common = {tokens, query, extents, theme: this.colors.theme, width: this.size.width};
    if (step === 1)
      return projectionBoard({...common, layer: shown.layer, head, projection: this.projection});
    return attentionBoard({
      ...common,
      q: {values: head.q, title: 'queries q', noun: 'query'},
      k: {values: head.k, title: 'keys k', noun: 'key'},
      v: {values: head.v, title: 'values v', noun: 'value'},
      attention,
      causal: true,
      scoresTitle: this.unscaled ? html`scores q · k<sup>T</sup>` : html`scores q · k<sup>T</sup> / √D`,
      stage: ATTENTION_STAGES[Math.min(step, 4) - 2]!,
      all: step === ALL_AT_ONCE,
      laterSteps: {weights: `step 3: ${STEPS[2]}`, context: `step 4: ${STEPS[3]}`},
    });
  }

  /** What a step shows the arithmetic of until the reader points at something: the asking token’s largest. */
  #defaultCell({head, attention, query}: Shown, step: number, best: number): ProductCell {
    const largest = (row: ArrayLike<number>): number => {
      const sizes = Array.from(row, Math.abs);
      return sizes.indexOf(Math.max(...sizes));
    };
    if (step === 1) {
      const block = RESULT_OF[this.projection];
      return {block, row: query, column: largest(head[block][query]!)};
    }
    if (step === 4) return {block: 'context', row: query, column: largest(attention.context[query]!)};
    return {
      block: step === 3 && this.size.width < WIDE_BOARD ? 'weights' : 'scores',
      row: query,
      column: best,
    };
  }

  #reading(
    {layer, head, tokens, attention, query}: Shown,
    step: number,
    best: number,
  ): TemplateResult | string {
    const {pointed} = this;
    const {scores, weights, context} = attention;
    const D = head.q[0]!.length;
    if (pointed?.block === 'scores' || pointed?.block === 'weights') {
      const [i, j] = [pointed.row, pointed.column];
      if (j > i) return `${tokens[j]} comes after ${tokens[i]}: masked, its share is 0.`;
      const score = scores[i]![j]!;
      return html`<b>${tokens[i]} asks, ${tokens[j]} answers</b>:
        ${this.unscaled ? html`q · k = ${number(score)}` : html`q · k = ${number(score * Math.sqrt(D))}, divided by √${D}: ${number(score)}`}${step > BEFORE_SHARES ? html`; share ${percent(weights[i]![j]!)}` : nothing}`;
    }
    if (step <= BEFORE_SHARES)
      return html`Each colored bar is one product of the sum: <b>row times column</b>. Point at another number, or move with the arrow
        keys.`;
    const agrees =
      this.weights || this.unscaled
        ? nothing
        : html` <span class="note">The model’s own kernels differ from these numbers by at most
            ${largestDifference(flatten(head.weights), flatten(weights)).toExponential(0)} in the weights and
            ${largestDifference(contextOf(layer, this.shownHead), flatten(context)).toExponential(0)} in the context.</span>`;
    return html`<b>${tokens[query]}</b> takes most from <b>${tokens[best]}</b>: ${percent(weights[query]![best]!)}.${agrees}`;
  }

  protected override updated(): void {
    this.#product.paint(this.renderRoot);
  }
}

const RESULT_OF = {query: 'q', key: 'k', value: 'v'} as const;

/** What a projection adds to the number. */
function biasOf({bias}: HeadValues, cell: ProductCell | undefined): number | undefined {
  const of = cell?.block as keyof NonNullable<typeof bias> | undefined;
  return of && cell ? bias?.[of]?.[cell.column] : undefined;
}

/** One head's part of the model's context, [T, D]. */
function contextOf({context, heads}: AttentionLayer, h: number): Float32Array {
  const D = heads[h]!.q[0]!.length;
  return flatten(context.map((row) => Array.from(row).slice(h * D, (h + 1) * D)));
}

define('qkv-attention', QkvAttention);

declare global {
  interface HTMLElementTagNameMap {
    'qkv-attention': QkvAttention;
  }
}
