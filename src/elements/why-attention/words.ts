/** What the drawings say, in sentences. */
import {html, type TemplateResult} from 'lit';
import {decimals, number, visibleToken} from '../../ui/base/format.js';
import {headName} from './heads-view.js';
import type {AllHeads, LookBack} from './look-back.js';

const REASONS: Record<NonNullable<LookBack['kind']>, string> = {
  pronoun: 'the hero’s name, and each pronoun since, settles “she” or “he”',
  name: 'only a name of this tale fits',
  thing: 'only this tale’s thing fits',
};

/** Two significant digits: “0.031”, “3.1 × 10⁻⁴”. */
export const rough = (value: number): string => number(value, 2);

const tokens = (count: number): string => (count === 1 ? '1 token' : `${count} tokens`);

/** “·Mia”, or “·Mia, ·Tom or ·Mia” for those who hear it: each word once. */
export function targetOf({tokens: texts}: AllHeads, {mentions}: LookBack): string {
  const words = [...new Set(mentions.map(({key}) => visibleToken(texts[key]!)))];
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words[0]!;
}

export function lookBackReading(all: AllHeads, one: LookBack): TemplateResult {
  const {kind, query, word, main, shares, best, even, mentions} = one;
  const [asks, guessed, meant] = [query, word, main.key].map((index) => visibleToken(all.tokens[index]!));
  return html`To guess <b>${guessed}</b> the model has to look back${kind ? `: ${REASONS[kind]}` : ''}. It guesses from the place before,
    <b class="query">${asks}</b>. From there <b class="key">${meant}</b> is <b>${tokens(main.distance)}</b> back. The head that looks there
    most, ${headName(best, all.heads)}, spends <b>${decimals(shares[best]!, 2)}</b> of its attention on
    ${mentions.length > 1 ? `the ${mentions.length} mentions together, ${decimals(main.share, 2)} of it on this one` : 'it'}; an even spread would
    give ${decimals(even, 2)}.`;
}

export function bottleneckReading(
  felt: Float64Array,
  chosen: LookBack | undefined,
  {tokens: texts}: AllHeads,
): TemplateResult {
  const last = felt.length - 1;
  const at = Math.min(chosen?.main.distance ?? last, last);
  const share = felt[at]!;
  const rate =
    at > 0
      ? html`: × ${rough(share ** (1 / at))} a step on average, ${at === 1 ? 'once' : `${at} times over`}`
      : '';
  const feels = html`the recurrent network feels <b>${rough(share)}</b> of what it feels of the newest one${rate}.`;
  if (!chosen) return html`Of a token ${tokens(at)} back ${feels}`;
  return html`<b class="key">${visibleToken(texts[chosen.main.key]!)}</b> is ${tokens(at)} back. Of a token so far away ${feels}
    Attention reaches it in one step, and the best head gives it a share of <b>${decimals(chosen.main.share, 2)}</b>.`;
}

/** Vanishing, lasting or exploding, by what is felt at the far end. @param width C of the state */
export function fateOf(felt: Float64Array, width: number): string {
  const last = felt.at(-1)!;
  if (last < 0.01) return 'What came first has all but vanished.';
  if (last < 0.3) return 'What came first fades.';
  return last > 3
    ? 'What came first is felt more than what came last: this is how gradients explode. Only tanh holds it back, where it saturates.'
    : `Little is lost over so short a text; but to feel all tokens alike is not to tell them apart: they are mixed in the same ${width} numbers.`;
}

/** Chart in words, for those who do not see it. */
export function sharesInWords(all: readonly LookBack[], heads: number): string {
  if (!all.length) return 'Share of attention against distance: no word of this text looks back.';
  return `Share of attention against distance, for each word the best head of ${heads}: ${all
    .map(({main}) => `${tokens(main.distance)} back ${decimals(main.share, 2)}`)
    .join('; ')}.`;
}

export function feltInWords(felt: Float64Array | undefined): string {
  if (!felt) return 'What a recurrent network feels of earlier tokens: being computed.';
  const some = [1, 5, 10, 20, 40].filter((d) => d < felt.length);
  return `What a recurrent network feels of a token, beside the newest one: ${some
    .map((d) => `${tokens(d)} back ${rough(felt[d]!)}`)
    .join('; ')}.`;
}
