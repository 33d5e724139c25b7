/** The first part as the reader sees it: the text, and what the chosen word looks back to; every head's share; all words' shares by distance. */
import {html, type TemplateResult} from 'lit';
import {visibleToken} from '../../ui/base/format.js';
import type {AllHeads, LookBack} from './look-back.js';
import {renderTale} from './tale-view.js';
import {lookBackReading, sharesInWords} from './words.js';

export interface LookBackOptions {
  heads: AllHeads;
  all: readonly LookBack[];
  chosen: LookBack | undefined;
  choose: (one: LookBack) => void;
}

export function renderLookBack({heads, all, chosen, choose}: LookBackOptions): TemplateResult {
  const sample = (index: number | undefined, otherwise: string): string =>
    index === undefined ? otherwise : visibleToken(heads.tokens[index]!);
  return html`
    ${renderTale({tokens: heads.tokens, all, chosen, choose})}
    <ul class="legend">
      <li><span class="sample word">${sample(chosen?.word, 'she')}</span>has to look back</li>
      <li><span class="sample from">${sample(chosen?.query, 'saw')}</span>from here, one before</li>
      <li><span class="sample to">${sample(chosen?.main.key, 'Mia')}</span>is meant</li>
    </ul>
    <p class="readout looked" part="readout" role="status">
      ${
        chosen
          ? lookBackReading(heads, chosen)
          : 'In this text, no word is known to look back. The words marked here are pronouns, and names and things that are mentioned again, where each is one token.'
      }
    </p>
  `;
}

/** @param pick A click on the chart. */
export function renderShares(
  heads: AllHeads,
  all: readonly LookBack[],
  pick: (event: MouseEvent) => void,
): TemplateResult {
  return html`<canvas
      class="chart shares"
      part="shares"
      role="img"
      aria-label=${sharesInWords(all, heads.weights.length * heads.heads)}
      @click=${pick}
    ></canvas>
    <ul class="legend">
      <li><span class="disc here"></span>the chosen word’s</li>
      <li><span class="disc"></span>another’s: a dot for each mention, its word’s best head</li>
      <li><span class="disc open"></span>an even spread</li>
    </ul>`;
}
