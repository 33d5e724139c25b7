import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect} from 'storybook/test';
import {AttentionDropoutHarness} from '../src/elements/attention-dropout/attention-dropout.harness.js';
import '../src/elements/attention-dropout/attention-dropout.js';
import type {AttentionDropout} from '../src/elements/attention-dropout/attention-dropout.js';
import {key, normals} from '../src/math/rng.js';

const TOKENS = ['Mia', ' held', ' her', ' red', ' kite'];
const C = 8;
const matrix = (rows: number, seed: number, spread: number): number[][] =>
  Array.from({length: rows}, (_, i) => [...normals(C, 0, spread, key(seed, i))]);

const meta: Meta<AttentionDropout> = {
  title: 'Elements/attention-dropout',
  component: 'attention-dropout',
  args: {
    weights: {
      x: matrix(TOKENS.length, 1, 1),
      wq: matrix(C, 2, 0.4),
      wk: matrix(C, 3, 0.4),
      wv: matrix(C, 4, 0.4),
    },
    tokens: TOKENS,
    rate: 0.3,
    seed: 1,
    mode: 'training',
  },
  render: (args) => html`<attention-dropout
    .weights=${args.weights}
    .tokens=${args.tokens}
    .rate=${args.rate}
    .seed=${args.seed}
    mode=${args.mode}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
  ></attention-dropout>`,
};
export default meta;
type Story = StoryObj<AttentionDropout>;

const harnessOf = (canvasElement: HTMLElement) =>
  new AttentionDropoutHarness(canvasElement.querySelector('attention-dropout')!);

export const InTraining: Story = {
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    const before = harness.dropped('kept weights');
    await expect(before.flat()).toContain(true);
    await harness.press('Draw again');
    await expect(harness.dropped('kept weights')).not.toEqual(before);
  },
};

/** Dropout is off when the model generates. */
export const WhenItWrites: Story = {
  args: {mode: 'inference'},
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await expect(harness.numbers('all of them')).toEqual(harness.numbers('attention weights'));
  },
};

/** Shows why kept weights are scaled by 1/(1 − p). */
export const OnAverage: Story = {
  args: {rate: 0.5},
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await harness.average();
    await expect(Math.abs(Number(harness.numbers('mean of 200')[0]![0]) - 1)).toBeLessThan(0.2);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    await expect(harnessOf(canvasElement).numbers('attention weights')).toHaveLength(5);
  },
};
