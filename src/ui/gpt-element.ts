import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {controlStyles} from '../styles/controls.js';
import {hostStyles} from '../styles/host.js';
import {copyText, download, embedCode} from './embed.js';
import type {SNIPPETS, SnippetName} from './snippets.js';

/** A picture of what an element shows, for the export buttons. */
export interface Picture {
  svg(): string;
  png(): Promise<Blob>;
}

/** One of several pieces of code that a reader can look at. */
export interface CodePiece {
  name: SnippetName;
  /** In words of the reader. */
  label: string;
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
  /** Which of several pieces of code the reader has chosen. */
  @state() private accessor codeChosen: SnippetName | undefined;
  /** Downloaded when someone asks for the code. */
  @state() private accessor snippets: typeof SNIPPETS | undefined;
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
    const pieces: readonly CodePiece[] =
      typeof snippet === 'string' ? [{name: snippet, label: ''}] : (snippet ?? []);
    const chosen = pieces.find(({name}) => name === this.codeChosen) ?? pieces[0];
    const code = this.codeShown && chosen && this.snippets?.[chosen.name];
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
            ? html`<button class="link" @click=${() => this.exportSvg(picture)}>SVG</button>
                <button class="link" @click=${() => this.exportPng(picture)}>PNG</button>`
            : nothing
        }
        <button class="link" @click=${this.copyEmbed}>Embed</button>
        <span role="status">${this.footerMessage}</span>
      </div>
      ${
        code
          ? html`<figure class="code" part="code">
              <figcaption>
                The library’s own lines that compute this: <code>${code.file}</code>
                ${pieces.length > 1 ? this.renderPieces(pieces, chosen!) : nothing}
              </figcaption>
              <pre tabindex="0"><code>${code.code}</code></pre>
            </figure>`
          : nothing
      }
    `;
  }

  private renderPieces(pieces: readonly CodePiece[], chosen: CodePiece): TemplateResult {
    return html`<label class="piece">
      Show
      <select
        @change=${({target}: Event) => (this.codeChosen = (target as HTMLSelectElement).value as SnippetName)}
      >
        ${pieces.map(
          ({name, label}) => html`<option value=${name} .selected=${name === chosen.name}>${label}</option>`,
        )}
      </select>
    </label>`;
  }

  private toggleCode = async (): Promise<void> => {
    this.codeShown = !this.codeShown;
    if (this.codeShown) this.snippets = (await import('./snippets.js')).SNIPPETS;
  };

  private exportSvg(picture: Picture): void {
    download(new Blob([picture.svg()], {type: 'image/svg+xml'}), `${this.localName}.svg`);
  }

  private async exportPng(picture: Picture): Promise<void> {
    download(await picture.png(), `${this.localName}.png`);
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
