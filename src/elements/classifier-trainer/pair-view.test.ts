import {expect, fixture, html} from '@open-wc/testing';
import {words} from '../../ui/testing/words.js';
import {COLORS, type Theme} from '../../viz/theme.js';
import type {Attribution} from './attribution.js';
import {PAIR, renderPair} from './pair-view.js';

const theme = Object.fromEntries(COLORS.map((name) => [name, '#445566'])) as unknown as Theme;

const answer = (spam: number): Attribution => ({
  tokens: ['You'],
  probs: [1 - spam, spam],
  label: 1,
  effects: [0],
});

async function caption(spam: readonly number[]): Promise<string> {
  const gpt = spam.map(answer);
  const place = await fixture<HTMLElement>(
    html`<div>${renderPair({classes: ['ham', 'spam'], bag: undefined, gpt, theme})}</div>`,
  );
  return words(place.querySelector('figcaption')!);
}

describe('the pair of messages', () => {
  it('says that the GPT sees the order only where both its answers are right', async () => {
    const right = PAIR.map(({label}) => (label === 1 ? 0.9 : 0.1));
    expect(await caption(right)).to.include('The GPT does.');
    expect(await caption([0.5, 0.52])).to.include('The GPT does not get both right yet.');
  });
});
