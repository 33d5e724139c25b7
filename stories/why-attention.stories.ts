import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect, waitFor} from 'storybook/test';
import '../src/elements/gpt-model/gpt-model.js';
import {WhyAttentionHarness} from '../src/elements/why-attention/why-attention.harness.js';
import '../src/elements/why-attention/why-attention.js';
import type {WhyAttention} from '../src/elements/why-attention/why-attention.js';

const TOKENS = ['Mia', ' saw', ' a', ' red', ' kite', '.', ' She', ' hid', ' the', ' kite', '.'];

/** Returns a head that gives `share` of the attention of some positions to one token, and spreads the rest evenly. */
const head = (looks: Record<number, number> = {}, share = 0.8): number[][] =>
  TOKENS.map((_, query) =>
    TOKENS.map((_, key) => {
      if (key > query) return 0;
      if (!(query in looks)) return 1 / (query + 1);
      return looks[query] === key ? share : (1 - share) / query;
    }),
  );

const meta: Meta<WhyAttention> = {
  title: 'Elements/why-attention',
  component: 'why-attention',
  args: {
    weights: [
      [head(), head({8: 4}, 0.9)],
      [head({5: 0}, 0.7), head()],
    ],
    tokens: TOKENS,
    radius: 0.8,
    seed: 1,
  },
  render: (args) => html`<why-attention
    .weights=${args.weights}
    .tokens=${args.tokens}
    radius=${args.radius}
    seed=${args.seed}
    open=${args.open ?? ''}
    ?without-bottleneck=${args.withoutBottleneck}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
  ></why-attention>`,
};
export default meta;
type Story = StoryObj<WhyAttention>;

const harnessOf = (canvasElement: HTMLElement) =>
  new WhyAttentionHarness(canvasElement.querySelector('why-attention')!);

/** Shows a head that attends to “Mia” from the position before “ She”. The story makes up the weights; by default they are a model's. */
export const AWordLooksBack: Story = {
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await harness.choose(0);
    await expect(harness.mentions).toEqual(['Mia']);
    await expect(harness.best).toBe('layer 2, head 1');
    await harness.key('ArrowRight');
    await expect(harness.best).toBe('layer 1, head 2');
  },
};

/** Shows how early tokens vanish when the spectral radius is below 1. */
export const ItVanishes: Story = {
  args: {radius: 0.5, open: 'bottleneck'},
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await waitFor(() => expect(harness.readouts[1]).toContain('all but vanished'));
  },
};

/** Shows how the state grows until tanh saturates when the spectral radius is above 1. */
export const ItGrows: Story = {
  args: {radius: 1.5, open: 'bottleneck'},
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await waitFor(() => expect(harness.computed).toBe(true));
    await expect(harness.readouts[1]).not.toContain('vanished');
  },
};

/** Shows the model's current attention on a tale of its corpus. */
export const OfAModel: Story = {
  render: () => html`
    <gpt-model tokenizer="word" corpus="tiny-tales" backend="wasm" config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 64}'>
      <why-attention></why-attention>
    </gpt-model>
  `,
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await waitFor(() => expect(harness.looking.length).toBeGreaterThan(0));
    await expect(harness.heads).toHaveLength(5);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    await expect(harnessOf(canvasElement).looking).toEqual(['·She', '·kite']);
  },
};
