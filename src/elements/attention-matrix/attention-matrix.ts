import {html, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {define} from '../../ui/base/define.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {LegacyElement} from '../../ui/base/legacy-element.js';
import {Memo} from '../../ui/base/memo.js';
import {modelFacts} from '../../ui/base/model-facts.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {ThemeController} from '../../ui/base/theme-controller.js';
import {VisibleController} from '../../ui/base/visible-controller.js';
import {ModelController} from '../../ui/model/model-controller.js';
import {ExerciseController} from '../../ui/views/exercise.js';
import {exerciseStyles} from '../../ui/views/exercise.styles.js';
import {renderControls, type View} from './attention-controls.js';
import type {AttentionData, WeightsInput} from './attention-data.js';
import {attentionPicture, type Quantity} from './attention-drawing.js';
import {styles} from './attention-matrix.styles.js';
import {MAX_TABLE_TOKENS} from './attention-table.js';
import {AttentionTrace} from './attention-trace.js';
import type {HeadChoice, Highlight} from './choice.js';
import {BEFORE, type Remembered} from './compare.js';
import {GivenData} from './given-data.js';
import {headQuestion, questionQuery, ROOM_FOR_QUESTION} from './head-question.js';
import {HeadScores} from './head-scores.js';
import {linksPicture} from './links-view.js';
import {renderError, renderLoading, renderTextInput} from './messages.js';
import {Painter} from './painter.js';
import {placeholder} from './placeholder.js';
import {moveHighlight} from './plot.js';
import {type Scene, SceneMaker} from './scene.js';
import {renderView} from './view.js';

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
 * @group attention
 * @event {CustomEvent<{layer: number, head: number, query: number, key: number, weight: number}>} gpt-cell - A cell is pointed at or reached with the arrow keys.
 * @event {CustomEvent<{layer: number, head: number}>} gpt-head - The reader has chosen a head.
 * @event {CustomEvent<{chosen: number, right: boolean}>} gpt-answer - The reader has answered the exercise.
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart tokens - The text as a line of tokens.
 * @csspart frame - The large matrix; it scrolls where it is wider than the page.
 * @csspart heads - The small pictures of all heads.
 * @csspart readout - The lines that say what is notable or pointed at.
 * @csspart scores - How far the head follows each named pattern, and its entropy.
 * @csspart exercise - The question, where `exercise` is set.
 * @csspart footer - Facts, code, export.
 * @cssproperty --gpt-attention - The color of weight 1; weight 0 is the background.
 * @cssproperty --gpt-query - The tokens that ask: rows.
 * @cssproperty --gpt-key - The tokens asked: columns.
 * @cssproperty --gpt-masked - The hatching of what is masked.
 */
export class AttentionMatrix extends LegacyElement {
  static override styles = [...LegacyElement.styles, exerciseStyles, styles];

  /** `[T, T]`, `[H, T, T]` or `[L, H, T, T]`, nested; the first two also flat, the last as one flat array a layer. With these, no model is asked. */
  @property({attribute: false}) accessor weights: WeightsInput | undefined;
  /** Scaled scores before the softmax, of the same shape; optional. */
  @property({attribute: false}) accessor scores: WeightsInput | undefined;
  /** Weights of the same shape to compare `weights` with, e.g. from before training: see `compare`. */
  @property({attribute: false}) accessor weightsBefore: WeightsInput | undefined;
  /** The tokens that `weights` belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** What the model is asked about. Default: the beginning of the text it learns from. */
  @property({reflect: true}) accessor text: string | undefined;
  /** How many tokens the model writes on after the text; they are shown with it, and marked. */
  @property({type: Number, reflect: true, attribute: 'write-on'}) accessor writeOn = 0;
  /** Counted from 0; readers see “layer 1”. Without `layer` and `head`: the head with the most telling habit on the first text. */
  @property({type: Number, reflect: true}) accessor layer: number | undefined;
  /** Counted from 0; readers see “head 1”. */
  @property({type: Number, reflect: true}) accessor head: number | undefined;
  /** The chosen row, counted from 0: the token that asks. */
  @property({type: Number, reflect: true}) accessor query: number | undefined;
  /** The chosen column, counted from 0: the token asked. */
  @property({type: Number, reflect: true}) accessor key: number | undefined;
  /** `matrix`, or `links`: lines between two columns of the tokens. */
  @property({reflect: true}) accessor view: View = 'matrix';
  /** Shows the signed difference to another head, `"0.1"` (layer and head, counted from 0), or to what was remembered, `"before"`. */
  @property({reflect: true}) accessor compare = '';
  /** `weights` after the softmax, or the `scores` before it. */
  @property({reflect: true}) accessor show: Quantity = 'weights';
  /** `sqrt`: color grows with the weight's square root, so that small weights are seen. `linear`: with the weight. */
  @property({reflect: true}) accessor scale: 'sqrt' | 'linear' = 'sqrt';
  /** Asks which token one looks at most, and hides its row until the reader has answered. */
  @property({type: Boolean, reflect: true}) accessor exercise = false;
  /** Leaves out the field in which the reader changes the text. */
  @property({type: Boolean, reflect: true, attribute: 'without-text-input'}) accessor withoutTextInput =
    false;
  /** Leaves out the small pictures of all heads. */
  @property({type: Boolean, reflect: true, attribute: 'without-heads'}) accessor withoutHeads = false;
  /** Leaves out the pickers of layer, head and quantity. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  @state() private accessor hovered: Highlight | undefined;
  /** What the hidden table shows: weights that have been still for a while. */
  @state() private accessor settled: (HeadChoice & {data: AttentionData}) | undefined;
  /** What `compare="before"` compares with. */
  @state() private accessor remembered: Remembered | undefined;

  /** The head on show while nobody has chosen one: a view starts with something to see. */
  #telling: HeadChoice | undefined;
  /** The reader has pointed at something: the picture stays. */
  #touched = false;
  #asked?: number;
  #tableTimer?: ReturnType<typeof setTimeout>;
  readonly #takenBefore = new Memo();
  readonly #askedAbout = new Memo();
  readonly #tabled = new Memo();
  readonly #scenes = new SceneMaker();
  readonly #painter = new Painter();
  readonly #exercise = new ExerciseController(this);
  readonly #colors = new ThemeController(this);
  readonly #size = new SizeController(this);
  readonly #visible = new VisibleController(this, (visible) => {
    if (!visible) return;
    this.#trace.poke();
    this.requestUpdate();
  });
  readonly #models = new ModelController(this, ['gpt-facts', 'gpt-loading', 'gpt-error'], () => {
    this.#trace.stop();
    this.#telling = undefined;
    this.#touched = false;
  });
  readonly #trace = new AttentionTrace(
    () => this.#visible.visible,
    () => this.requestUpdate(),
  );
  readonly #given = new GivenData(() => this.requestUpdate());
  readonly #scores = new HeadScores(
    () => this.requestUpdate(),
    () => this.#painter.drawn(),
  );

  /** Keeps the weights on show, and shows from now on how later ones differ from them. */
  remember(): void {
    const data = this.#data;
    if (!data) return;
    this.remembered = {data, step: this.weights ? undefined : this.#trace.step};
    this.compare = BEFORE;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate(); // goes on with what was not finished
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#trace.stop();
    this.#given.stop();
    this.#scores.stop();
    clearTimeout(this.#tableTimer);
    this.#tabled.forget();
    this.#painter.stop();
  }

  override willUpdate(): void {
    if (!this.isConnected) return;
    this.#takeProperties();
    if (this.weights) this.#trace.stop();
    else this.#askModel();
    this.#scoreHeads();
  }

  #takeProperties(): void {
    const {weights, scores, tokens, weightsBefore} = this;
    const {layer = 0, head = 0} = this.#telling ?? {};
    this.#given.take(
      {weights, scores, tokens, weightsBefore},
      {layer: this.layer ?? layer, head: this.head ?? head},
    );
    const {before} = this.#given;
    if (this.#takenBefore.changed(before) && before) this.remembered = {data: before};
  }

  #scoreHeads(): void {
    const data = this.#data;
    if (!data) return;
    this.#scores.ask(data, this.#chosen(data));
    // Found once and kept: a picture that jumps from head to head while the model trains cannot be read.
    if (this.#telling || this.#touched || this.layer !== undefined || this.head !== undefined) return;
    this.#telling = this.#scores.telling(data);
  }

  #askModel(): void {
    const {model} = this.#models;
    // Nothing is loaded for a reader who has not scrolled here.
    if (!model || !this.#visible.visible || !this.isConnected) return;
    this.#trace.ask({
      model,
      text: this.text,
      layer: this.layer ?? this.#telling?.layer ?? 0,
      allLayers: !this.withoutHeads || this.compare !== '',
      writeOn: this.writeOn,
    });
  }

  get #data(): AttentionData | undefined {
    return this.weights ? this.#given.data : this.#trace.data;
  }

  get #error(): string | undefined {
    return this.weights ? this.#given.problem : (this.#models.problem ?? this.#trace.error);
  }

  /** The head on show: what the attributes ask for, as far as the data has it. */
  #chosen(data: AttentionData): HeadChoice {
    const {layer, head} = this.#telling ?? {layer: 0, head: 0};
    return {
      layer: Math.min(Math.max(0, this.layer ?? layer), data.weights.length - 1),
      head: Math.min(Math.max(0, this.head ?? head), data.heads - 1),
    };
  }

  #highlighted({tokens}: AttentionData): Highlight {
    const within = (index?: number | null) =>
      typeof index === 'number' && index >= 0 && index < tokens.length ? index : undefined;
    const {query, key} = this.hovered ?? this;
    return {query: within(query), key: within(key)};
  }

  #scene(data: AttentionData, waiting = false): Scene {
    return this.#scenes.make({
      data,
      waiting,
      chosen: this.#chosen(data),
      highlighted: waiting ? {} : this.#highlighted(data),
      show: this.show,
      view: this.view,
      compare: waiting ? '' : this.compare,
      remembered: this.remembered,
      hidden: waiting ? undefined : this.#hidden(data),
      scale: this.scale === 'linear' ? 'linear' : 'sqrt',
      withoutHeads: this.withoutHeads,
      theme: this.#colors.theme,
      width: this.#size.width,
    });
  }

  /** The row that the exercise keeps to itself: always the same one of a head, until it is answered. */
  #hidden(data: AttentionData): number | undefined {
    if (!this.exercise) return undefined;
    const chosen = this.#chosen(data);
    const about = `${chosen.layer}.${chosen.head} ${data.tokens.join('')}`;
    if (this.#askedAbout.changed(about)) this.#asked = questionQuery(data, chosen, this.query);
    return this.#exercise.open(about) ? this.#asked : undefined;
  }

  protected override render(): TemplateResult {
    const data = this.#data;
    return html`
      ${this.renderLead(
        'Each row is a token that asks, each column a token it may look at. The stronger its color, the more the row’s token takes from the column’s; a row adds up to 1.',
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
    return renderTextInput({
      text: this.text ?? this.#trace.text ?? '',
      change: (text) => (this.text = text),
      writeOn: this.writeOn,
      writing: this.#trace.writing,
      choose: (tokens) => (this.writeOn = tokens),
    });
  }

  #renderData(data: AttentionData, waiting = false): TemplateResult {
    const scene = this.#scene(data, waiting);
    const {chosen} = scene;
    const asked = this.#asked;
    const question = waiting
      ? ROOM_FOR_QUESTION
      : asked === undefined
        ? undefined
        : headQuestion(data, chosen, asked);
    const {settled} = this;
    return renderView(scene, {
      waiting,
      exercise: question && this.#exercise.render(question),
      scores: this.#scores,
      controls: this.withoutControls ? nothing : this.#renderControls(data, chosen),
      withTable: settled?.data === data && settled.layer === chosen.layer && settled.head === chosen.head,
      hover: this.#hover,
      choose: this.#choose,
      chooseHead: this.#chooseHead,
      keydown: this.#onKeydown,
    });
  }

  #renderControls(data: AttentionData, chosen: HeadChoice): TemplateResult {
    return renderControls({
      data,
      chosen,
      show: this.show,
      view: this.view,
      compare: this.compare,
      remembered: this.remembered,
      remember: this.weights ? undefined : () => this.remember(),
      chooseCompare: (compare) => (this.compare = compare),
      chooseView: (view) => (this.view = view),
      chooseHead: this.#chooseHead,
      chooseQuantity: (show) => (this.show = show),
    });
  }

  #renderWaiting(): TemplateResult {
    const {model} = this.#models;
    if (this.#error) return html`<div class="waiting" role="alert">${this.#renderError(this.#error)}</div>`;
    if (this.weights) return html`<div class="waiting" role="status">Reading the weights …</div>`;
    if (this.text === '' || (this.#trace.text === '' && model?.facts))
      return html`<div class="waiting">Type a text to see what each of its tokens looks at.</div>`;
    // What will stand here, without its numbers and unseen: nothing moves when they come.
    return html`<div class="reserved">
      <div class="shape" aria-hidden="true" inert>${this.#renderData(placeholder(model, this.text), true)}</div>
      ${renderLoading(model?.loading)}
    </div>`;
  }

  #renderMessages(data: AttentionData | undefined): TemplateResult {
    const note = this.weights ? undefined : this.#trace.note;
    return html`${note ? html`<p class="note" role="status">${note}</p>` : nothing}
    ${data && this.#error ? html`<div class="error" role="alert">${this.#renderError(this.#error)}</div>` : nothing}`;
  }

  #renderError(message: string): TemplateResult {
    return renderError(message, this.weights || this.#models.problem ? undefined : () => this.#trace.retry());
  }

  #hover = (hovered: Highlight | undefined): void => {
    const before = this.hovered;
    if (hovered?.query === before?.query && hovered?.key === before?.key) return;
    this.#touched = true;
    this.hovered = hovered;
    this.#announceCell(hovered);
  };

  #choose = (highlighted: Highlight): void => {
    this.#touched = true;
    this.query = highlighted.query;
    this.key = highlighted.key;
    this.hovered = undefined;
    this.#announceCell(highlighted);
  };

  #chooseHead = (choice: HeadChoice): void => {
    this.layer = choice.layer;
    this.head = choice.head;
    this.dispatchEvent(new CustomEvent('gpt-head', {detail: choice, bubbles: true, composed: true}));
  };

  #announceCell(highlighted: Highlight | undefined): void {
    const data = this.#data;
    if (highlighted?.query === undefined || highlighted.key === undefined || !data) return;
    const {layer, head} = this.#chosen(data);
    const size = data.tokens.length;
    const weight = data.weights[layer]?.[(head * size + highlighted.query) * size + highlighted.key];
    if (weight === undefined) return;
    const detail: GptCellDetail = {layer, head, query: highlighted.query, key: highlighted.key, weight};
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
      const moved = moveHighlight(event, this.#highlighted(data), data.tokens.length);
      if (!moved) return;
      this.#choose(moved);
    }
    event.preventDefault();
  };

  protected override updated(): void {
    const data = this.#data;
    if (!data || !this.#size.width) return;
    const scene = this.#scene(data);
    this.#painter.paint(this.renderRoot, scene);
    const {layer, head} = scene.chosen;
    if (this.#tabled.changed(data, layer, head)) this.#tableLater({data, layer, head});
  }

  #tableLater(shown: HeadChoice & {data: AttentionData}): void {
    clearTimeout(this.#tableTimer);
    const {data, layer} = shown;
    if (data.tokens.length > MAX_TABLE_TOKENS || !data.weights[layer]) return;
    this.#tableTimer = setTimeout(() => (this.settled = shown), SETTLED_MS);
  }

  #picture(data: AttentionData): Picture | undefined {
    const {drawing, hidden, links, chosen, theme} = this.#scene(data);
    if (!drawing || hidden !== undefined) return undefined;
    return links
      ? linksPicture(links, drawing, data, chosen, theme)
      : attentionPicture(drawing, data, chosen, theme);
  }
}

define('attention-matrix', AttentionMatrix);

declare global {
  interface HTMLElementTagNameMap {
    'attention-matrix': AttentionMatrix;
  }
  interface GlobalEventHandlersEventMap {
    'gpt-cell': CustomEvent<GptCellDetail>;
    'gpt-head': CustomEvent<HeadChoice>;
  }
}
