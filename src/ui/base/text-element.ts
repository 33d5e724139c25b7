import {html, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import type {ModelFacts} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {encodeShown, openingOf, type ShownText} from './text-field.js';
import {ViewElement} from './view-element.js';

export interface TextFieldOptions {
  /** More tokens than this are not shown. Default: as many as the model can read. */
  maxTokens?: number;
  /** What stands in place of the drawing while the text is empty. */
  empty?: string;
}

/** What the reader's text adds to a request. */
export interface TextRequest {
  text: string | undefined;
}

/** The base of views of a text as a model reads it. Adds the text, its field and its token ids to `ViewElement`. */
export abstract class TextElement<Data extends object, Request extends object = object> extends ViewElement<
  Data,
  Request,
  Request & ShownText
> {
  // Override these.

  static textField: TextFieldOptions = {};

  /** The text to begin with, if the page gives none. */
  protected defaultText(_model: LiveModel, {corpus}: ModelFacts): string | Promise<string> {
    return openingOf(corpus.excerpt);
  }

  /** The reader has changed the text. */
  protected onTextInput(text: string): void {
    this.text = text;
  }

  /** Buttons beside the field. */
  protected renderTextActions(): unknown {
    return nothing;
  }

  // Shared by all views of a text.

  /** What the model reads. Default: the beginning of the text it learns from. */
  @property({reflect: true}) accessor text: string | undefined;
  /** Leaves out the field in which the reader changes the text. */
  @property({type: Boolean, reflect: true, attribute: 'without-text-input'}) accessor withoutTextInput =
    false;

  #asked?: ShownText;
  #note?: string;

  /** The text on show, once the model is open; `text`, if that is set. */
  protected get shownText(): string {
    return this.text ?? this.#asked?.text ?? '';
  }

  protected override note(): string | undefined {
    return this.isGiven ? undefined : this.#note;
  }

  protected override question(): (Request & TextRequest) | undefined {
    const request = this.request();
    return request && {...request, text: this.text};
  }

  protected override async prepare(
    model: LiveModel,
    request: Request & TextRequest,
    facts: ModelFacts,
    signal: AbortSignal,
  ): Promise<(Request & ShownText) | undefined> {
    this.#note = undefined;
    const text = request.text ?? (await this.defaultText(model, facts));
    if (signal.aborted) return undefined;
    const {maxTokens} = (this.constructor as typeof TextElement).textField;
    const {note, ...shown} = encodeShown(model, text, facts.config.contextLength, maxTokens);
    // Of a default text, the field shows what is on show.
    this.#asked = request.text === undefined ? {...shown, text: model.decode(shown.ids)} : shown;
    this.#note = request.text === undefined ? undefined : note;
    return shown.ids.length ? {...request, ...shown} : undefined;
  }

  protected override get isWaiting(): boolean {
    return super.isWaiting && this.text !== '';
  }

  /** Whether the text can be changed: there is a model to read it. */
  protected get hasTextField(): boolean {
    return !this.isGiven && !this.modelProblem;
  }

  protected override renderAbove(): TemplateResult | typeof nothing {
    if (this.withoutTextInput || !this.hasTextField) return nothing;
    return html`<div class="text-input">
      <label
        >Text
        <input
          spellcheck="false"
          autocomplete="off"
          .value=${this.shownText}
          @input=${(event: InputEvent) => this.onTextInput((event.target as HTMLInputElement).value)}
      /></label>
      ${this.renderTextActions()}
    </div>`;
  }

  protected override renderEmpty(): TemplateResult | undefined {
    const {empty = 'Type a text.'} = (this.constructor as typeof TextElement).textField;
    return this.text === '' ? html`<div class="waiting">${empty}</div>` : undefined;
  }
}
