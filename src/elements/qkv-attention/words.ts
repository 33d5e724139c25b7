/** What each step shows, in words. */
import {html, type TemplateResult} from 'lit';

export const STEPS = [
  'At a glance',
  'Project',
  'Compare',
  'Softmax',
  'Mix',
  'All at once',
  'Why √D?',
] as const;

export const ROLES = ['query', 'key', 'value'] as const;
export type Role = (typeof ROLES)[number];
/** The projections, in the order of their roles. */
export const PARTS = ['q', 'k', 'v'] as const;

/** The steps that follow one token, with its name. */
export const EXPLANATIONS: readonly ((asks: string, width: number) => TemplateResult)[] = [
  (asks) =>
    html`<b>At a glance.</b> <b class="query">${asks}</b> asks with a <b class="query">query</b>, and every token answers with a
      <b class="key">key</b>. The better the two match, the larger the weight of that token’s <b class="value">value</b>
      in what <b class="query">${asks}</b> gets.`,
  () =>
    html`<b>Project.</b> Every token is multiplied by three learned matrices. Its <b class="query">query</b> says what it looks
      for, its <b class="key">key</b> what it can be found by, its <b class="value">value</b> what it passes on.`,
  (asks, width) =>
    html`<b>Compare.</b> The query of <b class="query">${asks}</b> meets the <b class="key">key</b> of each token. Where the two
      match, the score is high. Dividing by √${width} keeps scores moderate.`,
  (asks) =>
    html`<b>Softmax.</b> It turns the scores of <b class="query">${asks}</b> into weights that add up to 1. Later tokens are masked: the model
      must not see what it predicts.`,
  (asks) =>
    html`<b>Mix.</b> Each <b class="value">value</b> times its weight, added up: that is what this head tells
      <b class="query">${asks}</b>.`,
  () => html`<b>All at once.</b> Every token asks at the same time, one row each.`,
  () =>
    html`<b>Why √D?</b> A dot product adds D products: with more of them, the scores spread farther apart, and the softmax
      gives nearly everything to one key. Its slope is then almost 0, and little is learned. Here a random query meets random keys.`,
];
