/** The library’s own lines, as the Code button shows them; downloaded with the first look at them. */
import {html, nothing, type TemplateResult} from 'lit';
import {renderOptions} from '../views/options.js';
import {SNIPPETS, type SnippetName} from './snippets.js';

/** One of several pieces of code that a reader can look at. */
export interface CodePiece {
  name: SnippetName;
  /** In words of the reader. */
  label: string;
}

export class CodeView {
  /** Which of several pieces the reader has chosen. */
  #chosen?: SnippetName;
  readonly #changed: () => void;

  /** @param changed Another piece is to be shown. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Of several pieces the first, until the reader chooses another. */
  render(snippet: SnippetName | readonly CodePiece[]): TemplateResult {
    const pieces = typeof snippet === 'string' ? [{name: snippet, label: ''}] : snippet;
    const chosen = pieces.find(({name}) => name === this.#chosen) ?? pieces[0]!;
    const {file, code} = SNIPPETS[chosen.name];
    return html`<figure class="code" part="code">
      <figcaption>
        The library’s own lines that compute this: <code>${file}</code>
        ${pieces.length > 1 ? this.#renderPieces(pieces, chosen) : nothing}
      </figcaption>
      <pre tabindex="0"><code>${code}</code></pre>
    </figure>`;
  }

  #renderPieces(pieces: readonly CodePiece[], chosen: CodePiece): TemplateResult {
    return html`<label class="piece">
      Show
      <select @change=${this.#choose}>
        ${renderOptions(
          pieces.map(({name, label}) => [name, label]),
          chosen.name,
        )}
      </select>
    </label>`;
  }

  #choose = ({target}: Event): void => {
    this.#chosen = (target as HTMLSelectElement).value as SnippetName;
    this.#changed();
  };
}
