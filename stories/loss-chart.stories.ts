import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {expect, waitFor} from 'storybook/test';
import '../src/elements/gpt-model/gpt-model.js';
import type {GptModel} from '../src/elements/gpt-model/gpt-model.js';
import {exampleHistory, LossChartHarness} from '../src/elements/loss-chart/loss-chart.harness.js';
import '../src/elements/loss-chart/loss-chart.js';
import type {LossChart} from '../src/elements/loss-chart/loss-chart.js';

const meta: Meta<LossChart> = {
  title: 'Elements/loss-chart',
  component: 'loss-chart',
  args: {
    history: exampleHistory(),
    floor: 0.85,
    vocabSize: 40,
    x: 'steps',
    y: 'loss',
    smoothing: 0.8,
    pins: [],
  },
  argTypes: {
    x: {control: 'inline-radio', options: ['steps', 'tokens']},
    y: {control: 'inline-radio', options: ['loss', 'perplexity']},
    smoothing: {control: {type: 'range', min: 0, max: 0.99, step: 0.01}},
  },
  render: (args) => html`<loss-chart
    .history=${args.history}
    floor=${ifDefined(args.floor)}
    vocab-size=${ifDefined(args.vocabSize)}
    x=${args.x}
    y=${args.y}
    .smoothing=${args.smoothing}
    .pins=${args.pins}
    ?without-controls=${args.withoutControls}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
  ></loss-chart>`,
};
export default meta;
type Story = StoryObj<LossChart>;

const harnessIn = (canvasElement: HTMLElement) =>
  new LossChartHarness(canvasElement.querySelector('loss-chart')!);

/** Shows a synthetic curve given by the page. */
export const GivenHistory: Story = {
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await expect(harness.notable).toContain('of the way from guessing to the floor');
    await harness.point(0.5);
    await expect(harness.reading).toContain('loss of this batch');
  },
};

export const OverFitting: Story = {
  args: {history: exampleHistory({overfit: true})},
  play: async ({canvasElement}) => {
    await expect(harnessIn(canvasElement).notable).toContain('Overfitting');
  },
};

export const PerplexityAgainstTokens: Story = {
  args: {x: 'tokens', y: 'perplexity'},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.key('End');
    await expect(harness.spoken).toContain('perplexity of this batch');
  },
};

/** Pins a reading with a click or Enter. */
export const Pins: Story = {
  args: {pins: [100, 600]},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.key('End');
    await harness.key('Enter');
    await expect(harness.pins.length).toBe(3);
    await harness.removePin(2);
    await expect(harness.pins.length).toBe(2);
  },
};

export const NothingYet: Story = {
  args: {history: {steps: [], evals: []}},
  play: async ({canvasElement}) => {
    await expect(harnessIn(canvasElement).root.textContent).toContain('There is nothing to show yet.');
  },
};

export const Narrow: Story = {
  decorators: [(story) => html`<div style="width: 336px">${story()}</div>`],
  play: async ({canvasElement}) => {
    const {element} = harnessIn(canvasElement);
    await expect(element.scrollWidth).toBeLessThanOrEqual(336);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.key('PageDown');
    await expect(harness.spoken).toContain('validation');
  },
};

/** Follows a model in the page while it trains. */
export const LiveModel: Story = {
  render: () => html`
    <gpt-model
      .text=${'one two three four five six seven eight nine ten. '.repeat(20)}
      config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 16}'
      backend="wasm"
    >
      <loss-chart></loss-chart>
    </gpt-model>
  `,
  play: async ({canvasElement}) => {
    const model = canvasElement.querySelector<GptModel>('gpt-model')!;
    const harness = harnessIn(canvasElement);
    await model.train({
      steps: 40,
      batchSize: 4,
      learningRate: 1e-2,
      warmupSteps: 0,
      evalInterval: 10,
      sampleInterval: 0,
      saveInterval: 0,
    });
    await waitFor(() => expect(harness.notable).toContain('after 40 steps'));
    await expect(harness.rowTexts().length).toBeGreaterThan(2);
  },
};
