import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {argMax} from '../../math/largest.js';
import type {LiveModel} from '../../state/live-model.js';
import {chosenIndex} from '../../ui/base/chosen-index.js';
import {define} from '../../ui/base/define.js';
import {number, visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {TextElement} from '../../ui/base/text-element.js';
import type {ShownText} from '../../ui/base/text-field.js';
import {renderTokenChoice} from '../../ui/views/choose-token.js';
import {DrawingView} from '../../ui/views/drawing.js';
import {renderIndexPicker} from '../../ui/views/index-picker.js';
import {exportWidth, picture} from '../../viz/picture.js';
import {styles} from './feed-forward.styles.js';
import {
  type FeedForwardData,
  type FeedForwardInput,
  layerFrom,
  readFeedForward,
} from './feed-forward-data.js';
import {drawHourglass, extentsOf, type Hourglass, layOut, unitAt} from './hourglass.js';
import {UnitSearch} from './unit-search.js';
import {renderUnit, unitInWords} from './unit-view.js';
import type {Units} from './units.js';

/** A unit above this value counts as firing. */
const FIRES = 0.1;

/**
 * What a feed-forward layer does with each token: it widens the vector to four times as many numbers (the units), passes
 * them through GELU, and narrows them again. The reader chooses a unit, and sees for which tokens it fires, where in the
 * corpus it fires most, and which next tokens it makes likelier.
 *
 * Shows `weights` set as a property, else a layer of a model (`for`, an ancestor `<gpt-model>`, the page's default model).
 *
 * @summary The 4× expansion of a feed-forward layer, and what its single units react to.
 * @group the block
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart tokens - The tokens of the text.
 * @csspart answer - What the chosen unit has learned to notice, in one sentence.
 * @csspart readout - The line that follows the chosen unit.
 * @csspart unit - Where the chosen unit fires in the corpus, and what it makes likelier.
 * @csspart footer - Facts, code, export and embed.
 * @cssproperty --gpt-mlp - A unit that fires.
 * @cssproperty --gpt-positive - Positive numbers of the vectors that enter and leave.
 * @cssproperty --gpt-negative - Negative numbers of the vectors that enter and leave.
 */
export class FeedForward extends TextElement<FeedForwardData, {layer: number}> {
  static override styles = [...TextElement.styles, ...styles];
  static override givenFacts = 'Weights given by this page';
  static override lead =
    'What has the feed-forward layer learned to notice? It widens each token’s vector to four times as many numbers, its units. Each unit fires (is large) for something of its own.';
  static override textField = {maxTokens: 8, empty: 'Type a text to see which units fire.'};

  /** `{x, fc, proj, fcBias?, projBias?}`: a small layer to show without any model. */
  @property({attribute: false}) accessor weights: FeedForwardInput | undefined;
  /** The tokens that the rows of `weights.x` belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** The block whose feed-forward layer is shown, counted from 0; readers see “block 1”. */
  @property({type: Number, reflect: true}) accessor layer = 0;
  /** The chosen token, counted from 0. Default: the last. */
  @property({type: Number, reflect: true}) accessor token: number | undefined;
  /** The chosen unit, counted from 0; readers see “unit 1”. Default: the one that fires most for the chosen token. */
  @property({type: Number, reflect: true}) accessor unit: number | undefined;
  /** Leaves out the choice of block and token. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  @state() private accessor pointed: {token: number; unit: number} | undefined;
  readonly #drawing = new DrawingView();
  readonly #search = new UnitSearch(() => this.requestUpdate());

  protected override dataFromProperties(): FeedForwardData | undefined {
    return this.weights && layerFrom(this.weights, this.tokens);
  }

  protected override request(): {layer: number} {
    return {layer: this.layer};
  }

  protected override load(
    model: LiveModel,
    {ids, layer}: {layer: number} & ShownText,
    signal: AbortSignal,
  ): Promise<FeedForwardData> {
    return readFeedForward(model, ids, layer, signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#search.stop();
  }

  protected override dataChanged(): void {
    this.pointed = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('token') || changed.has('unit')) this.pointed = undefined;
  }

  #compose(data: FeedForwardData): Hourglass {
    const chosen = chosenIndex(this.token, data.tokens.length);
    const token = Math.min(data.tokens.length - 1, this.pointed?.token ?? chosen);
    const unit = this.pointed?.unit ?? this.unit;
    if (unit !== null && Number.isInteger(unit))
      return {data, token, unit: Math.max(0, Math.min(data.units - 1, unit!))};
    const values = Array.from(data.hidden.subarray(chosen * data.units, (chosen + 1) * data.units));
    return {data, token, unit: argMax(values)};
  }

  protected override renderData(data: FeedForwardData): TemplateResult {
    const drawing = this.#compose(data);
    const {width} = this.size;
    const {unit, token} = drawing;
    const choose = (chosen: number): void => {
      this.pointed = undefined;
      this.unit = chosen;
    };
    return html`
      ${this.withoutControls ? nothing : this.#renderControls(data, token)}
      ${this.isGiven ? nothing : html`<p class="answer" part="answer" role="status">${this.#answer(data, unit)}</p>`}
      <div @click=${() => this.#choosePointed()}>
        ${this.#drawing.render({
          name: 'hourglass',
          label: 'Units of the layer',
          width,
          height: layOut(drawing, width).height,
          draw: (surface) => drawHourglass(surface, drawing, this.colors.theme),
          inputs: [data, token, unit, this.colors.theme],
          cursor: {now: unit + 1, min: 1, max: data.units, step: 1, text: this.#followed(drawing)},
          point: (at) => (this.pointed = at && unitAt(at, drawing, width)),
          move: (to) => choose(to - 1),
        })}
      </div>
      <p class="readout" part="readout">${this.#followed(drawing)} ${this.#count(drawing)}</p>
      ${this.isGiven ? nothing : html`<div part="unit">${this.#renderUnit(unit)}</div>`}
      ${this.#renderScales(data)}
    `;
  }

  #renderScales(data: FeedForwardData): TemplateResult {
    const {x, hidden, out} = extentsOf(data);
    return html`<p class="scales">
      <span class="fires">Units</span>: strongest at ${hidden} or more, faintest at 0 or less. Vectors:
      <span class="positive">positive</span> and <span class="negative">negative</span>, strongest at ±${x} before the
      layer and ±${out} after it.
    </p>`;
  }

  /** A click keeps what is pointed at. */
  #choosePointed(): void {
    if (!this.pointed) return;
    ({token: this.token, unit: this.unit} = this.pointed);
  }

  #renderControls({tokens, layers, layer}: FeedForwardData, token: number): TemplateResult {
    return html`<div class="choices">
      ${renderTokenChoice(tokens, token, (index) => (this.token = index))}
      ${renderIndexPicker('Block', layers, layer, (index) => (this.layer = index))}
    </div>`;
  }

  #followed({data, token, unit}: Hourglass): string {
    const at = token * data.units + unit;
    const name = `Unit ${unit + 1} for ${visibleToken(data.tokens[token]!)}`;
    return `${name}: x · w + b = ${number(data.pre[at]!)}, and GELU makes it ${number(data.hidden[at]!)}.`;
  }

  #count({data, token}: Hourglass): string {
    const values = data.hidden.subarray(token * data.units, (token + 1) * data.units);
    const count = values.filter((value) => value > FIRES).length;
    return `For this token ${count} of ${data.units} units fire (are above ${FIRES}). Click a square to choose another unit.`;
  }

  /** What is known of the units on show; undefined before the corpus is searched. */
  get #found(): Units | undefined {
    const {result} = this.#search;
    return result?.layer === this.data?.layer ? result : undefined;
  }

  /** What the chosen unit has learned to notice, in one sentence. */
  #answer({layer}: FeedForwardData, unit: number): TemplateResult | string {
    const found = this.#found;
    return found
      ? unitInWords(found, unit)
      : (this.#search.problem ??
          `What does unit ${unit + 1} of block ${layer + 1} notice? The corpus is searched when the model runs.`);
  }

  #renderUnit(unit: number): TemplateResult {
    const found = this.#found;
    return found ? renderUnit(found, unit) : html`<div class="unit"></div>`;
  }

  protected override footer(data = this.data): FooterOptions {
    const snippet = 'feed-forward';
    if (!data) return {snippet};
    const drawing = this.#compose(data);
    const {theme} = this.colors;
    const width = exportWidth(this.size.width);
    return {
      snippet,
      picture: picture({
        width,
        height: layOut(drawing, width).height,
        title: 'A feed-forward layer: which units fire for which tokens',
        theme,
        draw: (surface) => drawHourglass(surface, drawing, theme),
      }),
      table: () => [
        ['unit', ...data.tokens],
        ...Array.from({length: data.units}, (_, unit) => [
          unit + 1,
          ...data.tokens.map((_, t) => data.hidden[t * data.units + unit]!),
        ]),
      ],
    };
  }

  protected override updated(): void {
    this.#drawing.paint(this.renderRoot);
    const {data, model} = this;
    if (!this.isVisible) this.#search.stop();
    // A record has no answers for a search: it begins when the engine runs.
    else if (data && model && !this.isGiven && !model.isRecorded) void this.#search.look(model, data.layer);
  }
}

define('feed-forward', FeedForward);

declare global {
  interface HTMLElementTagNameMap {
    'feed-forward': FeedForward;
  }
}
