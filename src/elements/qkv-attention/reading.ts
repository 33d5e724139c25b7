import {html, nothing, type TemplateResult} from 'lit';
import {columns, flatten} from '../../math/attention.js';
import {largestDifference} from '../../math/differences.js';
import {number, percent} from '../../ui/base/format.js';
import {indexOfLargest} from '../../ui/views/matrix-product/attention-board.js';
import type {ProductCell} from '../../viz/matrix-product/scene.js';
import type {Shown} from './shown.js';
import {tellsShares} from './steps.js';

export interface ReadingView {
  step: number;
  /** Whether the reader is to predict the shares first. */
  hidden: boolean;
  pointed: ProductCell | undefined;
  /** Which head of the layer it is. */
  headIndex: number;
  /** Whether the page has given the weights: no model computed anything from them. */
  isGiven: boolean;
}

/** The line below the drawing: what is pointed at, or who gets most. */
export function renderReading(shown: Shown, view: ReadingView): TemplateResult | string {
  const {tokens, attention, query} = shown;
  const {step, hidden, pointed} = view;
  if (pointed?.block === 'scores' || pointed?.block === 'weights') return renderPair(shown, view, pointed);
  if (hidden || !tellsShares(step))
    return 'Each number of a product is a row times a column, added up. Point at another one, or move with the arrow keys.';
  const row = attention.weights[query]!;
  const best = indexOfLargest(row);
  return html`<b>${tokens[query]}</b> takes most from <b>${tokens[best]}</b>: ${percent(row[best]!)}.${renderAgreement(shown, view)}`;
}

/** A score, and the weight that the softmax made of it. */
function renderPair(
  {tokens, attention: {scores, weights}, width, unscaled}: Shown,
  {step, hidden}: ReadingView,
  {row: i, column: j}: ProductCell,
): TemplateResult | string {
  if (j > i) return `${tokens[j]} comes after ${tokens[i]}: masked, its weight is 0.`;
  const score = scores[i]![j]!;
  const product = unscaled
    ? `q · k = ${number(score)}`
    : `q · k = ${number(score * Math.sqrt(width))}, divided by √${width}: ${number(score)}`;
  const share = tellsShares(step) && !hidden ? `; weight ${percent(weights[i]![j]!)}` : '';
  return html`<b>${tokens[i]} asks, ${tokens[j]} answers</b>: ${product}${share}`;
}

/** How far what is computed here lies from what the model itself computed. */
function renderAgreement(
  {layer, head, attention: {weights, context}, width, unscaled}: Shown,
  {isGiven, headIndex}: ReadingView,
): TemplateResult | typeof nothing {
  if (isGiven || unscaled) return nothing;
  const part = columns(layer.context, headIndex * width, (headIndex + 1) * width);
  return html` <span class="note">The model’s own kernels differ from these numbers by at most
            ${largestDifference(flatten(head.weights), flatten(weights)).toExponential(0)} in the weights and
            ${largestDifference(flatten(part), flatten(context)).toExponential(0)} in the context.</span>`;
}
