import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {Link} from '../../math/attention-patterns.js';
import type {LiveModel} from '../../state/live-model.js';
import {define} from '../../ui/base/define.js';
import type {FooterOptions, Picture} from '../../ui/base/gpt-element.js';
import {TextElement} from '../../ui/base/text-element.js';
import type {ShownText} from '../../ui/base/text-field.js';
import {layerStyles} from '../../ui/model/layer-element.styles.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {chartFrame, type LineChart} from '../../viz/lines.js';
import {picture} from '../../viz/picture.js';
import {Bottleneck, WIDEST} from './bottleneck.js';
import {renderBottleneck} from './bottleneck-view.js';
import {bottleneckChart, CHART_HEIGHT, type ChartData, drawChart, sharesChart} from './charts.js';
import {type FoldName, renderFold} from './fold.js';
import {renderHeads} from './heads-view.js';
import {type AllHeads, headsFrom, type LookBack, lookBacks, mostTelling} from './look-back.js';
import {renderLookBack, renderShares} from './look-back-view.js';
import {renderNumbers} from './numbers-view.js';
import {type ModelHeads, readHeads} from './read-heads.js';
import {Survey} from './survey.js';
import {renderSurvey} from './survey-view.js';
import {placeArcs} from './tale-view.js';
import {type Tales, taleFor} from './tales.js';
import {styles} from './why-attention.styles.js';
import {feltInWords, sharesInWords, targetOf} from './words.js';

/** C of the recurrent network where no model says how wide it is. */
const WIDTH = 64;

/**
 * Why attention: in a short tale pronouns, names and things refer to words a long way back. Measured on the model: how much
 * each head looks there. Beside it, computed in the page: what a recurrent network, which has to pass everything through one
 * state, still feels of a token so far back.
 *
 * Reads a text with a model (`for`, an ancestor `<gpt-model>`, the page's default model), or shows the `weights` and `tokens`
 * that the page sets.
 *
 * @summary How far back a word looks, measured; and what a recurrent network would still feel of it.
 * @group attention
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart tale - The text as tokens, with its arcs.
 * @csspart readout - The lines that say what is chosen and what came out.
 * @csspart heads - The table of all heads.
 * @csspart shares - The chart of shares against distance.
 * @csspart survey - What many tales say.
 * @csspart bottleneck - The recurrent network: strength, chart, conclusion.
 * @csspart numbers - All numbers as a table.
 * @csspart footer - Facts, code, export and embed.
 * @cssproperty --gpt-query - The place that looks, and the words that have to look back.
 * @cssproperty --gpt-key - What a word refers to.
 * @cssproperty --gpt-attention - Shares of attention.
 */
export class WhyAttention extends TextElement<AllHeads | ModelHeads, {tale: number}> {
  static override styles = [...TextElement.styles, layerStyles, styles];
  static override lead =
    'Some words can only be guessed by looking far back. Attention can look there directly. Choose a marked word to see how far back that is, and which head does it.';
  static override givenFacts = 'Weights given by this page';
  static override textField = {empty: 'Type a text to see where it looks back.'};

  /** `weights[layer][head][query][key]`, [L, H, T, T]: attention to show without any model. */
  @property({attribute: false}) accessor weights:
    | readonly (readonly (readonly ArrayLike<number>[])[])[]
    | undefined;
  /** The T tokens of `weights`. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /**
   * Which places have to look back, and to which earlier tokens: `{query, keys}`, where `query` is the place before the word
   * that is guessed. Default: pronouns, names and things of a tale of tiny-tales.
   */
  @property({attribute: false}) accessor links: readonly Link[] | undefined;
  /** The chosen word: its number among the tokens, counted from 0. Default: one that looks far back. */
  @property({type: Number, reflect: true}) accessor word: number | undefined;
  /** Spectral radius of the recurrent network's W: 0.5 to 1.5. */
  @property({type: Number, reflect: true}) accessor radius = 0.8;
  /** Of the recurrent network's random weights. */
  @property({type: Number, reflect: true}) accessor seed = 1;
  /** How many tales the button measures. */
  @property({type: Number, reflect: true}) accessor tales = 50;
  /** What is unfolded: `distance` (shares by distance, and many tales), `bottleneck` (the recurrent network), or nothing. */
  @property({reflect: true}) accessor open: FoldName | '' = '';
  /** Leaves out the recurrent network. */
  @property({type: Boolean, reflect: true, attribute: 'without-bottleneck'}) accessor withoutBottleneck =
    false;

