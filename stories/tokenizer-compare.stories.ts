import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {expect} from 'storybook/test';
import {TokenizerCompareHarness} from '../src/elements/tokenizer-compare/tokenizer-compare.harness.js';
import '../src/elements/tokenizer-compare/tokenizer-compare.js';
import type {TokenizerCompare} from '../src/elements/tokenizer-compare/tokenizer-compare.js';

const meta: Meta<TokenizerCompare> = {
  title: 'Elements/tokenizer-compare',
  component: 'tokenizer-compare',
  args: {tokenizers: 'char word bpe gpt2', merges: 300},
  render: (args) => html`<tokenizer-compare
    text=${ifDefined(args.text)}
    tokenizers=${args.tokenizers}
    merges=${args.merges}
    ?without-controls=${args.withoutControls}
    ?without-race=${args.withoutRace}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
  ></tokenizer-compare>`,
};
export default meta;
type Story = StoryObj<TokenizerCompare>;

async function ready(canvasElement: HTMLElement): Promise<TokenizerCompareHarness> {
  const harness = new TokenizerCompareHarness(canvasElement.querySelector('tokenizer-compare')!);
  await harness.drawn();
  return harness;
}

/** Splits the same text with four tokenizers. */
export const SideBySide: Story = {
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await harness.type('Text', 'Mia saw a kite.');
    await expect(harness.counts.characters!.tokens).toBe('15');
    await expect(harness.counts.gpt2!.tokens).toBe('7');
  },
};

/** Compares OpenAI's three vocabularies, each about twice as large as the one before. */
export const Generations: Story = {
  args: {tokenizers: 'gpt2 cl100k_base o200k_base', text: '하늘이 맑아요. The sky is clear. Небо ясное.'},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    const tokens = Object.values(harness.counts).map((row) => Number(row.tokens));
    await expect(tokens[2]).toBeLessThan(tokens[0]!);
  },
};

/** Shows that a word vocabulary loses unknown words, while bytes are never unknown. */
export const OutOfVocabulary: Story = {
  args: {tokenizers: 'word bpe', text: 'Mia untangled a zeppelin.'},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.counts.words!.back).toContain('<|unk|>');
    await expect(harness.counts['own BPE']!.back).toBe('yes');
  },
};

/** Shows only the rows, for a figure in running text. */
export const RowsOnly: Story = {
  args: {
    tokenizers: 'char gpt2',
    withoutControls: true,
    withoutRace: true,
    withoutLead: true,
    withoutFooter: true,
  },
  play: async ({canvasElement}) => {
    await ready(canvasElement);
  },
};

export const Narrow: Story = {
  decorators: [(story) => html`<div style="width: 320px">${story()}</div>`],
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.element.scrollWidth).toBeLessThanOrEqual(320);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    await ready(canvasElement);
  },
};
