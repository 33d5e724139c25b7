import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {ModelFacts} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {define} from '../../ui/base/define.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import {keyTarget} from '../../ui/base/stepping.js';
import {TextElement, type TextRequest} from '../../ui/base/text-element.js';
import type {ShownText} from '../../ui/base/text-field.js';
import {exerciseStyles} from '../../ui/views/exercise.styles.js';
import {styles} from './attention-matrix.styles.js';
import {type AttentionData, MAX_TOKENS, type WeightsInput} from './data/attention-data.js';
import {cellDetail, type GptCellDetail} from './data/cell-detail.js';
import {type HeadChoice, type Highlight, nearestHead, withinTokens} from './data/choice.js';
import {SNAPSHOT} from './data/compare.js';
import {Continuation} from './data/continuation.js';
import {GivenData} from './data/given-data.js';
import {opening} from './data/opening.js';
import {placeholder} from './data/placeholder.js';
import {type AttentionRequest, readAttention} from './data/read-attention.js';
import {HeadExercise} from './heads/head-exercise.js';
import {HeadScores} from './heads/head-scores.js';
import {renderControls, type View} from './view/attention-controls.js';
import type {Quantity} from './view/attention-drawing.js';
import {Painter} from './view/painter.js';
import {moveHighlight} from './view/plot.js';
import {type Scene, SceneMaker} from './view/scene.js';
import {scenePicture} from './view/scene-picture.js';
import {SettledTable} from './view/settled-table.js';
import {renderView} from './view/view.js';

/** Tokens written per press of “Continue writing”: about a sentence of the default model. */
const SENTENCE_TOKENS = 8;

/**
 * Shows what each token looks at: the attention weights of one head as a matrix, and of all heads as small pictures.
 *
 * Shows `weights` set as a property, else those of a model (`for`, an ancestor `<gpt-model>`, the page's default
 * model) on `text`; these follow the model while it trains.
 *
 * @summary What each token looks at: the attention weights of every head, live.
 * @group attention
 * @event {CustomEvent<{layer: number, head: number, query: number, key: number, weight: number}>} gpt-cell - The pointer or the arrow keys have reached a cell.
 * @event {CustomEvent<{layer: number, head: number}>} gpt-head - The reader has chosen a head.
 * @event {CustomEvent<{chosen: number, right: boolean}>} gpt-answer - The reader has answered the exercise.
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart tokens - The text as a line of tokens.
 * @csspart frame - The large matrix; it scrolls where it is wider than the page.
 * @csspart heads - The small pictures of all heads.
 * @csspart readout - Says what is notable or highlighted.
 * @csspart scores - How far the head follows each named pattern, and its entropy.
 * @csspart exercise - The question, where `exercise` is set.
 * @csspart footer - Facts, code, export.
 * @cssproperty --gpt-attention - The color of weight 1; weight 0 is the background.
 * @cssproperty --gpt-query - Queries: the tokens that look, as rows.
 * @cssproperty --gpt-key - Keys: the tokens looked at, as columns.
 * @cssproperty --gpt-masked - The hatching of what is masked.
 */
export class AttentionMatrix extends TextElement<AttentionData, AttentionRequest> {
  static override styles = [...TextElement.styles, exerciseStyles, ...styles];
  static override lead =
    'What does each token look at? The stronger the color, the larger the attention weight.';
  static override givenFacts = 'Weights given by this page';
  static override textField = {
    maxTokens: MAX_TOKENS,
    empty: 'Type a text to see what each of its tokens looks at.',
  };

  /** `[T, T]`, `[H, T, T]` or `[L, H, T, T]`, nested; the first two also flat, the last as one flat array per layer. With these, no model is used. */
  @property({attribute: false}) accessor weights: WeightsInput | undefined;
  /** Scaled scores before the softmax, of the same shape; optional. */
  @property({attribute: false}) accessor scores: WeightsInput | undefined;
  /** Weights of the same shape to compare `weights` with, e.g. from before training: see `compare`. */
  @property({attribute: false}) accessor snapshotWeights: WeightsInput | undefined;
  /** The tokens that `weights` belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** How many tokens the model writes after the text; they are shown with it, and marked. */
  @property({type: Number, reflect: true}) accessor continue = 0;
  /** Counted from 0; readers see “layer 1”. Default, without `layer` and `head`: the head with the most telling pattern on the first text. */
  @property({type: Number, reflect: true}) accessor layer: number | undefined;
  /** Counted from 0; readers see “head 1”. */
  @property({type: Number, reflect: true}) accessor head: number | undefined;
  /** The chosen row, counted from 0: the token that looks. */
  @property({type: Number, reflect: true}) accessor query: number | undefined;
  /** The chosen column, counted from 0: the token looked at. */
  @property({type: Number, reflect: true}) accessor key: number | undefined;
  /** `matrix`, or `links`: lines between two columns of the tokens. */
  @property({reflect: true}) accessor view: View = 'matrix';
  /** Shows the signed difference to another head, `"0.1"` (layer and head, counted from 0), or to the saved snapshot, `"snapshot"`. */
  @property({reflect: true}) accessor compare = '';
  /** `weights` after the softmax, or the `scores` before it. */
  @property({reflect: true}) accessor show: Quantity = 'weights';
  /** `sqrt`: color grows with the square root of the weight, so that small weights are visible. `linear`: with the weight. */
  @property({reflect: true}) accessor scale: 'sqrt' | 'linear' = 'sqrt';
  /** Asks which token one looks at most, and hides its row until the reader has answered. */
  @property({type: Boolean, reflect: true}) accessor exercise = false;
  /** Leaves out the small pictures of all heads. */
  @property({type: Boolean, reflect: true, attribute: 'without-heads'}) accessor withoutHeads = false;
  /** Leaves out the pickers of layer, head and quantity. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  @state() private accessor hovered: Highlight | undefined;
  /** What `compare="snapshot"` compares with. */
  @state() private accessor snapshot: AttentionData | undefined;

