import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {controlStyles} from '../styles/controls.js';
import {hostStyles} from '../styles/host.js';
import type {CodePiece, CodeView} from './code-view.js';
import {copyText, embedCode} from './embed.js';
import type {SnippetName} from './snippets.js';

export type {CodePiece} from './code-view.js';

/** A picture of what an element shows, for the export buttons. */
export interface Picture {
  svg(): string;
  png(): Promise<Blob>;
}

/**
 * The base of every visible element: the shared look, the quiet footer, and the three ways to a model.
 * An element renders, top to bottom: `renderLead`, its drawing, its controls, a read-out line, `renderFooter`.
 */
export abstract class GptElement extends LitElement {
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

  /**
   * Facts on the left (backend, step), then code, export and embed.
   * @param snippet The lines of the library that computed what is shown; of several pieces the first, until the reader chooses another.
   */
  protected renderFooter(
    facts: TemplateResult | string,
    {snippet, picture}: {snippet?: SnippetName | readonly CodePiece[]; picture?: Picture} = {},
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
            ? html`<button class="link" @click=${() => this.export(picture, 'svg')}>SVG</button>
                <button class="link" @click=${() => this.export(picture, 'png')}>PNG</button>`
            : nothing
        }
        <button class="link" @click=${this.copyEmbed}>Embed</button>
        <span role="status">${this.footerMessage}</span>
      </div>
      ${this.codeShown && snippet ? this.codeView?.render(snippet) : nothing}
    `;
  }

  private toggleCode = async (): Promise<void> => {
    this.codeShown = !this.codeShown;
    const {CodeView} = await import('./code-view.js');
    this.codeView ??= new CodeView(() => this.requestUpdate());
  };

  private async export(picture: Picture, kind: 'svg' | 'png'): Promise<void> {
    const {download} = await import('./download.js');
    const content = kind === 'png' ? await picture.png() : new Blob([picture.svg()], {type: 'image/svg+xml'});
    download(content, `${this.localName}.${kind}`);
  }

  private copyEmbed = async (): Promise<void> => {
    const copied = await copyText(embedCode(this));
    this.footerMessage = copied
      ? 'HTML copied: paste it into your page.'
      : 'The browser did not allow copying; the HTML is in the console.';
    if (!copied) console.info(embedCode(this));
    setTimeout(() => (this.footerMessage = ''), 4000);
  };
}
