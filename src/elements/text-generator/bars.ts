import {html, nothing, type TemplateResult} from 'lit';
import type {Candidate} from '../../state/index.js';
import {visibleToken} from '../../ui/base/format.js';

/** So many of the likeliest are shown, and the chosen one in any case. */
const SHOWN = 8;

export interface BarsView {
  title: string;
  candidates: readonly Candidate[];
  /** The token that was drawn here, if one was. */
  chosen?: number;
  /** Takes another one instead; absent where nothing can be chosen now. */
  choose?: (candidate: Candidate) => void;
}

/** Three decimals; what they would round to nothing is not nothing. */
export const share = (probability: number): string =>
  probability > 0 && probability < 0.0005 ? '<0.001' : probability.toFixed(3);

export function shownCandidates(candidates: readonly Candidate[], chosen?: number): readonly Candidate[] {
  const shown = candidates.slice(0, SHOWN);
  const drawn = candidates.find(({id}) => id === chosen);
  return !drawn || shown.includes(drawn) ? shown : [...shown.slice(0, SHOWN - 1), drawn];
}

/** The likeliest tokens at one place, as bars from 0 to 1. */
export function renderBars({title, candidates, chosen, choose}: BarsView): TemplateResult {
  const shown = shownCandidates(candidates, chosen);
  const rest = 1 - shown.reduce((sum, {probability}) => sum + probability, 0);
  return html`<div class="bars" part="bars" role="group" aria-label=${title}>
    <p class="title" aria-hidden="true">${title}</p>
    <div class="list">${shown.map(({id, text, probability}, index) => {
      const drawn = id === chosen;
      const token = visibleToken(text);
      return html`<button
        class="bar ${drawn ? 'drawn' : ''}"
        aria-pressed=${drawn}
        ?disabled=${!choose}
        @click=${() => choose?.(shown[index]!)}
      >
        <span class="name">${token}</span>
        <span class="track"><span class="fill" .style="width: ${(100 * probability).toFixed(2)}%"></span></span>
        <span class="probability">${share(probability)}</span>
      </button>`;
    })}</div>
    <p class="rest">${shown.length && rest > 0.0005 ? html`all others together <span class="number">${rest.toFixed(3)}</span>` : nothing}</p>
  </div>`;
}
