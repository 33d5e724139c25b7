import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {type FooterOptions, GptElement} from '../base/gpt-element.js';
import {modelFacts} from '../base/model-facts.js';
import {SizeController} from '../base/size-controller.js';
import {ThemeController} from '../base/theme-controller.js';
import {VisibleController} from '../base/visible-controller.js';
import {renderProblem, renderWaiting} from '../base/waiting.js';
import {type LayerWeights, layerFrom} from './layer-data.js';
import {headRows} from './layer-rows.js';
import {type AttentionLayer, type HeadValues, LayerWatch} from './layer-watch.js';
import {ModelController} from './model-controller.js';

/**
 * The base of the elements that take one attention layer apart: the three ways to a layer (given weights, a model named or
 * around, the page's default model), the text it reads, and the choice of layer and head.
 */
export abstract class LayerElement extends GptElement {
  /** `{x, wq, wk, wv, wo?, heads?}`: a layer to show without any model. `x` is `[T, C]`, the rest `[C, C]`. */
  @property({attribute: false}) accessor weights: LayerWeights | undefined;
  /** The tokens that the rows of `weights.x` belong to. */
  @property({attribute: false}) accessor tokens: string[] = [];
  /** What the model reads. Default: the beginning of the text it learns from. */
  @property({reflect: true}) accessor text: string | undefined;
  /** Counted from 0; readers see “layer 1”. */
  @property({type: Number, reflect: true}) accessor layer = 0;
  /** Counted from 0; readers see “head 1”. */
  @property({type: Number, reflect: true}) accessor head = 0;
  /** Leaves out the field in which the reader changes the text. */
  @property({type: Boolean, reflect: true, attribute: 'without-text-input'}) accessor withoutTextInput =
    false;
  /** Leaves out the choice of layer and head. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;

  /** More tokens than this are not looked at. */
  protected readonly mostTokens: number = 10;

  protected readonly colors = new ThemeController(this);
  protected readonly size = new SizeController(this);
  readonly #visible = new VisibleController(this, (visible) => {
    if (!visible) return;
    this.#watch.poke();
    this.requestUpdate();
  });
  protected readonly models = new ModelController(this, ['gpt-facts', 'gpt-loading', 'gpt-error'], () =>
    this.#watch.stop(),
  );
  readonly #watch = new LayerWatch(
    () => this.#visible.visible,
    () => this.requestUpdate(),
  );
  #given?: AttentionLayer;
  #problem?: string;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.stop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('weights') || changed.has('tokens')) this.#takeWeights();
    const {model} = this.models;
    if (this.weights) this.#watch.stop();
    // Nothing is loaded for a reader who has not scrolled here.
    else if (model && this.#visible.visible && this.isConnected)
      this.#watch.ask({model, text: this.text, layer: this.layer, mostTokens: this.mostTokens});
  }

  #takeWeights(): void {
    this.#given = this.#problem = undefined;
    if (!this.weights) return;
    try {
      this.#given = layerFrom(this.weights, this.tokens);
    } catch (error) {
      this.#problem = (error as Error).message;
    }
  }

  /** The layer on show, once it is there. */
  protected get shown(): AttentionLayer | undefined {
    return this.weights ? this.#given : this.#watch.data;
  }

  /** The head on show: what `head` asks for, as far as the layer has it. */
  protected get shownHead(): number {
    return Math.max(0, Math.min(Math.round(this.head) || 0, (this.shown?.heads.length ?? 1) - 1));
  }

  protected get isVisible(): boolean {
    return this.#visible.visible;
  }

  /** The sentence above the drawing. */
  protected abstract leadSentence(): TemplateResult | string;
  /** All between the text field and the footer. */
  protected abstract renderLayer(layer: AttentionLayer, head: HeadValues): TemplateResult;
  /** Facts, code and what else the footer holds. */
  protected abstract renderOwnFooter(facts: string): TemplateResult | typeof nothing;

  protected override render(): TemplateResult {
    const data = this.shown;
    return html`
      ${this.renderLead(this.leadSentence())}
      ${this.#renderText()}
      ${data ? this.renderLayer(data, data.heads[this.shownHead]!) : this.#renderWaiting()}
      ${this.#renderMessages(data)}
      ${this.renderOwnFooter(this.weights ? 'Weights given by this page' : modelFacts(this.models.model, data?.step))}
    `;
  }

  /** The head on show can be taken away as a picture and as a table, unless the element has something else to hand out. */
  protected override renderFooter(
    facts: TemplateResult | string,
    options: FooterOptions = {},
  ): TemplateResult | typeof nothing {
    const data = this.shown;
    const head = this.shownHead;
    return super.renderFooter(facts, {
      picture:
        data && (async () => (await import('./layer-picture.js')).headPicture(data, head, this.colors.theme)),
      table: data && (() => headRows(data, head)),
      ...options,
    });
  }

  /** Layer and head, where there is a choice. */
  protected renderPickers({layers, layer, heads}: AttentionLayer): TemplateResult | typeof nothing {
    if (this.withoutControls) return nothing;
    const options = (count: number, chosen: number): TemplateResult[] =>
      Array.from(
        {length: count},
        (_, i) => html`<option value=${i} ?selected=${i === chosen}>${i + 1}</option>`,
      );
    const chosen = (event: Event): number => Number((event.target as HTMLSelectElement).value);
    return html`${
      layers > 1
        ? html`<label>Layer <select @change=${(event: Event) => (this.layer = chosen(event))}>${options(layers, layer)}</select></label>`
        : nothing
    }
    ${
      heads.length > 1
        ? html`<label>Head <select @change=${(event: Event) => (this.head = chosen(event))}>${options(heads.length, this.shownHead)}</select></label>`
        : nothing
    }`;
  }

  #renderText(): TemplateResult | typeof nothing {
    if (this.weights || this.withoutTextInput || this.models.problem) return nothing;
    return html`<label class="text-input"
      >Text
      <input
        spellcheck="false"
        autocomplete="off"
        .value=${this.text ?? this.#watch.text ?? ''}
        @input=${(event: InputEvent) => (this.text = (event.target as HTMLInputElement).value)}
    /></label>`;
  }

  #renderMessages(data: AttentionLayer | undefined): TemplateResult {
    const {note, error} = this.#watch;
    return html`${!this.weights && note ? html`<p class="note" role="status">${note}</p>` : nothing}
    ${data && !this.weights && error ? renderProblem(error, this.#retry) : nothing}`;
  }

  #retry = (): void => this.#watch.retry();

  #renderWaiting(): TemplateResult {
    const problem = this.weights ? this.#problem : this.models.problem;
    const error = problem ?? (this.weights ? undefined : this.#watch.error);
    if (!error && this.text === '')
      return html`<div class="waiting">Type a text to see what becomes of it.</div>`;
    const retry = problem ? undefined : this.#retry;
    return renderWaiting({loading: this.models.model?.loading, error, retry});
  }
}
