/** The first part as the reader sees it: the text, what the chosen word looks back to, every head's share, and all words' shares by distance. */
import {html, nothing, type TemplateResult} from 'lit';
import {renderHeads} from './heads-view.js';
import type {AllHeads, LookBack} from './look-back.js';
import {renderTale} from './tale-view.js';
import {lookBackReading, sharesInWords, targetOf} from './words.js';

export interface LookBackOptions {
  heads: AllHeads;
  all: readonly LookBack[];
  chosen: LookBack | undefined;
  choose: (one: LookBack) => void;
  allHeadsShown: boolean;
  showAllHeads: () => void;
  /** A click on the chart. */
  pick: (event: MouseEvent) => void;
}

export function renderLookBack(options: LookBackOptions): TemplateResult {
  const {heads, all, chosen, choose} = options;
  return html`
    ${renderTale({tokens: heads.tokens, all, chosen, choose})}
    <ul class="legend">
      <li><span class="sample word">she</span>has to look back</li>
      <li><span class="sample from">saw</span>the place that looks: one before</li>
      <li><span class="sample to">Mia</span>what it refers to</li>
    </ul>
    <p class="readout looked" part="readout" role="status">
      ${
        chosen
          ? lookBackReading(heads, chosen)
          : 'No word of this text is known to look back. Known are, in tales of which each word is one token: pronouns, and names and things that come again.'
      }
    </p>
    ${chosen ? renderMeasured(options, chosen) : nothing}
  `;
}

function renderMeasured(options: LookBackOptions, chosen: LookBack): TemplateResult {
  const {heads, all, allHeadsShown, showAllHeads, pick} = options;
  return html`<div class="measured">
    <div>
      ${renderHeads({
        chosen,
        heads: heads.heads,
        target: targetOf(heads, chosen),
        allShown: allHeadsShown,
        showAll: showAllHeads,
      })}
    </div>
    <div>
      <canvas
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
      </ul>
    </div>
  </div>`;
}
