import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {expect} from 'storybook/test';
import {BpeTokenizerHarness} from '../src/elements/bpe-tokenizer/bpe-tokenizer.harness.js';
import '../src/elements/bpe-tokenizer/bpe-tokenizer.js';
import type {BpeTokenizer} from '../src/elements/bpe-tokenizer/bpe-tokenizer.js';
import '../src/elements/gpt-model/gpt-model.js';

const meta: Meta<BpeTokenizer> = {
  title: 'Elements/bpe-tokenizer',
  component: 'bpe-tokenizer',
  args: {encoding: 'gpt2', allowSpecial: false},
  argTypes: {
    encoding: {control: 'select', options: ['gpt2', 'cl100k_base', 'o200k_base', 'char', 'model']},
  },
  render: (args) => html`<bpe-tokenizer
    text=${ifDefined(args.text)}
    encoding=${args.encoding}
    cursor=${ifDefined(args.cursor)}
    step=${ifDefined(args.step)}
    ?allow-special=${args.allowSpecial}
    ?without-input=${args.withoutInput}
    ?without-controls=${args.withoutControls}
    ?without-ids=${args.withoutIds}
    ?without-merges=${args.withoutMerges}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
  ></bpe-tokenizer>`,
};
export default meta;
type Story = StoryObj<BpeTokenizer>;

async function ready(canvasElement: HTMLElement): Promise<BpeTokenizerHarness> {
  const harness = new BpeTokenizerHarness(canvasElement.querySelector('bpe-tokenizer')!);
  await harness.drawn();
  return harness;
}

/** Splits a text into tokens while you type. */
export const Typing: Story = {
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await harness.type('Text', 'Hello, I am');
    await expect(harness.ids).toEqual([15496, 11, 314, 716]);
  },
};

/** Stops halfway through the merges of a word; each step joins two parts. */
export const Merging: Story = {
  args: {text: 'An untokenizable word', cursor: 5, step: 4},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    const before = harness.merges.parts.length;
    await harness.press('Forward');
    await expect(harness.merges.parts).toHaveLength(before - 1);
    await harness.press('Back');
    await expect(harness.merges.parts).toHaveLength(before);
  },
};

/** Encodes `<|endoftext|>` as seven ordinary tokens or as one special token. */
export const SpecialTokens: Story = {
  args: {text: 'The end.<|endoftext|>Another document.'},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.ids).not.toContain(50256);
    await harness.check(true);
    await expect(harness.ids).toContain(50256);
  },
};

/** Uses the tokenizer of the page's model: here one token per character. */
export const OfTheModel: Story = {
  render:
    () => html`<gpt-model backend="cpu" config='{"emb_dim": 16, "n_heads": 2, "n_layers": 1, "context_length": 16}'>
    <bpe-tokenizer text="Mia saw a kite."></bpe-tokenizer>
  </gpt-model>`,
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.tokens).toHaveLength(15);
    await harness.type('Text', '€');
    await expect(harness.error).toContain('“€” does not occur');
  },
};

/** Treats markup and control characters like any other text. */
export const Hostile: Story = {
  args: {text: '<img src=x onerror=alert(1)>\u0000\u001b[31m \u202eright to left'},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.element.renderRoot.querySelector('img')).toBeNull();
    await expect(harness.tokens.join('')).toContain('␀');
  },
};

/** Encodes two megabytes of text and draws the first thousand tokens. */
export const LongText: Story = {
  render: () =>
    html`<bpe-tokenizer encoding="gpt2" .text=${'Once upon a time there was a kite. '.repeat(60_000)}></bpe-tokenizer>`,
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.chips).toHaveLength(1000);
    await expect(harness.counts.characters).toBe('2,100,000');
  },
};

/** Shows only the tokens, for a figure in running text. */
export const TokensOnly: Story = {
  args: {
    text: 'Tokens are not words.',
    withoutInput: true,
    withoutControls: true,
    withoutMerges: true,
    withoutLead: true,
    withoutFooter: true,
  },
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.tokens).toEqual(['Tokens', '·are', '·not', '·words', '.']);
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
    const harness = await ready(canvasElement);
    await harness.pressStep(2);
    await expect(harness.merges.words).toContain('Merged');
  },
};
