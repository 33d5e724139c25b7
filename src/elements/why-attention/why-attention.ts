import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {Link} from '../../math/attention-patterns.js';
import {define} from '../../ui/base/define.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {LegacyElement} from '../../ui/base/legacy-element.js';
import {Memo} from '../../ui/base/memo.js';
import {modelFacts} from '../../ui/base/model-facts.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {ThemeController} from '../../ui/base/theme-controller.js';
import {VisibleController} from '../../ui/base/visible-controller.js';
import {layerStyles} from '../../ui/model/layer-element.styles.js';
import {ModelController} from '../../ui/model/model-controller.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {chartFrame, type LineChart} from '../../viz/lines.js';
import {picture} from '../../viz/picture.js';
import {Bottleneck, WIDEST} from './bottleneck.js';
import {renderBottleneck} from './bottleneck-view.js';
import {bottleneckChart, CHART_HEIGHT, type ChartData, drawChart, sharesChart} from './charts.js';
import {renderHeads} from './heads-view.js';
import {type AllHeads, headsFrom, type LookBack, lookBacks, mostTelling} from './look-back.js';
import {renderLookBack, renderShares} from './look-back-view.js';
import {LookBackWatch} from './look-back-watch.js';
import {renderNumbers} from './numbers-view.js';
import {type PanelName, renderPanels} from './panels-view.js';
import {Survey} from './survey.js';
import {renderSurvey} from './survey-view.js';
import {placeArcs} from './tale-view.js';
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
export class WhyAttention extends LegacyElement {
  static override styles = [...LegacyElement.styles, layerStyles, styles];

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
  /** What the model reads. Default: a tale of what it learns from. */
  @property({reflect: true}) accessor text: string | undefined;
  /** The chosen word: its number among the tokens, counted from 0. Default: one that looks far back. */
  @property({type: Number, reflect: true}) accessor word: number | undefined;
  /** Spectral radius of the recurrent network's W: 0.5 to 1.5. */
  @property({type: Number, reflect: true}) accessor radius = 0.8;
  /** Of the recurrent network's random weights. */
  @property({type: Number, reflect: true}) accessor seed = 1;
  /** How many tales the button measures. */
  @property({type: Number, reflect: true}) accessor tales = 50;
  /** Leaves out the field in which the reader changes the text. */
  @property({type: Boolean, reflect: true, attribute: 'without-text-input'}) accessor withoutTextInput =
    false;
  /** Leaves out the recurrent network. */
  @property({type: Boolean, reflect: true, attribute: 'without-bottleneck'}) accessor withoutBottleneck =
    false;

  @state() private accessor turn = 0;
  @state() private accessor allHeadsShown = false;
  @state() private accessor panel: PanelName = 'attention';

