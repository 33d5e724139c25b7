import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect, waitFor} from 'storybook/test';
import {CausalMaskHarness} from '../src/elements/causal-mask/causal-mask.harness.js';
import '../src/elements/causal-mask/causal-mask.js';
import type {CausalMask} from '../src/elements/causal-mask/causal-mask.js';
import '../src/elements/gpt-model/gpt-model.js';
import {key, normals} from '../src/math/rng.js';

const TOKENS = ['Mia', ' held', ' her', ' red', ' kite'];
const C = 8;
const matrix = (rows: number, seed: number, spread: number): number[][] =>
  Array.from({length: rows}, (_, i) => [...normals(C, 0, spread, key(seed, i))]);

const meta: Meta<CausalMask> = {
  title: 'Elements/causal-mask',
  component: 'causal-mask',
  args: {
    weights: {
      x: matrix(TOKENS.length, 1, 1),
      wq: matrix(C, 2, 0.4),
      wk: matrix(C, 3, 0.4),
      wv: matrix(C, 4, 0.4),
    },
    tokens: TOKENS,
    way: 'before',
    withoutExperiment: true,
  },
  render: (args) => html`<causal-mask
    .weights=${args.weights}
    .tokens=${args.tokens}
    way=${args.way}
    ?without-experiment=${args.withoutExperiment}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
  ></causal-mask>`,
};
export default meta;
type Story = StoryObj<CausalMask>;

const harnessOf = (canvasElement: HTMLElement) =>
  new CausalMaskHarness(canvasElement.querySelector('causal-mask')!);

/** Sets the scores of future tokens to −∞, so that their softmax is 0. */
export const BeforeTheSoftmax: Story = {
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await expect(harness.numbers('3. softmax')[0]).toEqual(['1.00', 'masked', 'masked', 'masked', 'masked']);
    await harness.keys('1. scores', 'ArrowDown', 'ArrowRight', 'ArrowRight');
    await expect(harness.readouts[0]).toContain('comes after');
  },
};

/** Computes the same weights by masking after the softmax. */
export const AfterTheSoftmax: Story = {
  args: {way: 'after'},
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    const after = harness.numbers('3. each row');
    await harness.press('Mask the scores');
    await expect(harness.numbers('3. softmax')).toEqual(after);
  },
};

/** Trains two models, one of which can see the answer. The story runs a few steps; the default is two hundred. */
export const TheLeak: Story = {
  render: () => html`
    <gpt-model
      .text=${'One day a cat sat. One day a dog ran. '.repeat(20)}
      config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 8}'
      backend="wasm"
    >
      <causal-mask text="One day" steps="8"></causal-mask>
    </gpt-model>
  `,
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await waitFor(() => expect(harness.hasButton('Train both')).toBe(true));
    await harness.press('Train both');
    await waitFor(() => expect(harness.hasButton('Train both again')).toBe(true));
    await expect(harness.curves).toMatch(/masked [\d.]+ after 8 steps; unmasked [\d.]+ after 8 steps/);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    await expect(harnessOf(canvasElement).captions).toHaveLength(3);
  },
};
