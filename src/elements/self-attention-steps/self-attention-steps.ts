import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {type Attention, dot, simpleAttention} from '../../math/attention.js';
import {nearestIndex} from '../../ui/base/chosen-index.js';
import {define} from '../../ui/base/define.js';
import {decimals, percent} from '../../ui/base/format.js';
import {type FooterOptions, GptElement} from '../../ui/base/gpt-element.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {ThemeController} from '../../ui/base/theme-controller.js';
import {viewStyles} from '../../ui/base/view.styles.js';
import {layerStyles} from '../../ui/model/layer-element.styles.js';
import {renderAskers} from '../../ui/views/asking-token.js';
import {ExerciseController} from '../../ui/views/exercise.js';
import {exerciseStyles} from '../../ui/views/exercise.styles.js';
import {fieldValue} from '../../ui/views/field-value.js';
import {arithmeticOf, sumInWords} from '../../ui/views/matrix-product/arithmetic.js';
import {
  ATTENTION_STAGES,
  attentionBoard,
  firstCell,
  indexOfLargest,
  WIDE_BOARD,
} from '../../ui/views/matrix-product/attention-board.js';
import {productStyles} from '../../ui/views/matrix-product/product.styles.js';
import {ProductView} from '../../ui/views/matrix-product/product-view.js';
import {renderScaleNote, scaleNoteStyles} from '../../ui/views/matrix-product/scale-note.js';
import {renderSteps} from '../../ui/views/step-buttons.js';
import {type ProductCell, type Scene, sceneHeight, termsIn} from '../../viz/matrix-product/scene.js';
import {DIMENSIONS, EXAMPLE_TEXT, isChosen, MOST_TOKENS, vectorOf, wordsOf} from './example.js';
import {styles} from './self-attention-steps.styles.js';
import {EXPLANATIONS, STEPS} from './words.js';

/** The signed scale reaches so far; larger numbers have its end color. */
const EXTENT = 4;

export interface GptVectorsDetail {
  tokens: string[];
  vectors: number[][];
}

/**
 * Attention in its simplest form, with nothing learned: one token compares its vector with all the others, turns the
 * results into weights, and mixes the vectors by them. Then all tokens do so at once.
 *
 * Every number of the vectors can be changed, and everything after it follows.
 *
 * @summary Self-attention without trainable weights, step by step: dot products, softmax, weighted sum.
 * @group attention
 * @event {CustomEvent<{tokens: string[], vectors: number[][]}>} gpt-vectors - The reader has changed the text or a number.
 * @event {CustomEvent<{chosen: number, right: boolean}>} gpt-answer - The reader has answered the exercise.
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart tokens - The tokens, of which one asks.
 * @csspart steps - The choice of the step.
 * @csspart tables - The numbers.
 * @csspart edit - The chosen number, to be changed.
 * @csspart exercise - The question, where `exercise` is set.
 * @csspart readout - The line that says how the number pointed at came about.
 * @csspart footer - Code, export and embed.
 * @cssproperty --gpt-query - The token that asks.
 * @cssproperty --gpt-key - The tokens asked.
 * @cssproperty --gpt-value - What is passed on.
 * @cssproperty --gpt-attention - The color of weight 1; weight 0 is the background.
 */
export class SelfAttentionSteps extends GptElement {
  static override styles = [
    ...GptElement.styles,
    ...viewStyles,
    exerciseStyles,
    ...layerStyles,
    productStyles,
    scaleNoteStyles,
    styles,
  ];
  static override lead =
    'How does a token find out which others matter to it? Here without anything learned: these are only vectors.';