  /** Which of the model's tales is the default text. */
  @state() private accessor tale = 0;
  @state() private accessor allHeadsShown = false;

  /** The tale on show, and how many there are. */
  #tales?: Tales;
  readonly #bottleneck = new Bottleneck(() => this.requestUpdate());
  readonly #survey = new Survey(() => this.requestUpdate());
  #all: readonly LookBack[] = [];
  #linksProblem?: string;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#bottleneck.stop();
    this.#survey.stop();
  }

  protected override dataFromProperties(): AllHeads | undefined {
    if (!this.weights) return undefined;
    const heads = headsFrom(this.weights, this.tokens);
    lookBacks(heads, this.links); // checks the links
    return heads;
  }

  protected override request(): {tale: number} {
    return {tale: this.tale};
  }

  protected override async defaultText(model: LiveModel): Promise<string> {
    this.#tales = await taleFor(model, this.tale);
    return this.#tales.text;
  }

  protected override load(model: LiveModel, {ids}: ShownText, signal: AbortSignal): Promise<ModelHeads> {
    return readHeads(model, ids, signal);
  }

  protected override modelChanged(): void {
    this.#tales = undefined;
    this.#survey.stop();
  }

  protected override dataChanged(): void {
    const {data} = this;
    this.#linksProblem = undefined;
    this.#all = [];
    try {
      if (data) this.#all = lookBacks(data, this.links);
    } catch (error) {
      this.#linksProblem = (error as Error).message;
    }
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('links')) this.dataChanged();
    const tokens = this.data?.tokens;
    if (tokens && this.#hasBottleneck && this.isConnected)
      this.#bottleneck.ask({tokens, width: this.#width, radius: this.#radius, seed: this.seed});
  }

  get #hasBottleneck(): boolean {
    return this.open === 'bottleneck' && !this.withoutBottleneck;
  }

  /** C of the model; absent for given weights. */
  get #modelWidth(): number | undefined {
    return this.data && 'width' in this.data ? this.data.width : undefined;
  }

  get #radius(): number {
    return Math.min(1.5, Math.max(0.5, this.radius || 0.8));
  }

  /** C of the recurrent network: the model's, as far as a page can compute it while a slider moves. */
  get #width(): number {
    return Math.min(WIDEST, this.#modelWidth ?? WIDTH);
  }

  protected override lead(): string {
    const {lead} = WhyAttention;
    const chosen = this.#chosen;
    if (!chosen || !this.data) return lead;
    const [word, meant] = [chosen.word, chosen.main.key].map((index) => this.data!.tokens[index]!.trim());
    const before = word === meant ? 'where it came before' : `to “${meant}”`;
    return `To guess “${word}”, the model has to look back ${before}. ${lead.slice(lead.indexOf('Attention'))}`;
  }

  get #chosen(): LookBack | undefined {
    return this.#all.find(({word}) => word === this.word) ?? mostTelling(this.#all);
  }

  get #chartData(): ChartData {
    return {tokens: this.data?.tokens.length ?? 0, all: this.#all, chosen: this.#chosen};
  }

  /** What the recurrent network feels, once it is known for this text. */
  get #felt(): Float64Array | undefined {
    const {felt, answered} = this.#bottleneck;
    return answered?.tokens === this.data?.tokens ? felt : undefined;
  }

  protected override renderData(heads: AllHeads): TemplateResult {
    const chosen = this.#chosen;
    return html`
      <div class="look">
        <div>${renderLookBack({heads, all: this.#all, chosen, choose: this.#choose})}</div>
        ${
          chosen
            ? html`<div>${renderHeads({
                chosen,
                heads: heads.heads,
                target: targetOf(heads, chosen),
                allShown: this.allHeadsShown,
                showAll: () => (this.allHeadsShown = true),
              })}</div>`
            : nothing
        }
      </div>
      ${this.#linksProblem ? html`<div class="error" role="alert">${this.#linksProblem}</div>` : nothing}
      ${this.#renderFold('distance', () => html`${chosen ? renderShares(heads, this.#all, this.#pick) : nothing} ${this.#renderSurvey()}`)}
      ${this.withoutBottleneck ? nothing : this.#renderFold('bottleneck', () => this.#renderBottleneck(heads))}
      ${renderNumbers(heads, this.#all, this.#hasBottleneck ? this.#felt : undefined)}
    `;
  }

  #renderFold(name: FoldName, content: () => unknown): TemplateResult {
    const toggle = (open: boolean): void => {
      if (open) this.open = name;
      else if (this.open === name) this.open = '';
    };
    return renderFold({name, isOpen: this.open === name, toggle, content});
  }

  protected override footer(): FooterOptions {
    return {
      snippet: [
        {name: 'attention', label: 'Attention: the shares'},
        {name: 'recurrent-states', label: 'The recurrent network: its state'},
        {
          name: 'backpropagation-through-time',
          label: 'What the state still feels: backpropagation through time',
        },
      ],
      picture: this.data && this.#picture(this.data),
    };
  }

  protected override onTextInput(text: string): void {
    this.text = text;
    this.word = undefined;
  }

  protected override renderTextActions(): TemplateResult {
    return html`<button ?disabled=${(this.#tales?.count ?? 0) < 2} @click=${this.#anotherTale}>Another tale</button>`;
  }

  #anotherTale = (): void => {
    this.text = this.word = undefined;
    this.tale++;
  };

  #choose = (one: LookBack): void => {
    this.word = one.word;
  };

  #renderSurvey(): TemplateResult | typeof nothing {
    const {model, data} = this;
    if (this.isGiven || !data || model?.spec.corpus?.kind !== 'tiny-tales') return nothing;
    return renderSurvey({
      survey: this.#survey,
      count: this.tales,
      heads: data.heads,
      isCurrent: this.#survey.model === model,
      start: () => void this.#survey.run(model, this.tales),
      stop: () => {
        this.#survey.stop();
        this.requestUpdate();
      },
    });
  }

  #renderBottleneck(heads: AllHeads): TemplateResult {
    return renderBottleneck({
      heads,
      chosen: this.#chosen,
      felt: this.#felt,
      width: this.#width,
      modelWidth: this.#modelWidth ?? 0,
      radius: this.#radius,
      setRadius: (radius) => (this.radius = radius),
      newWeights: () => this.seed++,
      pick: this.#pick,
    });
  }

  /** The charts that are in the page. */
  #charts(): {canvas: HTMLCanvasElement; chart: LineChart; felt?: Float64Array}[] {
    const {theme} = this.colors;
    const felt = this.#felt;
    const canvas = (name: string) => this.renderRoot.querySelector<HTMLCanvasElement>(`canvas.${name}`);
    const [shares, below] = [canvas('shares'), canvas('felt')];
    return [
      ...(shares ? [{canvas: shares, chart: sharesChart(this.#chartData, theme)}] : []),
      ...(below ? [{canvas: below, chart: bottleneckChart(this.#chartData, felt, theme), felt}] : []),
    ];
  }

  /** Chooses the word whose dot is nearest to where a chart was clicked. */
  #pick = (event: MouseEvent): void => {
    const {canvas, chart} = this.#charts().find((one) => one.canvas === event.currentTarget)!;
    const {x, y} = chartFrame(chart, canvas.clientWidth, canvas.clientHeight);
    const away = ({mentions}: LookBack): number =>
      Math.min(
        ...mentions.map(({distance, share}) =>
          Math.hypot(x(distance) - event.offsetX, y(share) - event.offsetY),
        ),
      );
    const [first, ...rest] = this.#all;
    if (first) this.#choose(rest.reduce((a, b) => (away(b) < away(a) ? b : a), first));
  };

  /** The chart of the recurrent network while that is unfolded: it has what the other one has, and more. */
  #picture({weights, heads}: AllHeads): Picture {
    const {theme} = this.colors;
    const data = this.#chartData;
    const without = !this.#hasBottleneck;
    return picture({
      width: Math.max(320, this.size.width),
      height: CHART_HEIGHT,
      title: without ? sharesInWords(this.#all, weights.length * heads) : feltInWords(this.#felt),
      theme,
      draw: (surface) => {
        const chart = without ? sharesChart(data, theme) : bottleneckChart(data, this.#felt, theme);
        drawChart(
          surface,
          chart,
          without ? {chosen: data.chosen} : {chosen: data.chosen, felt: this.#felt},
          theme,
        );
      },
    });
  }

  protected override updated(): void {
    const chosen = this.#chosen;
    placeArcs(this.renderRoot, chosen);
    if (!this.size.width) return;
    for (const {canvas, chart, felt} of this.#charts()) {
      const surface = new CanvasSurface(canvas, canvas.clientWidth, canvas.clientHeight);
      drawChart(surface, chart, {chosen, felt}, this.colors.theme);
    }
  }
}

define('why-attention', WhyAttention);

declare global {
  interface HTMLElementTagNameMap {
    'why-attention': WhyAttention;
  }
}