  /** The head on show until a head is chosen. */
  #mostTelling?: HeadChoice;
  /** The reader has highlighted something: the head on show stays. */
  #touched = false;
  #scene?: Scene;
  #roomNote?: string;
  readonly #givenSnapshot = new Memo();
  readonly #scenes = new SceneMaker();
  readonly #painter = new Painter();
  readonly #exercise = new HeadExercise(this);
  readonly #table = new SettledTable(() => this.requestUpdate());
  readonly #continuation = new Continuation(() => this.requestUpdate());
  readonly #given = new GivenData(() => this.requestUpdate());
  readonly #scores = new HeadScores(
    () => this.requestUpdate(),
    () => this.#painter.drawn(),
  );

  /** Saves the weights on show, and shows from now on how later ones differ from them. */
  saveSnapshot(): void {
    if (!this.data) return;
    this.snapshot = this.data;
    this.compare = SNAPSHOT;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate(); // resumes reading and scoring
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#given.stop();
    this.#scores.stop();
    this.#table.stop();
    this.#painter.stop();
  }

  protected override get isGiven(): boolean {
    return this.weights !== undefined;
  }

  protected override get data(): AttentionData | undefined {
    return this.isGiven ? this.#given.data : super.data;
  }

  protected override get error(): string | undefined {
    return this.isGiven ? this.#given.problem : super.error;
  }

  protected override request(): AttentionRequest {
    return {
      layer: this.#requestedHead.layer,
      allLayers: !this.withoutHeads || this.compare !== '',
      continue: Math.max(0, Math.round(this.continue)),
    };
  }

  protected override defaultText(model: LiveModel, {corpus}: ModelFacts): string {
    return opening(corpus.excerpt, model);
  }

  protected override async prepare(
    model: LiveModel,
    request: AttentionRequest & TextRequest,
    facts: ModelFacts,
    signal: AbortSignal,
  ): Promise<(AttentionRequest & ShownText) | undefined> {
    this.#roomNote = undefined;
    const prepared = await super.prepare(model, request, facts, signal);
    if (!prepared) return undefined;
    const most = Math.min(facts.config.contextLength, MAX_TOKENS);
    const room = most - prepared.ids.length;
    const ids = await this.#continuation.of(model, prepared.ids, Math.min(request.continue, room), signal);
    if (signal.aborted) return undefined;
    if (request.continue > room)
      this.#roomNote = `There is room for ${room} more tokens: this model reads ${most} at a time.`;
    return {...prepared, ids, continue: ids.length - prepared.ids.length};
  }

  protected override load(
    model: LiveModel,
    {ids, ...request}: AttentionRequest & ShownText,
    signal: AbortSignal,
  ): Promise<AttentionData> {
    return readAttention(model, ids, request, signal);
  }

  protected override modelChanged(): void {
    this.#mostTelling = undefined;
    this.#touched = false;
  }

  protected override note(): string | undefined {
    return super.note() ?? (this.isGiven ? undefined : this.#roomNote);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.isConnected) {
      this.#takeGiven();
      this.#scoreHeads();
    }
    this.#scene = this.data && this.#sceneOf(this.data);
  }

  #takeGiven(): void {
    const {weights, scores, tokens, snapshotWeights} = this;
    this.#given.take({weights, scores, tokens, snapshotWeights}, this.#requestedHead);
    const {snapshot} = this.#given;
    if (this.#givenSnapshot.changed(snapshot) && snapshot) this.snapshot = snapshot;
  }

  #scoreHeads(): void {
    const {data} = this;
    if (!data) return;
    this.#scores.ask(data, this.#chosen(data));
    // Chosen once: the view must not jump from head to head while the model trains.
    if (this.#mostTelling || this.#touched || this.layer !== undefined || this.head !== undefined) return;
    this.#mostTelling = this.#scores.mostTelling(data);
  }

  /** The head to show, which the data may not have. */
  get #requestedHead(): HeadChoice {
    const {layer, head} = this.#mostTelling ?? {layer: 0, head: 0};
    return {layer: Math.round(this.layer ?? layer), head: Math.round(this.head ?? head)};
  }

  /** The head on show. */
  #chosen(data: AttentionData): HeadChoice {
    return nearestHead(this.#requestedHead, data);
  }

  /** @param waiting The data is a placeholder: only its size matters. */
  #sceneOf(data: AttentionData, waiting = false): Scene {
    return this.#scenes.make({
      data,
      waiting,
      chosen: this.#chosen(data),
      highlighted: waiting ? {} : withinTokens(this.hovered ?? this, data.tokens.length),
      show: this.show,
      view: this.view,
      compare: waiting ? '' : this.compare,
      snapshot: this.snapshot,
      hidden:
        waiting || !this.exercise
          ? undefined
          : this.#exercise.hiddenRow(data, this.#chosen(data), this.query),
      scale: this.scale === 'linear' ? 'linear' : 'sqrt',
      withoutHeads: this.withoutHeads,
      theme: this.colors.theme,
      width: this.size.width,
    });
  }

  protected override footer(): FooterOptions {
    return {
      snippet: this.isGiven ? undefined : 'attention',
      picture: this.#scene && scenePicture(this.#scene),
    };
  }

  protected override renderTextActions(): TemplateResult {
    const {running} = this.#continuation;
    return html`<div class="actions">
      <button
        ?disabled=${running || !this.shownText}
        title="Adds the model’s likeliest next tokens"
        @click=${() => (this.continue += SENTENCE_TOKENS)}
      >
        Continue writing
      </button>
      <button ?disabled=${!this.continue} @click=${() => (this.continue = 0)}>${running ? 'Stop' : 'Undo'}</button>
    </div>`;
  }

  protected override renderData(data: AttentionData): TemplateResult {
    const scene = this.#scene!;
    return this.#renderScene(scene, {
      exercise: this.#exercise.render(data, scene.chosen),
      withTable: this.#table.isSettled(scene),
    });
  }

  protected override renderWaiting(): unknown {
    if (this.error) return super.renderWaiting();
    if (this.isGiven) return html`<div class="waiting" role="status">Reading the weights …</div>`;
    const empty = this.renderEmpty();
    if (empty) return empty;
    // An invisible drawing of the expected size, so that nothing moves when the numbers arrive.
    const scene = this.#sceneOf(placeholder(this.model, this.text), true);
    const options = {waiting: true, exercise: this.#exercise.renderPlaceholder()};
    return html`<div class="reserved">
      <div class="shape" aria-hidden="true" inert>${this.#renderScene(scene, options)}</div>
      ${super.renderWaiting()}
    </div>`;
  }

  #renderScene(
    scene: Scene,
    options: {waiting?: boolean; exercise?: TemplateResult; withTable?: boolean},
  ): TemplateResult {
    return renderView(scene, {
      ...options,
      scores: this.#scores,
      controls: this.withoutControls ? nothing : this.#renderControls(scene),
      hover: this.#hover,
      choose: this.#choose,
      chooseHead: this.#chooseHead,
      keydown: this.#onKeydown,
    });
  }

  #renderControls({data, chosen}: Scene): TemplateResult {
    return renderControls({
      data,
      chosen,
      show: this.show,
      view: this.view,
      compare: this.compare,
      snapshot: this.snapshot,
      saveSnapshot: this.isGiven ? undefined : () => this.saveSnapshot(),
      chooseCompare: (compare) => (this.compare = compare),
      chooseView: (view) => (this.view = view),
      chooseHead: this.#chooseHead,
      chooseQuantity: (show) => (this.show = show),
    });
  }

  #hover = (hovered: Highlight | undefined): void => {
    const before = this.hovered;
    if (hovered?.query === before?.query && hovered?.key === before?.key) return;
    this.#touched = true;
    this.hovered = hovered;
    if (hovered) this.#announceCell(hovered);
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
    this.emit('gpt-head', choice);
  };

  #announceCell(highlighted: Highlight): void {
    const {data} = this;
    const detail = data && cellDetail(data, this.#chosen(data), highlighted);
    if (detail) this.emit('gpt-cell', detail);
  }

  #onKeydown = (event: KeyboardEvent): void => {
    const {data} = this;
    if (!data) return;
    const {layer, head} = this.#chosen(data);
    const step = keyTarget(event, {PageUp: -1, PageDown: 1}, 1, -1);
    if (step) {
      this.#chooseHead({layer, head: (head + step + data.heads) % data.heads});
    } else if (event.key === 'Escape') this.#choose({});
    else {
      const {length} = data.tokens;
      const moved = moveHighlight(event, withinTokens(this.hovered ?? this, length), length);
      if (!moved) return;
      this.#choose(moved);
    }
    event.preventDefault();
  };

  protected override updated(): void {
    const scene = this.#scene;
    if (!scene || !this.size.width) return;
    this.#painter.paint(this.renderRoot, scene);
    this.#table.drawn(scene);
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
