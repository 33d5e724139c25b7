import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {define} from '../../ui/base/define.js';
import {decimals, percent} from '../../ui/base/format.js';
import type {FooterOptions, Picture} from '../../ui/base/gpt-element.js';
import type {AttentionLayer, HeadValues} from '../../ui/model/attention-layer.js';
import {LayerElement} from '../../ui/model/layer-element.js';
import {renderAskers} from '../../ui/views/asking-token.js';
import {DrawingView, drawingStyles} from '../../ui/views/drawing.js';
import {ExerciseController} from '../../ui/views/exercise.js';
import {exerciseStyles} from '../../ui/views/exercise.styles.js';
import {indexOfLargest} from '../../ui/views/matrix-product/attention-board.js';
import {productStyles} from '../../ui/views/matrix-product/product.styles.js';
import {ProductView} from '../../ui/views/matrix-product/product-view.js';
import {renderScaleNote, scaleNoteStyles} from '../../ui/views/matrix-product/scale-note.js';
import {renderSteps} from '../../ui/views/step-buttons.js';
import {type ProductCell, type Scene, sceneHeight} from '../../viz/matrix-product/scene.js';
import {HeldExtents} from '../../viz/nice.js';
import {sceneOf} from './boards.js';
import {
  drawGlance,
  type GlanceData,
  type GlanceLayout,
  glanceInWords,
  glanceKeyAt,
  layOutGlance,
} from './glance.js';
import {styles} from './qkv-attention.styles.js';
import {renderReading} from './reading.js';
import {renderSaturation, renderWidth} from './saturation-view.js';
import {type Shown, shownOf} from './shown.js';
import {ALL_AT_ONCE, COMPARE, GLANCE, PROJECT, WHY_ROOT} from './steps.js';
import {EXPLANATIONS, ROLES, type Role, STEPS} from './words.js';

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
  /** Asks for a prediction before it shows the weights. */
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
    return shownOf(layer, head, this.query, this.unscaled);
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
              because: html`The largest score gets the largest weight: ${tokens[best]}, with ${percent(row[best]!)}.`,
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
      <p class="readout" part="readout" role="status">${renderReading(shown, {step, hidden, pointed: this.pointed, headIndex: this.shownHead, isGiven: !!this.weights})}</p>`;
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
      label: `Which tokens ${tokens[query]} attends to, and why: a row for each token`,
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
    return sceneOf(shown, step, {
      projection: this.projection,
      headIndex: this.shownHead,
      pointed: isShown ? this.pointed : undefined,
      extents: this.#held(shown),
      theme: this.colors.theme,
      width: this.size.width,
    });
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
