/** What each step shows, in words. */
import {html, type TemplateResult} from 'lit';

/** In the order of the computation. */
export const STEPS = ['Compare', 'Softmax', 'Mix', 'All rows'] as const;

/** With the name of the token that asks, the one that it takes the most from, and how much. */
export const EXPLANATIONS: readonly ((asks: string, most: string, weight: string) => TemplateResult)[] = [
  (asks) =>
    html`<b>Compare.</b> The vector of <b class="query">${asks}</b> times the vector of each token, number by number, added up: the
      dot product. It is large where both point the same way.`,
  (asks) =>
    html`<b>Softmax.</b> e to the power of each score, divided by their sum. Now all are above 0 and add up to 1: they are the
      attention weights of <b class="query">${asks}</b>.`,
  (asks, most, weight) =>
    html`<b>Mix.</b> Each vector times its weight, all added up: the context vector of <b class="query">${asks}</b>. The largest
      weight, ${weight}, is that of <b class="key">${most}</b>.`,
  () => html`<b>All rows.</b> Each row does what you have just followed: two matrix products and a softmax.`,
];
