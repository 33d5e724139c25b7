import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect, waitFor} from 'storybook/test';
import '../src/elements/gpt-model/gpt-model.js';
import {QkvAttentionHarness} from '../src/elements/qkv-attention/qkv-attention.harness.js';
import '../src/elements/qkv-attention/qkv-attention.js';
import type {QkvAttention} from '../src/elements/qkv-attention/qkv-attention.js';
import {key, normals} from '../src/math/rng.js';

const TOKENS = ['Mia', ' held', ' her', ' red', ' kite'];
const C = 12;
const matrix = (rows: number, seed: number, spread: number): number[][] =>
  Array.from({length: rows}, (_, i) => [...normals(C, 0, spread, key(seed, i))]);
const WEIGHTS = {
  x: matrix(TOKENS.length, 1, 1),
  wq: matrix(C, 2, 0.5),
  wk: matrix(C, 3, 0.5),
  wv: matrix(C, 4, 0.5),
  heads: 2,
};

const meta: Meta<QkvAttention> = {
  title: 'Elements/qkv-attention',
  component: 'qkv-attention',
  args: {weights: WEIGHTS, tokens: TOKENS, step: 1},
  render: (args) => html`<qkv-attention
    .weights=${args.weights}
    .tokens=${args.tokens}
    .step=${args.step}
    .query=${args.query}
    .dimension=${args.dimension ?? 64}
    ?exercise=${args.exercise}
    ?unscaled=${args.unscaled}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
    ?without-controls=${args.withoutControls}
  ></qkv-attention>`,
};
export default meta;
type Story = StoryObj<QkvAttention>;

const harnessOf = (canvasElement: HTMLElement) =>
  new QkvAttentionHarness(canvasElement.querySelector('qkv-attention')!);

/** Opens on one token: its query over the keys, their matches, and the weights that follow. */
export const AtAGlance: Story = {
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await expect(await harness.alongGlance('Home')).toContain('Mia: match');
    await expect(harness.readout).toContain('·kite asks, Mia answers');
  },
};

/** Shows the three projections of each token: query, key and value. */
export const Project: Story = {
  args: {step: 2},
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await expect(harness.blocks.slice(0, 3)).toEqual([
      'x [T, C] = [5, 12]',
      'Wq [C, D] = [12, 6]',
      'queries q [T, D] = [5, 6]',
    ]);
    await harness.press('value');
    await harness.keys('v', 'Home', 'ArrowRight');
    await expect(harness.spoken('v')).toContain(': value, number 2');
  },
};

/** Follows one token from its scores to its context vector. */
export const OneToken: Story = {
  args: {step: 5, query: 2},
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await expect(harness.numbers('weights').flat().slice(3)).toEqual(['masked', 'masked']);
    await expect(harness.readout).toContain('·her takes most from');
  },
};

export const AllAtOnce: Story = {
  args: {step: 6},
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await expect(harness.numbers('weights')[0]![0]).toBe('1.00');
    await harness.hover('weights', 3, 1);
    await expect(harness.readout).toContain('·red asks, ·held answers');
  },
};

/** Shows a wide head without scaling: one key gets nearly all the weight, and gradients vanish. */
export const WhyRoot: Story = {
  args: {step: 7, dimension: 512},
  play: async ({canvasElement}) => {
    await expect(harnessOf(canvasElement).sides).toHaveLength(2);
  },
};

export const Exercise: Story = {
  args: {exercise: true, step: 3},
  play: async ({canvasElement}) => {
    await expect(harnessOf(canvasElement).button('4 Softmax')).toBeDisabled();
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  args: {step: 6},
  play: async ({canvasElement}) => {
    await expect(harnessOf(canvasElement).numbers('weights')).toHaveLength(5);
  },
};

/** Recomputes a layer of a model in the page from its weights. */
export const LiveModel: Story = {
  render: () => html`
    <gpt-model
      .text=${'one two three four five six seven eight nine ten. '.repeat(20)}
      config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 16}'
      backend="wasm"
    >
      <qkv-attention text="two" step="4"></qkv-attention>
    </gpt-model>
  `,
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await waitFor(() => expect(harness.tokens).toEqual(['t', 'w', 'o']));
    await expect(harness.readout).toContain('own kernels differ from these numbers by at most');
  },
};
