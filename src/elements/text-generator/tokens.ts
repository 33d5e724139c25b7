import {html, nothing, type TemplateResult} from 'lit';
import type {GeneratedToken} from '../../state/index.js';
import {visibleToken} from '../../ui/base/format.js';

export interface TokensView {
  prompt: string;
  tokens: readonly GeneratedToken[];
  selected: number | undefined;
  /** The one that the Tab key reaches; the arrow keys move it. */
  current: number;
  writing: boolean;
  select(index: number | undefined): void;
  keydown(event: KeyboardEvent): void;
}

/** The prompt, then every token that was written, to be chosen from; its underline is the probability it had. */
export function renderTokens({
  prompt,
  tokens,
  selected,
  current,
  writing,
  select,
  keydown,
}: TokensView): TemplateResult {
  // No white space between these: it would be text. No buttons: lines would break between the letters of a word.
  return html`<div class="text" part="text" aria-busy=${writing} @click=${() => select(undefined)}><span class="prompt">${prompt}</span>${
    tokens.length === 0
      ? prompt && !writing
        ? html`<span class="next" aria-hidden="true"></span>`
        : nothing
      : html`<span role="listbox" aria-label="What the model wrote, token by token" aria-orientation="horizontal" @keydown=${keydown}
          >${tokens.map(
            ({text, probability}, index) =>
              html`<span
                role="option"
                class="token"
                tabindex=${index === current ? 0 : -1}
                aria-selected=${index === selected}
                aria-label="${visibleToken(text)}, probability ${probability.toFixed(3)}"
                .style="--p: ${(100 * probability).toFixed(0)}%"
                @click=${(event: Event) => {
                  event.stopPropagation();
                  select(index);
                }}
                @focus=${() => select(index)}
                >${text.replaceAll('\n', '↵\n')}</span
              >`,
          )}</span
        >`
  }${writing ? html`<span class="caret" aria-hidden="true"></span>` : nothing}</div>`;
}
