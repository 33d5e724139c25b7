/** Two messages with the same words in two orders, and what both classifiers make of them: where counting words must fail. */
import {html, nothing, svg, type TemplateResult} from 'lit';
import {decimals} from '../../ui/base/format.js';
import type {Theme} from '../../viz/theme.js';
import type {Attribution} from './attribution.js';
import {extentOf, renderWeighed} from './weighed-tokens.js';

/** Test messages of the kind `order`, in words that no training message has. */
export const PAIR = [
  {text: 'You see the cake after you pay me.', label: 1},
  {text: 'You pay me after you see the cake.', label: 0},
] as const;

export interface PairProps {
  classes: readonly string[];
  /** The baseline's answer, [K], once it is trained. */
  bag: ((text: string) => number[]) | undefined;
  /** The classifier's answers, in the order of `PAIR`, once it is trained. */
  gpt: readonly Attribution[] | undefined;
  theme: Theme;
}

export function renderPair({classes, bag, gpt, theme}: PairProps): TemplateResult {
  const extent = extentOf(gpt ?? []);
  const isRight = gpt?.every(({probs}, i) => Number(probs[1]! > 0.5) === PAIR[i]!.label);
  return html`<figure class="pair" part="pair">
    <figcaption>
      <b>The same words in two orders.</b> A bag of words must give both messages the same probability of
      ${classes[1]}: it does not see the order.${gpt ? ` The GPT ${isRight ? 'does' : 'does not get both right yet'}.` : nothing}
    </figcaption>
    ${PAIR.map(({text, label}, i) => {
      const read = gpt?.[i];
      return html`<div class="message">
        ${read ? renderWeighed(read, theme, extent) : html`<p class="plain">${text}</p>`}
        <div class="answers">
          <span>truth: ${classes[label]}</span>
          ${renderAnswer('bag of words', bag?.(text)[1], label, classes, '…')}
          ${renderAnswer('GPT', read?.probs[1], label, classes, 'not trained yet')}
        </div>
      </div>`;
    })}
    ${gpt ? html`<p class="colors">The bars are probabilities of ${classes[1]}. Orange tokens speak for it, teal ones for ${classes[0]}, which is mail that is no ${classes[1]}.</p>` : nothing}
  </figure>`;
}

function renderAnswer(
  name: string,
  p: number | undefined,
  label: number,
  classes: readonly string[],
  missing: string,
): TemplateResult {
  const called = p === undefined ? undefined : Number(p > 0.5);
  return html`<span class="answer">
    <span class="name">${name}</span>
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      ${svg`<rect class="room" width="100" height="10"></rect><rect class="share" width=${100 * (p ?? 0)} height="10"></rect>
        <line class="half" x1="50" x2="50" y1="0" y2="10"></line>`}
    </svg>
    ${
      called === undefined
        ? html`<span class="number">${missing}</span>`
        : html`<span class="number">${decimals(p!, 2)}</span>
            <span class="verdict ${called === label ? '' : 'wrong'}"
              >${classes[called]}${called === label ? '' : ' (wrong)'}</span
            >`
    }
  </span>`;
}
