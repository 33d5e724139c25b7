import {html, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {LoadedFact} from '../../state/index.js';
import {controlStyles} from '../../styles/controls.js';
import {hostStyles} from '../../styles/host.js';
import type {CodePiece, CodeView} from '../export/code-view.js';
import type {CsvRow} from '../export/csv.js';
import type {Picture} from '../export/export.js';
import type {SnippetName} from '../export/snippets.js';
import {BriefMessage} from './brief-message.js';
import {DefaultsElement} from './defaults-element.js';
import {errorWords} from './error-words.js';

export type {CodePiece} from '../export/code-view.js';
export type {Picture} from '../export/export.js';

/** What the footer of an element offers besides its facts. */
export interface FooterOptions {
  /** The library's source that computed what is shown. Of several pieces the reader chooses one; the first is shown first. */
  snippet?: SnippetName | readonly CodePiece[];
  /** What is shown as a file; a function if it is drawn only on request. */
  picture?: Picture | (() => Promise<Picture>);
  /** What is shown as numbers, row by row; the first row holds the column names. */
  table?: () => Iterable<CsvRow>;
}

type EventName = keyof GlobalEventHandlersEventMap;
type EventDetail<K extends EventName> =
  GlobalEventHandlersEventMap[K] extends CustomEvent<infer Detail> ? Detail : never;

/** Emits an event that is declared in `GlobalEventHandlersEventMap`, so that pages get its type, too. */
export type Emit = <K extends EventName>(type: K, detail: EventDetail<K>) => void;

/**
 * The base of every visible element: the shared look, the frame (lead, body, footer) and the way to name a model.
 * An element that shows data of a model extends `ViewElement`, which adds loading, waiting and errors.
 */
export abstract class GptElement extends DefaultsElement {
  static override styles = [hostStyles, controlStyles];

  // Override these.

  /** One sentence for beginners: what this element shows. */
  static lead = '';

  /** The sentence above the drawing, where it depends on the state. */
  protected lead(): TemplateResult | string {
    return (this.constructor as typeof GptElement).lead;
  }

  /** Everything between the lead and the footer. */
  protected abstract renderBody(): unknown;

  /** The footer's left side: what computed the numbers, or where they come from. */
  protected facts(): TemplateResult | string {
    return '';
  }

  /** What the footer offers: source code, picture, table. */
  protected footer(): FooterOptions {
    return {};
  }

  // Shared by all elements.

  /** The id of the `<gpt-model>` to show. Default: the nearest ancestor `<gpt-model>`, else the page's default model. */
  @property({reflect: true}) accessor for = '';

  /**
   * Addresses of recorded answers of the model, separated by spaces, as a build of the page writes them: shown at once,
   * until the engine runs. A picture of the same in an element with `slot="recorded"` is shown before.
   */
  @property() accessor recorded = '';

  /** Leaves out the sentence above the drawing. */
  @property({type: Boolean, reflect: true, attribute: 'without-lead'}) accessor withoutLead = false;

  /** Leaves out the footer with its facts, code, export and embed buttons. */
  @property({type: Boolean, reflect: true, attribute: 'without-footer'}) accessor withoutFooter = false;

  @state() private accessor codeShown = false;
  /** Loaded when the reader first asks for the code. */
  @state() private accessor codeView: CodeView | undefined;
  readonly #message = new BriefMessage(this);
  /** Whether it has shown more than what was recorded. From then on the recording stays away. */
  #isLive = false;

  /** Whether there is nothing to show yet but what was recorded. */
  protected get isWaiting(): boolean {
    return false;
  }

  protected override render(): TemplateResult {
    this.#isLive ||= !this.isWaiting || !this.querySelector(':scope > [slot="recorded"]');
    if (!this.#isLive) return this.#renderRecorded();
    return html`
      ${this.withoutLead ? nothing : html`<p class="lead" part="lead"><slot name="lead">${this.lead()}</slot></p>`}
      ${this.renderBody()}
      ${this.withoutFooter ? nothing : this.#renderFooter()}
    `;
  }

  /** All that a page shows of the element before its code has come, so that nothing moves when the code comes. */
  #renderRecorded(): TemplateResult {
    const hasLead = this.querySelector(':scope > [slot="lead"]');
    return html`${hasLead ? html`<p class="lead" part="lead"><slot name="lead"></slot></p>` : nothing}<slot name="recorded"></slot>`;
  }

  /** Tells the page about something that the reader did. */
  protected emit<K extends EventName>(type: K, detail: EventDetail<K>): void {
    this.dispatchEvent(new CustomEvent(type, {detail, bubbles: true, composed: true}));
  }

  #renderFooter(): TemplateResult {
    const {snippet, picture, table} = this.footer();
    const facts = this.facts();
    return html`
      <div class="footer" part="footer">
        <span class="facts" title=${typeof facts === 'string' ? facts : nothing}>${facts}</span>
        ${
          snippet
            ? html`<button class="link" aria-expanded=${this.codeShown} @click=${this.#toggleCode}>Code</button>`
            : nothing
        }
        ${
          picture
            ? (['svg', 'png'] as const).map(
                (kind) =>
                  html`<button class="link" title="Download as ${kind.toUpperCase()}" @click=${() => this.#export(({savePicture}) => savePicture(this, picture, kind))}>${kind.toUpperCase()}</button>`,
              )
            : nothing
        }
        ${table ? html`<button class="link" title="Download as CSV" @click=${() => this.#export(({saveTable}) => saveTable(this, table()))}>CSV</button>` : nothing}
        <button class="link" @click=${() => this.#export(({copyEmbed}) => copyEmbed(this))}>Embed</button>
        <span role="status">${this.#message.content}</span>
      </div>
      ${this.codeShown && snippet ? this.codeView?.render(snippet) : nothing}
    `;
  }

  #toggleCode = async (): Promise<void> => {
    this.codeShown = !this.codeShown;
    try {
      const {CodeView} = await import('../export/code-view.js');
      this.codeView ??= new CodeView(() => this.requestUpdate());
    } catch {
      this.codeShown = false;
      this.#message.show('The code could not be loaded. Check your connection and try again.');
    }
  };

  /** Runs one of the export functions, loaded on first use, and shows what came of it. */
  async #export(
    run: (exports: typeof import('../export/export.js')) => Promise<TemplateResult | string>,
  ): Promise<void> {
    try {
      this.#message.show(await run(await import('../export/export.js')));
    } catch (error) {
      this.#message.show(errorWords(error as Error));
    }
  }
}

declare global {
  /** Events of several elements; each of the others is declared beside its element. */
  interface GlobalEventHandlersEventMap {
    'gpt-action': CustomEvent<{name: string}>;
    'gpt-loaded': CustomEvent<LoadedFact>;
  }
}
