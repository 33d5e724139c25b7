import {css, html, type TemplateResult} from 'lit';
import {visibleToken} from '../base/format.js';

/** The tokens of a text as buttons, of which one is chosen. */
export function renderTokenChoice(
  tokens: readonly string[],
  chosen: number,
  choose: (token: number) => void,
): TemplateResult {
  return html`<div class="chips" part="tokens" role="group" aria-label="Which token?">
    ${tokens.map(
      (text, i) =>
        html`<button class="chip" aria-pressed=${i === chosen} @click=${() => choose(i)}>${visibleToken(text)}</button>`,
    )}
  </div>`;
}

/** With `.choices` for the row in which they stand beside other controls. */
export const tokenChoiceStyles = css`
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 1.5em;
    align-items: center;
    margin-bottom: 0.5em;
  }
  .choices label {
    font-size: 0.875em;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .chip {
    padding-inline: 0.5em;
    border-color: transparent;
    border-bottom: 2px solid transparent;
    border-radius: 3px;
    background: var(--_hover);
    font-family: var(--_mono);
    white-space: pre;
  }
  .chip[aria-pressed='true'] {
    border-bottom-color: var(--_text);
    font-weight: 700;
  }
`;
