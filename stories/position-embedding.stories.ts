import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {expect, waitFor} from 'storybook/test';
import '../src/elements/gpt-model/gpt-model.js';
import type {GptModel} from '../src/elements/gpt-model/gpt-model.js';
import {
  exampleVectors,
  PositionEmbeddingHarness,
} from '../src/elements/position-embedding/position-embedding.harness.js';
import '../src/elements/position-embedding/position-embedding.js';
import type {PositionEmbedding} from '../src/elements/position-embedding/position-embedding.js';

const meta: Meta<PositionEmbedding> = {
  title: 'Elements/position-embedding',
  component: 'position-embedding',
  args: {...exampleVectors(), view: 'sum'},
  argTypes: {view: {control: 'inline-radio', options: ['sum', 'positions', 'order']}},
  render: (args) => html`<position-embedding
    .positionVectors=${args.positionVectors}
    .tokenVectors=${args.tokenVectors}
    .tokens=${args.tokens}
    view=${args.view}
    text=${ifDefined(args.text)}
    ?without-controls=${args.withoutControls}
    ?without-text-input=${args.withoutTextInput}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
  ></position-embedding>`,
};
export default meta;
type Story = StoryObj<PositionEmbedding>;

const harnessIn = (canvasElement: HTMLElement) =>
  new PositionEmbeddingHarness(canvasElement.querySelector('position-embedding')!);

async function shown(canvasElement: HTMLElement): Promise<PositionEmbeddingHarness> {
  const harness = harnessIn(canvasElement);
  await harness.drawn();
  return harness;
}

/** Shows vectors given by the page and their sum. No model is loaded. */
export const GivenVectors: Story = {
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.readout).toContain('the same token vector, but two different sums');
    await harness.keys('token-rows', 'ArrowRight');
    await harness.keys('token-rows', 'ArrowRight');
    await expect(harness.spoken('sum-rows')).toContain('Mia at position 0, number 2 of 16');
  },
};

/** Compares 64 learned positions with the sine waves of the original transformer. */
export const LearnedAgainstSinusoidal: Story = {
  args: {
    ...exampleVectors(
      Array.from({length: 64}, (_, i) => `t${i}`),
      48,
    ),
    view: 'positions',
  },
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.readout).toContain('sinusoidal 0.96 and 0.49');
  },
};

export const Narrow: Story = {
  decorators: [(story) => html`<div style="width: 336px">${story()}</div>`],
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.element.scrollWidth).toBeLessThanOrEqual(336);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  args: {view: 'positions'},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.views.length).toBe(2);
  },
};

/** Shows only the drawing, for a figure in running text. */
export const FigureOnly: Story = {
  args: {withoutControls: true, withoutTextInput: true, withoutLead: true, withoutFooter: true},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.views.length).toBe(0);
  },
};

/** Explains what is wrong when the vectors have different shapes. */
export const WrongData: Story = {
  args: {tokenVectors: [[1, 2]], tokens: []},
  play: async ({canvasElement}) => {
    await waitFor(() => expect(harnessIn(canvasElement).text).toContain('as many rows'));
  },
};

/** Compares two texts that differ only in order, with and without position embeddings. */
export const WhyOrderMatters: Story = {
  render: () => html`
    <gpt-model
      .text=${'the man chased the dog. the dog saw the man. '.repeat(20)}
      config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 32}'
      backend="wasm"
    >
      <position-embedding view="order"></position-embedding>
    </gpt-model>
  `,
  play: async ({canvasElement}) => {
    const model = canvasElement.querySelector<GptModel>('gpt-model')!;
    const harness = harnessIn(canvasElement);
    await model.ready;
    await waitFor(() => expect(harness.outcomes.length).toBe(2));
    await model.train({
      steps: 20,
      batchSize: 4,
      learningRate: 1e-2,
      warmupSteps: 0,
      evalInterval: 0,
      sampleInterval: 0,
      saveInterval: 0,
    });
    await waitFor(() => expect(harness.text).toContain('step 20'), {timeout: 20_000});
    await expect(harness.streams[1]![2]).toBe('equal');
    await expect(harness.text).toContain('leaks through');
    await harness.type('A', 'the man chased the do');
    await waitFor(() => expect(harness.readout).toContain('The two texts have different tokens'));
  },
};
