import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect, waitFor} from 'storybook/test';
import '../src/elements/gpt-model/gpt-model.js';
import {MultiHeadAttentionHarness} from '../src/elements/multi-head-attention/multi-head-attention.harness.js';
import '../src/elements/multi-head-attention/multi-head-attention.js';
import type {MultiHeadAttention} from '../src/elements/multi-head-attention/multi-head-attention.js';
import {key, normals} from '../src/math/rng.js';

const TOKENS = ['Mia', ' held', ' her', ' red', ' kite'];
const C = 16;
const matrix = (rows: number, seed: number, spread: number): number[][] =>
  Array.from({length: rows}, (_, i) => [...normals(C, 0, spread, key(seed, i))]);

const meta: Meta<MultiHeadAttention> = {
  title: 'Elements/multi-head-attention',
  component: 'multi-head-attention',
  args: {
    weights: {
      x: matrix(TOKENS.length, 1, 1),
      wq: matrix(C, 2, 0.4),
      wk: matrix(C, 3, 0.4),
      wv: matrix(C, 4, 0.4),
      wo: matrix(C, 5, 0.3),
      heads: 4,
    },
    tokens: TOKENS,
    way: 'split',
  },
  render: (args) => html`<multi-head-attention
    .weights=${args.weights}
    .tokens=${args.tokens}
    way=${args.way}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
    ?without-ablation=${args.withoutAblation}
  ></multi-head-attention>`,
};
export default meta;
type Story = StoryObj<MultiHeadAttention>;

const harnessOf = (canvasElement: HTMLElement) =>
  new MultiHeadAttentionHarness(canvasElement.querySelector('multi-head-attention')!);

/** Splits one projection into four heads. */
export const Cut: Story = {
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await expect(harness.heads).toHaveLength(4);
    await harness.keys('context', 'Home', 'End');
    await expect(harness.spoken('context')).toContain('number 4 of head 4');
  },
};

/** Computes the same numbers with four separate heads. */
export const Stack: Story = {
  args: {way: 'stack'},
  play: async ({canvasElement}) => {
    await expect(harnessOf(canvasElement).text).toContain('matrices of its own, [16, 4]');
  },
};

/** Silences one head of a model. */
export const Silenced: Story = {
  render: () => html`
    <gpt-model
      .text=${'one two three four five six seven eight nine ten.\n'.repeat(20)}
      config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 16}'
      backend="wasm"
    >
      <multi-head-attention text="two three"></multi-head-attention>
    </gpt-model>
  `,
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await waitFor(() => expect(harness.next.length).toBeGreaterThan(0));
    await harness.silence(0);
    await waitFor(() => expect(harness.effect).toContain('Without head 1 of layer 1'));
    await harness.press('Measure every head');
    await waitFor(() => expect(harness.text).toContain('The model misses'));
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    await expect(harnessOf(canvasElement).heads).toHaveLength(4);
  },
};
