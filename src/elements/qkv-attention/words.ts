/** What each step does, in words. */
import {html, type TemplateResult} from 'lit';

export const STEPS = ['Project', 'Compare', 'Softmax', 'Mix', 'All at once', 'Why √D?'] as const;

export const ROLES = ['query', 'key', 'value'] as const;
export type Role = (typeof ROLES)[number];

/** The steps that follow one token, with its name. */
export const EXPLANATIONS: readonly ((asks: string, width: number) => TemplateResult)[] = [
  () =>
    html`<b>Project.</b> As in a library: a <b class="query">query</b> says what is looked for, a <b class="key">key</b> is the label on a
      book’s back, and a <b class="value">value</b> is what the book says. Every token has all three: its vector x times three
      matrices that are learned.`,
  (asks, width) =>
    html`<b>Compare.</b> The query of <b class="query">${asks}</b> times the <b class="key">key</b> of each token. The products are
      divided by √${width}, the root of the head’s width, so that they stay moderate.`,
  (asks) =>
    html`<b>Softmax.</b> It turns the scores into shares. What comes after <b class="query">${asks}</b> is masked: the model must
      not see what it predicts.`,
  (asks) =>
    html`<b>Mix.</b> The <b class="value">values</b>, each in its share, added up: what this head has found out for
      <b class="query">${asks}</b>.`,
  () =>
    html`<b>All at once.</b> Every token asks at the same time: the rows of these matrices are what you have followed for one.`,
];
