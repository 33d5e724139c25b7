import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import type {ModelFacts} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {ModelData} from '../model/model-data.js';
import {type FooterOptions, GptElement} from './gpt-element.js';
import {modelFacts} from './model-facts.js';
import {SizeController} from './size-controller.js';
import {ThemeController} from './theme-controller.js';
import {viewStyles} from './view.styles.js';
import {renderProblem, renderWaiting} from './waiting.js';

/**
 * The base of elements that draw data: properties set by the page, else numbers of a live model. It finds the model,
 * loads while the element is visible, loads again when the weights change, and shows waiting and errors. An element
 * is its question (`lead`), its data (`dataFromProperties`, `request`, `load`) and its drawing (`renderData`).
 */
export abstract class ViewElement<
  Data extends object,
  Request extends object = object,
  Prepared extends object = Request,
> extends GptElement {
  static override styles = [...GptElement.styles, ...viewStyles];

  // Override these.

  /** The footer's facts for data that the page has set. */
  static givenFacts = 'Numbers given by this page';

  /** Milliseconds between two loads while the model trains. */
  static minIntervalMs = 250;

  /**
   * The data in the properties that the page has set, without a model; undefined if it has set none. Called when a
   * property without an attribute changes.
   * @throws {Error} with a sentence for the reader
   */
  protected dataFromProperties(): Data | undefined {
    return undefined;
  }

  /** What to ask the model for: a flat object of texts, numbers or lists of them; asked again when one changes. */
  protected request(): Request | undefined {
    return {} as Request;
  }

  /** Reads the data from the model. Called again whenever its weights change. */
  protected abstract load(model: LiveModel, request: Prepared, signal: AbortSignal): Promise<Data>;

  /** What is drawn, between the text field and the messages. */
  protected abstract renderData(data: Data): unknown;

  /** Called before rendering when other data is shown than before. */
  protected dataChanged(_data: Data | undefined): void {}

  /** Called when the element shows another model. What was remembered of the previous one goes. */
  protected modelChanged(_model: LiveModel | undefined): void {}

  /** What stands above the drawing and before the data has come, e.g. a text field. */
  protected renderAbove(): unknown {
    return nothing;
  }

  /** Something the reader should know about the data, e.g. that a text was cut. */
  protected note(): string | undefined {
    return undefined;
  }

  /** In place of the drawing, where there is nothing to ask, e.g. for an empty text. */
  protected renderEmpty(): TemplateResult | undefined {
    return undefined;
  }

  protected override footer(_data: Data | undefined = this.data): FooterOptions {
    return {};
  }

  /** Completes a request once the model is open; undefined: there is nothing to show. */
  protected prepare(
    _model: LiveModel,
    request: Request,
    _facts: ModelFacts,
    _signal: AbortSignal,
  ): Prepared | undefined | Promise<Prepared | undefined> {
    return request as unknown as Prepared;
  }

  // Shared by all views.

  protected readonly colors = new ThemeController(this);
  protected readonly size = new SizeController(this);
  readonly #models = new ModelData<Request, Prepared, Data>(
    this,
    {
      request: () => (this.isGiven ? undefined : this.question()),
      prepare: (model, request, facts, signal) => this.prepare(model, request, facts, signal),
      load: (model, prepared, signal) => this.load(model, prepared, signal),
      modelChanged: (model) => this.modelChanged(model),
    },
    (this.constructor as typeof ViewElement).minIntervalMs,
  );
  #given?: Data;
  #givenProblem?: string;
  #shown?: Data;

  /** The model that is asked, or would be asked if no data were given. */
  protected get model(): LiveModel | undefined {
    return this.#models.model;
  }

  /** The data on show: given by the page, else the model's last good answer. */
  protected get data(): Data | undefined {
    return this.isGiven ? this.#given : this.#models.data;
  }

  /** Whether the page has given the data, good or bad. */
  protected get isGiven(): boolean {
    return this.#given !== undefined || this.#givenProblem !== undefined;
  }

  /** Whether the element is on the screen or near it. */
  protected get isVisible(): boolean {
    return this.#models.visible;
  }

  /** Why there is no (newer) data, as a sentence for the reader. */
  protected get error(): string | undefined {
    return this.isGiven ? this.#givenProblem : this.#models.error;
  }

  protected override get isWaiting(): boolean {
    return !this.data && !this.error;
  }

  /** The request with what base classes add to it. */
  protected question(): Request | undefined {
    return this.request();
  }

  /** Why no model was found, as a sentence for the reader. */
  protected get modelProblem(): string | undefined {
    return this.#models.problem;
  }

  /** Tries again after a failure, where that can help. */
  protected get retry(): (() => void) | undefined {
    return this.isGiven ? undefined : this.#models.retry;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const {elementProperties} = this.constructor as typeof ViewElement;
    const isData = (name: PropertyKey): boolean => {
      const {attribute, state} = elementProperties.get(name) ?? {};
      return attribute === false && !state;
    };
    if ([...changed.keys()].some(isData)) this.#takeProperties();
    const {data} = this;
    if (data === this.#shown) return;
    this.#shown = data;
    this.dataChanged(data);
  }

  #takeProperties(): void {
    this.#given = this.#givenProblem = undefined;
    try {
      this.#given = this.dataFromProperties();
    } catch (error) {
      this.#givenProblem = (error as Error).message;
    }
  }

  protected override facts(): TemplateResult | string {
    if (this.isGiven) return (this.constructor as typeof ViewElement).givenFacts;
    return modelFacts(this, this.model, (this.data as {step?: number} | undefined)?.step);
  }

  protected override renderBody(): TemplateResult {
    const {data} = this;
    const note = this.note();
    return html`
      ${this.renderAbove()}
      ${data ? this.renderData(data) : this.renderWaiting()}
      ${note ? html`<p class="note" role="status">${note}</p>` : nothing}
      ${data && this.error ? renderProblem(this.error, this.retry) : nothing}
    `;
  }

  /** In place of the drawing until there is data: progress, an error, or what the reader can do. */
  protected renderWaiting(): unknown {
    const {error} = this;
    return (
      (error ? undefined : this.renderEmpty()) ??
      renderWaiting({loading: this.model?.loading, error, retry: this.retry})
    );
  }
}