  /** The words, separated by spaces; at most eight. */
  @property({reflect: true}) accessor text: string = EXAMPLE_TEXT;
  /** `[T, D]`: a vector for each word. Default: numbers of our own for the example, arbitrary ones for other words. */
  @property({attribute: false}) accessor vectors: readonly (readonly number[])[] | undefined;
  /** The token that asks, counted from 0. */
  @property({type: Number, reflect: true}) accessor query = 2;
  /** 1: scores of one token. 2: their weights. 3: the mixture. 4: all tokens at once. */
  @property({type: Number, reflect: true}) accessor step = 1;
  /** Asks for a prediction before it shows the weights. */
  @property({type: Boolean, reflect: true}) accessor exercise = false;
  /** Leaves out the field for the text. */
  @property({type: Boolean, reflect: true, attribute: 'without-text-input'}) accessor withoutTextInput =
    false;

  @state() private accessor pointed: ProductCell | undefined;
  /** The number of x that the reader can change. */
  @state() private accessor edited: {row: number; column: number} | undefined;
  /** What the reader has made of the vectors, newest last; the first is what was given. */
  @state() private accessor versions: readonly (readonly (readonly number[])[])[] = [];

  /** Whether the newest version follows a slider that is being moved. */
  #isSliding = false;
  readonly #colors = new ThemeController(this);
  readonly #size = new SizeController(this);
  readonly #exercise = new ExerciseController(this);
  readonly #product = new ProductView();

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('text') || changed.has('vectors')) {
      this.versions = [this.#given()];
      this.edited = undefined;
    }
    if (['text', 'vectors', 'step', 'query'].some((name) => changed.has(name as keyof SelfAttentionSteps)))
      this.pointed = undefined;
    this.query = nearestIndex(this.query, this.tokens.length);
    this.step = Math.min(STEPS.length, Math.max(1, Math.round(this.step) || 1));
  }

  /** The words of the text, as far as they are shown. */
  get tokens(): string[] {
    return wordsOf(this.text).slice(0, MOST_TOKENS);
  }

  #given(): readonly (readonly number[])[] {
    return this.#fits ? this.vectors!.map((row) => [...row]) : this.tokens.map(vectorOf);
  }

  /** Whether `vectors` has a row of equal length for each token. */
  get #fits(): boolean {
    const rows = this.vectors;
    const width = rows?.[0]?.length ?? 0;
    return (
      rows?.length === this.tokens.length &&
      width > 0 &&
      rows.every((row) => row.length === width && row.every(Number.isFinite))
    );
  }

  /** What the three numbers of the example's words mean; undefined for other words and for given vectors. */
  get #dimensions(): readonly string[] | undefined {
    return this.#fits || !this.tokens.every(isChosen) ? undefined : DIMENSIONS;
  }

  get #x(): readonly (readonly number[])[] {
    return this.versions.at(-1) ?? [];
  }

  /** Whether what follows the scores is hidden: the reader has not answered yet. */
  get #isHidden(): boolean {
    return this.#exercise.open(`${this.tokens[this.query]} ${this.versions[0]}`);
  }

  protected override facts(): string {
    return 'Numbers chosen by hand: change them';
  }

  protected override footer(): FooterOptions {
    const snippet = 'simple-attention';
    if (this.tokens.length < 2) return {snippet};
    return {
      snippet,
      picture: async () => {
        const {scenePicture} = await import('../../viz/matrix-product/picture.js');
        const step = this.#isHidden ? 1 : this.step;
        const scene = this.#scene(simpleAttention(this.#x), step);
        return scenePicture(
          `Self-attention: ${STEPS[step - 1]}`,
          scene,
          this.#size.width,
          this.#colors.theme,
        );
      },
    };
  }

  protected override renderBody(): TemplateResult {
    return html`
      ${this.#renderText()}
      ${
        this.tokens.length < 2
          ? html`<p class="waiting">Type at least two words: attention is between tokens.</p>`
          : this.#renderSteps(simpleAttention(this.#x))
      }
    `;
  }

  #renderText(): TemplateResult | typeof nothing {
    if (this.withoutTextInput) return nothing;
    const count = wordsOf(this.text).length;
    return html`<div class="text-input"><label
        >Text
        <input
          spellcheck="false"
          autocomplete="off"
          .value=${this.text}
          @input=${(event: InputEvent) => {
            this.text = (event.target as HTMLInputElement).value;
            void this.updateComplete.then(this.#tell);
          }}
      /></label></div>
      ${count > MOST_TOKENS ? html`<p class="note">The text has ${count} words; the first ${MOST_TOKENS} are shown.</p>` : nothing}
      ${this.vectors && !this.#fits ? html`<p class="error" role="alert">The vectors given are not one row of numbers for each of the ${this.tokens.length} words, all equally long: the default numbers are shown instead.</p>` : nothing}`;
  }

  #renderSteps(attention: Attention): TemplateResult {
    const {tokens, query} = this;
    const asks = tokens[query]!;
    const hidden = this.#isHidden;
    const step = hidden ? 1 : this.step;
    const best = indexOfLargest(attention.weights[query]!);
    const {width} = this.#size;
    const scenes = STEPS.map((_, i) => this.#scene(attention, i + 1, i + 1 === step));
    return html`
      ${this.#exercise.render({
        question: html`Which token will <b>${asks}</b> take the most from?`,
        options: tokens,
        answer: best,
        because: html`The dot product of <b>${asks}</b> is largest with <b>${tokens[best]}</b>, and the softmax keeps the order.`,
      })}
      <div class="controls">
        ${renderSteps({names: STEPS, current: step, goTo: (to) => (this.step = to), last: hidden ? 1 : STEPS.length})}
        ${renderAskers(tokens, query, (token) => (this.query = token))}
      </div>
      <p class="explain">${EXPLANATIONS[step - 1]!(asks, tokens[best]!, percent(attention.weights[query]![best]!))}</p>
      <div class="stage" part="tables" .style="min-height: ${sceneHeight(scenes, width)}px">
        ${this.#product.render({
          ...scenes[step - 1]!,
          name: 'steps',
          theme: this.#colors.theme,
          width,
          point: (cell) => (this.pointed = cell),
          choose: (cell) => {
            this.pointed = cell;
            this.edited = inVectors(cell) ?? this.edited;
          },
        })}
      </div>
      ${this.#renderEdit()}
      ${renderScaleNote({'x, scores': EXTENT}, step > 1)}
      <p class="readout" part="readout" role="status">${this.#reading(attention, scenes[step - 1]!, step)}</p>
    `;
  }

  #scene(attention: Attention, step: number, isShown = true): Scene {
    const {tokens, query, pointed} = this;
    const {theme} = this.#colors;
    const stage = ATTENTION_STAGES[Math.min(step, 3) - 1]!;
    const isWide = this.#size.width >= WIDE_BOARD; // else the short titles alone have room
    const x = {values: this.#x, title: isWide ? 'x: words as rows' : 'x', noun: 'vector'};
    const board = attentionBoard({
      tokens,
      query,
      q: x,
      k: {...x, titleTransposed: isWide ? 'xᵀ: words as columns' : 'xᵀ'},
      v: x,
      attention,
      causal: false,
      scoresTitle: 'scores x · xᵀ',
      stage,
      all: step === STEPS.length,
      laterSteps: {
        weights: `step 2: ${STEPS[1]}`,
        context: `step 3: ${STEPS[2]}`,
        areHidden: this.#isHidden,
      },
      dimensions: this.#dimensions,
      extents: {vectors: EXTENT, scores: EXTENT},
      theme,
      width: this.#size.width,
    });
    const highlighted =
      isShown && pointed && board.blocks[pointed.block] ? pointed : firstCell(stage, attention, query);
    const scene = {...board, highlighted, marks: [{block: 'q', ...this.#edited, color: theme.focus}]};
    return {...scene, arithmetic: arithmeticOf(scene, {attention})};
  }

  get #edited(): {row: number; column: number} {
    return this.edited ?? {row: this.query, column: 0};
  }

  /** The number of x that was chosen last, to be changed. */
  #renderEdit(): TemplateResult {
    const {row, column} = this.#edited;
    const isGiven = this.versions.length < 2;
    const value = this.#x[row]![column]!;
    const name = `x of ${this.tokens[row]}, ${this.#dimensions?.[column] ?? `number ${column + 1}`}`;
    const reach = Math.max(EXTENT, ...this.#x.flat().map((one) => Math.ceil(Math.abs(one))));
    const take = ({target}: Event, isSliding: boolean): void => {
      const {valueAsNumber} = target as HTMLInputElement;
      if (Number.isFinite(valueAsNumber)) this.#edit(row, column, valueAsNumber, isSliding);
    };
    return html`<div class="controls" part="edit">
      <label
        >${name}
        <input
          type="range"
          min=${-reach}
          max=${reach}
          step="0.1"
          .value=${`${value}`}
          @input=${(event: Event) => take(event, true)}
          @change=${() => (this.#isSliding = false)}
      /></label>
      <input type="number" step="0.1" aria-label=${name} .value=${fieldValue(value)} @change=${(event: Event) => take(event, false)} />
      <button aria-disabled=${isGiven} @click=${() => isGiven || this.#change(this.versions.slice(0, -1))}>Undo</button>
      <button aria-disabled=${isGiven} @click=${() => isGiven || this.#change(this.versions.slice(0, 1))}>
        Reset the numbers
      </button>
    </div>`;
  }

  #reading({scores, weights}: Attention, scene: Scene, step: number): TemplateResult | string {
    const {pointed, tokens, query} = this;
    if (pointed) {
      const {block, row, column} = pointed;
      const terms = termsIn(scene);
      if (block === 'weights')
        return html`<b>${tokens[row]} takes ${percent(weights[row]![column]!)} from ${tokens[column]}</b>: e to the power of
          ${decimals(scores[row]![column]!, 2)}, divided by the sum of these powers over the row.`;
      const name =
        block === 'scores' ? `${tokens[row]} · ${tokens[column]}` : scene.blocks[block]!.nameOf(row, column);
      if (terms) return html`<b>${name}</b> = ${sumInWords(terms, terms.left.length)}`;
      if (block === 'scores')
        return html`<b>${name}</b> = ${decimals(dot(this.#x[row]!, this.#x[column]!), 2)}`;
    }
    const best = indexOfLargest(weights[query]!);
    return step === 1
      ? 'Point at a number to see how it was computed. Choose a number of x to change it: everything after it follows.'
      : html`<b>${tokens[query]}</b> takes most from <b>${tokens[best]}</b>: ${percent(weights[query]![best]!)} of its context.`;
  }

  #edit(row: number, column: number, value: number, isSliding: boolean): void {
    const next = this.#x.map((vector, i) =>
      i === row ? vector.map((old, d) => (d === column ? value : old)) : vector,
    );
    this.#change([...(this.#isSliding ? this.versions.slice(0, -1) : this.versions), next]);
    this.#isSliding = isSliding;
  }

  #change(versions: typeof this.versions): void {
    this.versions = versions;
    this.#tell();
  }

  #tell = (): void => {
    const detail: GptVectorsDetail = {tokens: this.tokens, vectors: this.#x.map((row) => [...row])};
    this.emit('gpt-vectors', detail);
  };

  protected override updated(): void {
    this.#product.paint(this.renderRoot);
  }
}

/** Which number of x a cell is; undefined if it is none. */
function inVectors({block, row, column}: ProductCell): {row: number; column: number} | undefined {
  if (block === 'q' || block === 'v') return {row, column};
  return block === 'k' ? {row: column, column: row} : undefined;
}

define('self-attention-steps', SelfAttentionSteps);

declare global {
  interface HTMLElementTagNameMap {
    'self-attention-steps': SelfAttentionSteps;
  }
  interface GlobalEventHandlersEventMap {
    'gpt-vectors': CustomEvent<GptVectorsDetail>;
  }
}
