/** The tokens of a message, colored by what each adds to the classifier's answer. */
import {html, type TemplateResult} from 'lit';
import {decimals, visibleToken} from '../../ui/base/format.js';
import {signedScale, textOn} from '../../viz/color.js';
import type {Theme} from '../../viz/theme.js';
import type {Attribution} from './attribution.js';

type Weighed = Pick<Attribution, 'tokens' | 'effects'>;

/** Returns the effect that has the strongest color: of all these messages, and at least 1. */
export const extentOf = (messages: readonly Weighed[]): number =>
  Math.max(1, ...messages.flatMap(({effects}) => effects.map(Math.abs)));

export function renderWeighed({tokens, effects}: Weighed, theme: Theme, extent: number): TemplateResult {
  const scale = signedScale(theme, extent);
  return html`<div class="chips">
    ${tokens.map((token, i) => {
      const effect = effects[i]!;
      const color = scale.color(effect);
      return html`<span
        title="${effect < 0 ? '−' : '+'}${decimals(Math.abs(effect), 2)}"
        .style="background: ${color}; color: ${textOn(color, theme)}"
        >${visibleToken(token)}</span
      >`;
    })}
  </div>`;
}
