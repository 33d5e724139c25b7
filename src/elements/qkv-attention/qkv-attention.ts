import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {type Attention, columns, flatten, scaledAttention} from '../../math/attention.js';
import {largestDifference} from '../../math/differences.js';
import {define} from '../../ui/base/define.js';
import {decimals, number, percent, visibleToken} from '../../ui/base/format.js';
import type {FooterOptions, Picture} from '../../ui/base/gpt-element.js';
import type {AttentionLayer, HeadValues} from '../../ui/model/attention-layer.js';
import {LayerElement} from '../../ui/model/layer-element.js';
import {renderAskers} from '../../ui/views/asking-token.js';
import {DrawingView, drawingStyles} from '../../ui/views/drawing.js';
import {ExerciseController} from '../../ui/views/exercise.js';
import {exerciseStyles} from '../../ui/views/exercise.styles.js';
import {arithmeticOf} from '../../ui/views/matrix-product/arithmetic.js';
import {
  ATTENTION_STAGES,
  attentionBoard,
  firstCell,
  indexOfLargest,
  WIDE_BOARD,
} from '../../ui/views/matrix-product/attention-board.js';
import {productStyles} from '../../ui/views/matrix-product/product.styles.js';
import {ProductView} from '../../ui/views/matrix-product/product-view.js';
import {projectionBoard, ROLE_OF} from '../../ui/views/matrix-product/projection-board.js';
import {renderScaleNote, scaleNoteStyles} from '../../ui/views/matrix-product/scale-note.js';
import {renderSteps} from '../../ui/views/step-buttons.js';
import {type ProductCell, type Scene, sceneHeight} from '../../viz/matrix-product/scene.js';
import {HeldExtents} from '../../viz/nice.js';
import {
  drawGlance,
  type GlanceData,
  type GlanceLayout,
  glanceInWords,
  glanceKeyAt,
  layOutGlance,
} from './glance.js';
import {styles} from './qkv-attention.styles.js';
import {renderSaturation, renderWidth} from './saturation-view.js';
import {EXPLANATIONS, PARTS, ROLES, type Role, STEPS} from './words.js';

const [GLANCE, PROJECT, COMPARE, , , ALL_AT_ONCE] = [1, 2, 3, 4, 5, 6];
/** The last step is about random numbers and needs no layer. */
const WHY_ROOT = STEPS.length;
/** Whether a step says who gets how much. */
const tellsShares = (step: number): boolean => step === GLANCE || step > COMPARE;
/** The word that a text is about rather than its last full stop. */
const IS_WORD = /\p{L}/u;

/** A head, and what is computed from it here. */
interface Shown {
  layer: AttentionLayer;
  head: HeadValues;
  attention: Attention;
  tokens: readonly string[];
  query: number;
  /** D: the numbers of a query. */
  width: number;
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
  static override styles = [
    ...LayerElement.styles,
    drawingStyles,
    productStyles,
    scaleNoteStyles,
    exerciseStyles,
    styles,
  ];
  static override lead = 'How does a token find the ones that matter to it, and what does it take from them?';

