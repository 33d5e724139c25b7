/** How the highlighted number came about, in three short lines. */
import {html, nothing, type TemplateResult} from 'lit';
import type {Attention} from '../../math/attention.js';
import {decimals} from '../../ui/base/format.js';
import type {ProductCell} from '../../ui/views/matrix-product/product-view.js';
import type {Terms} from '../../viz/matrix-product/terms.js';

const two = (value: number): string => decimals(value, 2);
const factor = (value: number): string => (value < 0 ? `(${two(value)})` : two(value));

/** “0.12 × 0.34 + … = 0.78”, or all of its terms. */
export function sumInWords({left, right, sum}: Terms, most = 1): string {
  const terms = left.slice(0, most).map((value, i) => `${two(value)} × ${factor(right[i]!)}`);
  return `${terms.join(' + ')}${left.length > most ? ' + …' : ''} = ${two(sum)}`;
}

export interface ArithmeticInput {
  cell: ProductCell | undefined;
  terms: Terms | undefined;
  tokens: readonly string[];
  attention: Attention;
  /** √D, or 1 where the division is left out. */
  root: number;
  width: number;
  /** What the projection adds. */
  bias?: number;
  spoken: string;
}

export function renderArithmetic({
  cell,
  terms,
  tokens,
  attention,
  root,
  width,
  bias,
  spoken,
}: ArithmeticInput): TemplateResult {
  if (!cell) return html``;
  const {block, row, column} = cell;
  const lines = (title: unknown, ...rest: unknown[]): TemplateResult =>
    html`<p>${title}</p>
      ${rest.map((line) => (line ? html`<p class="terms">${line}</p>` : nothing))}`;
  if (block === 'weights')
    return lines(
      html`share of <b>${tokens[column]}</b> in the row of <b class="query">${tokens[row]}</b>`,
      html`e<sup>${two(attention.scores[row]![column]!)}</sup> ÷ (sum of the row’s e<sup>score</sup>)`,
      html`= <b>${two(attention.weights[row]![column]!)}</b>`,
    );
  if (!terms) return lines(spoken);
  if (block === 'scores')
    return lines(
      html`<b class="query">${tokens[row]}</b> · <b class="key">${tokens[column]}</b>`,
      sumInWords(terms),
      root === 1 ? nothing : html`÷ √${width} = <b>${two(terms.sum / root)}</b>`,
    );
  return lines(
    html`${block === 'context' ? 'context' : {q: 'query', k: 'key', v: 'value'}[block]} of <b class="query">${tokens[row]}</b>, number ${column + 1}`,
    sumInWords(terms),
    bias === undefined ? nothing : html`+ bias ${two(bias)} = <b>${two(terms.sum + bias)}</b>`,
  );
}
