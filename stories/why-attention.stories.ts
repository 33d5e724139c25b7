import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect, waitFor} from 'storybook/test';
import '../src/elements/gpt-model/gpt-model.js';
import {WhyAttentionHarness} from '../src/elements/why-attention/why-attention.harness.js';
import '../src/elements/why-attention/why-attention.js';
import type {WhyAttention} from '../src/elements/why-attention/why-attention.js';

const TOKENS = ['Mia', ' saw', ' a', ' red', ' kite', '.', ' She', ' hid', ' the', ' kite', '.'];

/** A head that spends `share` of some places' attention on one token, and the rest evenly. */
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

/** From the place before “ She” one head looks at “Mia”. The weights are made up here; without them it is a model's. */
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

/** Below 1 what came early vanishes. */
export const ItVanishes: Story = {
  args: {radius: 0.5, open: 'bottleneck'},
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await waitFor(() => expect(harness.readouts[1]).toContain('all but vanished'));
  },
};

/** Above 1 it grows, until tanh holds it. */
export const ItGrows: Story = {
  args: {radius: 1.5, open: 'bottleneck'},
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await waitFor(() => expect(harness.computed).toBe(true));
    await expect(harness.readouts[1]).not.toContain('vanished');
  },
};

/** A tale of the model's corpus, and the attention that it has now. */
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
