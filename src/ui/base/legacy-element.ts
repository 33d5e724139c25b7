import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {controlStyles} from '../../styles/controls.js';
import {hostStyles} from '../../styles/host.js';
import type {CodePiece, CodeView} from '../export/code-view.js';
import type {CsvRow} from '../export/csv.js';
import type {Picture} from '../export/export.js';
import type {SnippetName} from '../export/snippets.js';

export interface FooterOptions {
  /** The lines of the library that computed what is shown; of several pieces the first, until the reader chooses another. */
  snippet?: SnippetName | readonly CodePiece[];
  /** What is shown as a file; a function where it is only drawn when someone asks for it. */
  picture?: Picture | (() => Promise<Picture>);
  /** What is shown in numbers: its rows, the first with the names of the columns. */
  table?: () => Iterable<CsvRow>;
}

/**
 * The former base, until every element extends `GptElement`: to be deleted.
 * An element renders, top to bottom: `renderLead`, its drawing, its controls, a read-out line, `renderFooter`.
 */
export abstract class LegacyElement extends LitElement {
  static override styles = [hostStyles, controlStyles];

  /** The id of the `<gpt-model>` to show. Default: the nearest ancestor `<gpt-model>`, else the page's default model. */
  @property({reflect: true}) accessor for = '';

  /** Leaves out the sentence above the drawing. */
  @property({type: Boolean, reflect: true, attribute: 'without-lead'}) accessor withoutLead = false;

  /** Leaves out the footer with its facts, code, export and embed buttons. */
  @property({type: Boolean, reflect: true, attribute: 'without-footer'}) accessor withoutFooter = false;

  @state() private accessor codeShown = false;
  /** Downloaded when someone asks for the code. */
  @state() private accessor codeView: CodeView | undefined;
  @state() private accessor footerMessage = '';

  /** One sentence: what this shows. A page replaces it through the slot `lead`. */
  protected renderLead(sentence: TemplateResult | string): TemplateResult | typeof nothing {
    return this.withoutLead
      ? nothing
      : html`<p class="lead" part="lead"><slot name="lead">${sentence}</slot></p>`;
  }

  /** Facts on the left (backend, step), then code, export and embed. */
  protected renderFooter(
    facts: TemplateResult | string,
    {snippet, picture, table}: FooterOptions = {},
  ): TemplateResult | typeof nothing {
    if (this.withoutFooter) return nothing;
    return html`
      <div class="footer" part="footer">
        <span class="facts">${facts}</span>
        ${
          snippet
            ? html`<button class="link" aria-expanded=${this.codeShown} @click=${this.toggleCode}>
                Code
              </button>`
            : nothing
        }
        ${
          picture
            ? (['svg', 'png'] as const).map(
                (kind) =>
                  html`<button class="link" @click=${() => this.handOut(({savePicture}) => savePicture(this, picture, kind))}>${kind.toUpperCase()}</button>`,
              )
            : nothing
        }
        ${table ? html`<button class="link" @click=${() => this.handOut(({saveTable}) => saveTable(this, table()))}>CSV</button>` : nothing}
        <button class="link" @click=${() => this.handOut(({copyEmbed}) => copyEmbed(this))}>Embed</button>
        <span role="status">${this.footerMessage}</span>
      </div>
      ${this.codeShown && snippet ? this.codeView?.render(snippet) : nothing}
    `;
  }

  private toggleCode = async (): Promise<void> => {
    this.codeShown = !this.codeShown;
    const {CodeView} = await import('../export/code-view.js');
    this.codeView ??= new CodeView(() => this.requestUpdate());
  };

  /** Hands something to the reader, and says what became of it. */
  private async handOut(
    give: (means: typeof import('../export/export.js')) => Promise<string>,
  ): Promise<void> {
    try {
      this.footerMessage = await give(await import('../export/export.js'));
    } catch (error) {
      this.footerMessage = (error as Error).message;
    }
    setTimeout(() => (this.footerMessage = ''), 4000);
  }
}
