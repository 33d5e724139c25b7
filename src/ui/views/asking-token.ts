import {html, type TemplateResult} from 'lit';

/** The tokens as buttons, of which one asks. */
export function renderAskers(
  tokens: readonly string[],
  query: number,
  choose: (query: number) => void,
): TemplateResult {
  return html`<div class="chips" part="tokens" role="group" aria-label="Which token asks?">
    <span class="asks">Who asks?</span>
    ${tokens.map(
      (token, i) =>
        html`<button class="chip" aria-pressed=${i === query} @click=${() => choose(i)}>${token}</button>`,
    )}
  </div>`;
}
