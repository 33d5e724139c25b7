import type {TemplateResult} from 'lit';
import type {LiveModel} from '../../state/live-model.js';
import {GptElement} from '../base/gpt-element.js';
import {Loaded} from '../base/loaded.js';
import {modelFacts} from '../base/model-facts.js';
import {SizeController} from '../base/size-controller.js';
import {ThemeController} from '../base/theme-controller.js';
import {ModelController} from './model-controller.js';

/**
 * The base of elements that show what a model learns from: its text, tokens, batches. Unlike a `ViewElement` it reads no
 * weights, so it starts no engine, unless the model comes trained and has to be opened to know its tokenizer.
 */
export abstract class CorpusElement<Request extends object, Data> extends GptElement {
  static override styles = [...GptElement.styles];

  // Override these.

  /** What to load, as a flat object; loaded again when one of its values changes. Undefined: nothing. */
  protected abstract request(): Request | undefined;

  /**
   * Loads the data.
   * @param show Shows what has been loaded so far.
   * @throws {Error} with a sentence for the reader
   */
  protected abstract load(request: Request, signal: AbortSignal, show: (data: Data) => void): Promise<Data>;

  /** The element came on the screen, or left it. */
  protected visibleChanged(_visible: boolean): void {}

  /** The element shows another model, or none. */
  protected modelChanged(_model: LiveModel | undefined): void {}

  // Shared by all views of what a model learns from.

  protected readonly colors = new ThemeController(this);
  protected readonly size = new SizeController(this);
  readonly #models = new ModelController(
    this,
    ['gpt-facts', 'gpt-status', 'gpt-error', 'gpt-loading'],
    (model) => this.modelChanged(model),
  );
  protected readonly loaded = new Loaded<Request, Data>(this, {
    request: () => this.request(),
    load: (request, signal, show) => this.load(request, signal, show),
    visibleChanged: (visible) => this.visibleChanged(visible),
  });

  protected get model(): LiveModel | undefined {
    return this.#models.model;
  }

  /** Why no model was found, as a sentence for the reader. */
  protected get modelProblem(): string | undefined {
    return this.#models.problem;
  }

  /** Tries again to load the model's code, where that failed. */
  protected get retryModel(): (() => void) | undefined {
    return this.#models.retry;
  }

  protected override facts(): TemplateResult | string {
    return modelFacts(this, this.model);
  }
}