  readonly #colors = new ThemeController(this);
  readonly #size = new SizeController(this);
  readonly #visible = new VisibleController(this, (visible) => {
    if (!visible) return;
    this.#watch.poke();
    this.requestUpdate();
  });
  readonly #models = new ModelController(this, ['gpt-facts', 'gpt-loading', 'gpt-error'], () => {
    this.#watch.stop();
    this.#survey.stop();
  });
  readonly #watch = new LookBackWatch(
    () => this.#visible.visible,
    () => this.requestUpdate(),
  );
  readonly #bottleneck = new Bottleneck(() => this.requestUpdate());
  readonly #survey = new Survey(() => this.requestUpdate());
  readonly #measured = new Memo();
  #heads?: AllHeads;
  #all: readonly LookBack[] = [];
  #problem?: string;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.stop();
    this.#bottleneck.stop();
    this.#survey.stop();
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const {model} = this.#models;
    const {text, turn} = this;
    if (this.weights) this.#watch.stop();
    // Nothing is loaded for a reader who has not scrolled here.
    else if (model && this.#visible.visible && this.isConnected) this.#watch.ask({model, text, turn});
    this.#measure();
    const tokens = this.#heads?.tokens;
    if (tokens && !this.withoutBottleneck && this.isConnected)
      this.#bottleneck.ask({tokens, width: this.#width, radius: this.#radius, seed: this.seed});
  }

  #measure(): void {
    const {weights, tokens, links} = this;
    if (!this.#measured.changed(weights, tokens, links, this.#watch.data)) return;
    this.#problem = undefined;
    try {
      this.#heads = weights ? headsFrom(weights, tokens) : this.#watch.data;
      this.#all = this.#heads ? lookBacks(this.#heads, links) : [];
    } catch (error) {
      this.#problem = (error as Error).message;
      if (weights) this.#heads = undefined;
      this.#all = [];
    }
  }

  get #radius(): number {
    return Math.min(1.5, Math.max(0.5, this.radius || 0.8));
  }

  /** C of the recurrent network: the model's, as far as a page can compute it while a slider moves. */
  get #width(): number {
    return Math.min(WIDEST, (!this.weights && this.#watch.data?.width) || WIDTH);
  }

  get #chosen(): LookBack | undefined {
    return this.#all.find(({word}) => word === this.word) ?? mostTelling(this.#all);
  }

  get #data(): ChartData {
    return {tokens: this.#heads?.tokens.length ?? 0, all: this.#all, chosen: this.#chosen};
  }

  /** What the recurrent network feels, once it is known for this text. */
  get #felt(): Float64Array | undefined {
    const {felt, answered} = this.#bottleneck;
    return answered?.tokens === this.#heads?.tokens ? felt : undefined;
  }

  protected override render(): TemplateResult {
    return html`
      ${this.renderLead(
        'Whoever reads “She” has to know who she is, and that was said a while back. Attention can look there directly. Choose a marked word to see how far that is, and which head does it.',
      )}
      ${this.#renderText()} ${this.#heads ? this.#renderLookBack(this.#heads) : this.#renderWaiting()}
      ${this.#renderMessages()} ${this.#heads ? this.#renderPanels(this.#heads) : nothing}
      ${this.#heads ? renderNumbers(this.#heads, this.#all, this.withoutBottleneck ? undefined : this.#felt) : nothing}
      ${this.renderFooter(
        this.weights ? 'Weights given by this page' : modelFacts(this.#models.model, this.#watch.data?.step),
        {
          snippet: [
            {name: 'attention', label: 'Attention: the shares'},
            {name: 'recurrent-states', label: 'The recurrent network: its state'},
            {
              name: 'backpropagation-through-time',
              label: 'What the state still feels: backpropagation through time',
            },
          ],
          picture: this.#heads ? this.#picture() : undefined,
        },
      )}
    `;
  }

  #renderText(): TemplateResult | typeof nothing {
    if (this.weights || this.withoutTextInput || this.#models.problem) return nothing;
    return html`<div class="text-input">
      <label
        >Text
        <input
          spellcheck="false"
          autocomplete="off"
          .value=${this.text ?? this.#watch.text ?? ''}
          @input=${(event: InputEvent) => {
            this.text = (event.target as HTMLInputElement).value;
            this.word = undefined;
          }}
      /></label>
      <button ?disabled=${this.#watch.tales < 2} @click=${this.#anotherTale}>Another tale</button>
    </div>`;
  }

  #anotherTale = (): void => {
    this.text = this.word = undefined;
    this.turn++;
  };

  #choose = (one: LookBack): void => {
    this.word = one.word;
  };

  #renderLookBack(heads: AllHeads): TemplateResult {
    return renderLookBack({heads, all: this.#all, chosen: this.#chosen, choose: this.#choose});
  }

  #renderPanels(heads: AllHeads): TemplateResult | typeof nothing {
    const chosen = this.#chosen;
    const survey = this.#renderSurvey();
    return renderPanels({
      panels: {
        attention: chosen
          ? html`<div class="measured">
                <div>
                  ${renderHeads({
                    chosen,
                    heads: heads.heads,
                    target: targetOf(heads, chosen),
                    allShown: this.allHeadsShown,
                    showAll: () => (this.allHeadsShown = true),
                  })}
                </div>
                <div>${renderShares(heads, this.#all, this.#pick)}</div>
              </div>
              ${survey}`
          : survey,
        bottleneck: this.withoutBottleneck ? nothing : this.#renderBottleneck(heads),
      },
      shown: this.panel,
      show: (name) => (this.panel = name),
    });
  }

  #renderSurvey(): TemplateResult | typeof nothing {
    const {model} = this.#models;
    if (this.weights || !this.#heads || model?.spec.corpus?.kind !== 'tiny-tales') return nothing;
    return renderSurvey({
      survey: this.#survey,
      count: this.tales,
      heads: this.#heads.heads,
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
      modelWidth: this.weights ? 0 : (this.#watch.data?.width ?? 0),
      radius: this.#radius,
      setRadius: (radius) => (this.radius = radius),
      newWeights: () => this.seed++,
      pick: this.#pick,
    });
  }

  #renderMessages(): TemplateResult {
    const {note, error} = this.#watch;
    return html`${!this.weights && note ? html`<p class="note" role="status">${note}</p>` : nothing}
    ${this.#heads && this.#problem ? html`<div class="error" role="alert">${this.#problem}</div>` : nothing}
    ${this.#heads && !this.weights && error ? html`<div class="error" role="alert">${error} ${this.#retryButton}</div>` : nothing}`;
  }

  get #retryButton(): TemplateResult {
    return html`<button @click=${() => this.#watch.retry()}>Try again</button>`;
  }

  #renderWaiting(): TemplateResult {
    const {loading} = this.#models.model ?? {};
    const problem = this.weights ? this.#problem : this.#models.problem;
    const error = problem ?? (this.weights ? undefined : this.#watch.error);
    if (error)
      return html`<div class="waiting" role="alert"><span>${error}</span> ${problem ? nothing : this.#retryButton}</div>`;
    if (this.text === '') return html`<div class="waiting">Type a text to see where it looks back.</div>`;
    return html`<div class="waiting" role="status">
      <span>${loading?.message ?? 'Waiting for the model …'}</span>
      ${loading?.total ? html`<progress max=${loading.total} .value=${loading.done} aria-label="Loading"></progress>` : nothing}
    </div>`;
  }

  /** The charts that are in the page. */
  #charts(): {canvas: HTMLCanvasElement; chart: LineChart; felt?: Float64Array}[] {
    const {theme} = this.#colors;
    const felt = this.#felt;
    const canvas = (name: string) => this.renderRoot.querySelector<HTMLCanvasElement>(`canvas.${name}`);
    const [shares, below] = [canvas('shares'), canvas('felt')];
    return [
      ...(shares ? [{canvas: shares, chart: sharesChart(this.#data, theme)}] : []),
      ...(below ? [{canvas: below, chart: bottleneckChart(this.#data, felt, theme), felt}] : []),
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

  /** The last chart of the page: it has what the first one has, and more. */
  #picture(): Picture {
    const {theme} = this.#colors;
    const data = this.#data;
    const {weights, heads} = this.#heads!;
    const without = this.withoutBottleneck;
    return picture({
      width: Math.max(320, this.#size.width),
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
    if (!this.#size.width) return;
    for (const {canvas, chart, felt} of this.#charts()) {
      const surface = new CanvasSurface(canvas, canvas.clientWidth, canvas.clientHeight);
      drawChart(surface, chart, {chosen, felt}, this.#colors.theme);
    }
  }
}

define('why-attention', WhyAttention);

declare global {
  interface HTMLElementTagNameMap {
    'why-attention': WhyAttention;
  }
}