  /** The token that asks, counted from 0. Default: the last word. */
  @property({type: Number, reflect: true}) accessor query: number | undefined;
  /** 1 at a glance, 2 project, 3 compare, 4 softmax, 5 mix, 6 all at once, 7 why √D. */
  @property({type: Number, reflect: true}) accessor step = 1;
  /** Whose arithmetic the step of projections shows; on a narrow page, the projection that it shows. */
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
  readonly #glance = new DrawingView();
  readonly #extents = new HeldExtents<'x' | 'W' | 'vectors' | 'scores'>();

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.step = Math.min(STEPS.length, Math.max(1, Math.round(this.step) || 1));
    if (!ROLES.includes(this.projection)) this.projection = 'query';
    if (['step', 'query', 'projection'].some((name) => changed.has(name))) this.pointed = undefined;
  }

  protected override dataChanged(): void {
    this.pointed = undefined;
  }

  protected override footer(): FooterOptions {
    const {data} = this;
    const snippet = this.weights ? 'scaled-attention' : 'attention';
    if (!data || this.step === WHY_ROOT) return {...super.footer(), picture: undefined, snippet};
    return {
      ...super.footer(),
      snippet,
      picture: async () => {
        const title = `Layer ${data.layer + 1}, head ${this.shownHead + 1}: ${STEPS[this.step - 1]}`;
        const shown = this.#shown(data, data.heads[this.shownHead]!);
        if (this.step === GLANCE) return this.#glancePicture(shown, title);
        const {scenePicture} = await import('../../viz/matrix-product/picture.js');
        return scenePicture(title, this.#scene(shown, this.step), this.size.width, this.colors.theme);
      },
    };
  }

  async #glancePicture(shown: Shown, title: string): Promise<Picture> {
    const {picture} = await import('../../viz/picture.js');
    const {theme} = this.colors;
    const glance = this.#glanceData(shown, false);
    const layout = layOutGlance(
      glance,
      this.size.width,
      sceneHeight(this.#scenes(shown, GLANCE), this.size.width),
    );
    const {width, height} = layout;
    return picture({
      width,
      height,
      title,
      theme,
      draw: (surface) => drawGlance(surface, glance, layout, theme),
    });
  }

  #shown(layer: AttentionLayer, head: HeadValues): Shown {
    const tokens = layer.tokens.map(visibleToken);
    const word = tokens.findLastIndex((token) => IS_WORD.test(token));
    const query = this.query ?? (word < 0 ? tokens.length - 1 : word);
    return {
      layer,
      head,
      attention: scaledAttention(head.q, head.k, head.v, {
        causal: true,
        scale: this.unscaled ? 1 : undefined,
      }),
      tokens,
      query: Math.max(0, Math.min(tokens.length - 1, query)),
      width: head.q[0]!.length,
    };
  }

  protected override renderLayer(layer: AttentionLayer, head: HeadValues): TemplateResult {
    const shown = this.#shown(layer, head);
    const {tokens, query, attention, width} = shown;
    const hidden = this.#exercise.open(`${layer.layer} ${this.shownHead} ${query} ${tokens}`);
    const step = hidden ? Math.min(COMPARE, this.step) : this.step;
    const row = attention.weights[query]!;
    const best = indexOfLargest(row);
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
      <p class="result">
        <b class="query">${tokens[query]}</b> → ${hidden ? '?' : html`<b>${tokens[best]}</b> ${percent(row[best]!)}`}
      </p>
      <div class="controls">
        ${renderSteps({
          names: STEPS,
          current: step,
          goTo: (to) => (this.step = to),
          last: hidden ? COMPARE : STEPS.length,
        })}
        ${step === WHY_ROOT ? nothing : this.renderPickers(layer)}
      </div>
      <p class="explain">${EXPLANATIONS[step - 1]!(tokens[query]!, width)}</p>
      <div class="controls choices">${this.#renderChoices(shown, step)}</div>
      ${this.#renderStage(shown, step, hidden)}
    `;
  }

  #renderChoices({tokens, query, width}: Shown, step: number): TemplateResult {
    if (step === WHY_ROOT) return renderWidth(this.dimension, (dimension) => (this.dimension = dimension));
    return html`${renderAskers(tokens, query, (token) => (this.query = token))}
    ${
      step === PROJECT
        ? html`<div class="roles" role="group" aria-label="Which projection?">
            ${ROLES.map(
              (role) => html`<button
                class=${role}
                aria-pressed=${role === this.projection}
                @click=${() => (this.projection = role)}
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
  #renderStage(shown: Shown, step: number, hidden: boolean): TemplateResult {
    const {width} = this.size;
    const scenes = this.#scenes(shown, step);
    const glance = this.#glanceData(shown, hidden);
    const room = sceneHeight(scenes, width);
    const layout = layOutGlance(glance, width, room);
    const height = Math.max(layout.height, room);
    if (step === WHY_ROOT)
      return html`<div class="stage" .style="min-height: ${height}px">${renderSaturation(this.dimension, height)}</div>
        ${renderScaleNote({}, true)}
        <p class="readout" part="readout">Move D: without the division, one key soon gets everything.</p>`;
    const {x, W, vectors, scores} = this.#held(shown);
    return html`<div class="stage" part="tables" .style="min-height: ${height}px">
        ${
          step === GLANCE
            ? this.#renderGlance(shown, glance, layout)
            : this.#product.render({
                ...scenes[step - PROJECT]!,
                name: 'head',
                theme: this.colors.theme,
                width,
                point: (cell) => (this.pointed = cell),
              })
        }
      </div>
      ${
        step === GLANCE
          ? renderScaleNote({'q, k, v': vectors}, false)
          : renderScaleNote(
              step === PROJECT ? {x, W, 'q, k, v': vectors} : {'q, k, v': vectors, scores},
              step > COMPARE,
            )
      }
      <p class="readout" part="readout" role="status">${this.#reading(shown, step, hidden)}</p>`;
  }

  #glanceData(shown: Shown, withoutShares: boolean): GlanceData {
    const {head, attention, tokens, query} = shown;
    const {pointed} = this;
    return {
      tokens,
      query,
      q: head.q,
      k: head.k,
      v: head.v,
      attention,
      isScaled: !this.unscaled,
      extent: this.#held(shown).vectors,
      highlighted: pointed?.block === 'weights' ? pointed.column : indexOfLargest(attention.weights[query]!),
      withoutShares,
    };
  }

  /** The drawing at a glance, along whose keys the reader moves. */
  #renderGlance({tokens, query}: Shown, glance: GlanceData, layout: GlanceLayout): TemplateResult {
    const {theme} = this.colors;
    const {keys, width, height} = layout;
    const now = Math.max(0, keys.indexOf(glance.highlighted));
    const goTo = (key: number | undefined): void => {
      this.pointed = key === undefined ? undefined : {block: 'weights', row: query, column: key};
    };
    return this.#glance.render({
      name: 'glance',
      label: `Whom ${tokens[query]} looks at, and why: a row for each token`,
      width,
      height,
      draw: (surface) => drawGlance(surface, glance, layout, theme),
      inputs: [JSON.stringify(glance), theme],
      cursor: {now, min: 0, max: keys.length - 1, step: 1, text: glanceInWords(glance, keys[now]!)},
      point: (at) => goTo(at && glanceKeyAt(layout, at.y)),
      move: (to) => goTo(keys[to]),
    });
  }

  /** The ends of the color scales; they hold still while the model trains. */
  #held({layer, head: {wq, wk, wv, q, k, v}, attention}: Shown) {
    return this.#extents.hold({
      x: [layer.x],
      W: [wq, wk, wv],
      vectors: [q, k, v],
      scores: [attention.scores],
    });
  }

  /** The matrix products of all steps that have some. */
  #scenes(shown: Shown, current: number): Scene[] {
    return Array.from({length: ALL_AT_ONCE - GLANCE}, (_, i) =>
      this.#scene(shown, PROJECT + i, PROJECT + i === current),
    );
  }

  #scene(shown: Shown, step: number, isShown = true): Scene {
    const {attention, query, width, head} = shown;
    const stage = ATTENTION_STAGES[Math.min(step, ALL_AT_ONCE - 1) - COMPARE]!;
    const board =
      step === PROJECT ? this.#projections(shown) : this.#attention(shown, stage, step === ALL_AT_ONCE);
    const {pointed} = this;
    const part = PARTS[ROLES.indexOf(this.projection)]!;
    const highlighted =
      isShown && pointed && board.blocks[pointed.block]
        ? pointed
        : step === PROJECT
          ? {block: part, row: query, column: indexOfLargest(head[part][query]!)}
          : firstCell(stage, attention, query);
    const scene = {...board, row: query, highlighted};
    const of = step === PROJECT ? PARTS.find((one) => one === highlighted.block) : undefined;
    const bias = of && head.bias?.[of][highlighted.column];
    const root = this.unscaled ? undefined : {value: Math.sqrt(width), text: `√${width}`};
    return {
      ...scene,
      arithmetic: arithmeticOf(scene, {bias, root, attention, isWide: this.size.width >= WIDE_BOARD}),
    };
  }

  /** x · W = q, k and v side by side; where there is no room, only the chosen one. */
  #projections(shown: Shown): Scene {
    const {layer, tokens, width} = shown;
    const isWide = this.size.width >= WIDE_BOARD;
    const parts = PARTS.filter((part) => isWide || ROLE_OF[part] === this.projection);
    const C = layer.width;
    return {
      ...projectionBoard({
        layer,
        tokens,
        projections: parts.map((part) => ({
          id: part,
          titles: [`W_${part}`, {q: 'queries q', k: 'keys k', v: 'values v'}[part]],
          symbol: 'D',
          pieces: [[part, this.shownHead]],
        })),
        axes: {
          T: {across: [20, 44], down: [20, 28]},
          C: {most: 24, across: [5, C <= 8 ? 24 : 10], down: [6, 24]},
          D: {across: [isWide ? 6 : 5, width <= 4 ? 44 : width <= 8 ? 24 : 12], down: [6, 24]},
        },
        extents: this.#held(shown),
        theme: this.colors.theme,
      }),
      heights: [isWide ? 200 : 130, 280],
      head: 62,
    };
  }

  #attention(shown: Shown, stage: (typeof ATTENTION_STAGES)[number], all: boolean): Scene {
    const {head, attention, tokens, query} = shown;
    return attentionBoard({
      tokens,
      query,
      extents: this.#held(shown),
      theme: this.colors.theme,
      width: this.size.width,
      q: {values: head.q, title: 'queries q', noun: 'query'},
      k: {values: head.k, title: 'keys k', noun: 'key'},
      v: {values: head.v, title: 'values v', noun: 'value'},
      attention,
      causal: true,
      scoresTitle: this.unscaled ? 'scores q · kᵀ' : 'scores q · kᵀ / √D',
      stage,
      all,
      focused: true,
    });
  }

  #reading(
    {layer, head, tokens, attention, query, width}: Shown,
    step: number,
    hidden: boolean,
  ): TemplateResult | string {
    const {pointed} = this;
    const {scores, weights, context} = attention;
    if (pointed?.block === 'scores' || pointed?.block === 'weights') {
      const [i, j] = [pointed.row, pointed.column];
      if (j > i) return `${tokens[j]} comes after ${tokens[i]}: masked, its share is 0.`;
      const score = scores[i]![j]!;
      const product = this.unscaled
        ? `q · k = ${number(score)}`
        : `q · k = ${number(score * Math.sqrt(width))}, divided by √${width}: ${number(score)}`;
      const share = tellsShares(step) && !hidden ? `; share ${percent(weights[i]![j]!)}` : '';
      return html`<b>${tokens[i]} asks, ${tokens[j]} answers</b>: ${product}${share}`;
    }
    if (hidden || !tellsShares(step))
      return 'Each number of a product is a row times a column, added up. Point at another one, or move with the arrow keys.';
    const D = width;
    const part = columns(layer.context, this.shownHead * D, (this.shownHead + 1) * D);
    const agrees =
      this.weights || this.unscaled
        ? nothing
        : html` <span class="note">The model’s own kernels differ from these numbers by at most
            ${largestDifference(flatten(head.weights), flatten(weights)).toExponential(0)} in the weights and
            ${largestDifference(flatten(part), flatten(context)).toExponential(0)} in the context.</span>`;
    const best = indexOfLargest(weights[query]!);
    return html`<b>${tokens[query]}</b> takes most from <b>${tokens[best]}</b>: ${percent(weights[query]![best]!)}.${agrees}`;
  }

  protected override updated(): void {
    this.#product.paint(this.renderRoot);
    this.#glance.paint(this.renderRoot);
  }
}

define('qkv-attention', QkvAttention);

declare global {
  interface HTMLElementTagNameMap {
    'qkv-attention': QkvAttention;
  }
}
