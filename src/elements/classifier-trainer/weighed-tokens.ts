/** The tokens of a message, colored by what each adds to the classifier's answer. */
import {html, nothing, type TemplateResult} from 'lit';
import {argMax} from '../../math/largest.js';
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

/** What the classifier makes of one message, and which of its tokens count. */
export function renderReading(
  reading: Attribution,
  classes: readonly string[],
  theme: Theme,
): TemplateResult {
  const {probs, label, cut, tokens} = reading;
  const rest = classes.length > 2 ? 'another class' : classes[1 - label];
  const likeliest = argMax(probs);
  return html`<p>
      ${classes[likeliest]} with probability <b class="number">${decimals(probs[likeliest]!, 3)}</b>. Colors show what each
      token adds: the logit without it is compared. Orange speaks for ${classes[label]}, teal for ${rest}.
      ${cut ? html`The model reads ${tokens.length} tokens: <strong>the last ${cut} of this message are cut.</strong>` : nothing}
    </p>
    <div class="own">${renderWeighed(reading, theme, extentOf([reading]))}</div>`;
}
