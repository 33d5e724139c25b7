/** The change of heads: the last token's vector, the head that scored tokens, and the one that scores classes in its place. */
import {html, nothing, svg, type TemplateResult} from 'lit';
import {dot, softmax} from '../../math/attention.js';
import {decimals, visibleToken} from '../../ui/base/format.js';
import {whole} from '../../ui/base/whole.js';
import {signedScale} from '../../viz/color.js';
import type {Theme} from '../../viz/theme.js';
import type {HeadReading, NextTokens} from './head.js';

/** Rows of the new head that are drawn. */
const MOST_ROWS = 6;

export interface HeadProps {
  reading: HeadReading;
  next: NextTokens | undefined;
  classes: readonly string[];
  isUntrained: boolean;
  theme: Theme;
}

const extent = (values: readonly number[]): number => Math.max(1e-6, ...values.map(Math.abs));

/** Numbers as a row of cells, all rows of one width: those of a product stand below each other. */
function strip(values: readonly number[], largest: number, theme: Theme): TemplateResult {
  const {color} = signedScale(theme, largest);
  return html`<svg class="strip" viewBox="0 0 ${values.length} 1" preserveAspectRatio="none" aria-hidden="true">
    ${values.map((value, i) => svg`<rect x=${i} width="1.05" height="1" fill=${color(value)}></rect>`)}
  </svg>`;
}

export function renderHead(props: HeadProps): TemplateResult {
  const {reading, next, classes, isUntrained, theme} = props;
  const {tokens, vector, weights} = reading;
  const C = vector.length;
  const scores = weights.map((row) => dot(row, vector));
  const probs = softmax(scores);
  const largest = extent(weights.flat());
  return html`<figure class="swap" part="head">
    <span class="what">message</span>
    <div class="chips">
      ${tokens.map((token, i) => html`<span class=${i === tokens.length - 1 ? 'last' : ''}>${visibleToken(token)}</span>`)}
    </div>
    <span class="result">the last token has seen all others</span>
    <span class="what">last token’s vector</span>
    ${strip(vector, extent(vector), theme)}
    <span class="result"><span class="number">${C}</span> numbers, read by a head</span>
    ${next ? renderOld(next, C) : nothing}
    ${weights.slice(0, MOST_ROWS).map(
      (row, k) => html`<span class="what new">${k === 0 ? 'new head, ' : ''}${classes[k]}</span>
        ${strip(row, largest, theme)}
        <span class="result new"
          ><span class="number">${decimals(scores[k]!, 1)}</span>
          <svg class="meter" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            ${svg`<rect class="room" width="100" height="10"></rect><rect class="share" width=${100 * probs[k]!} height="10"></rect>`}
          </svg>
          <b class="number">${decimals(probs[k]!, 2)}</b></span
        >`,
    )}
    <figcaption>
      ${isUntrained ? 'The new head is not trained yet: its numbers are random. ' : ''}A class’s score is its row of the
      new head times the vector above it, cell by cell, added up; the softmax makes them probabilities.
      ${weights.length > MOST_ROWS ? `${weights.length - MOST_ROWS} more classes have a row each. ` : ''}The blocks below
      the heads stay.
    </figcaption>
  </figure>`;
}

function renderOld({vocabSize, tokens}: NextTokens, C: number): TemplateResult {
  return html`<span class="what">old head, removed</span>
    <div class="old block">
      <span><span class="number">${whole(vocabSize)} × ${C}</span>: a row for each token of the vocabulary</span>
    </div>
    <span class="result"
      >its likeliest next tokens: ${tokens.map(({token, p}) => html`<span><code>${visibleToken(token)}</code> ${decimals(p, 2)}</span> `)}</span
    >`;
}
