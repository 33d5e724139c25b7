import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect, waitFor} from 'storybook/test';
import '../src/elements/gpt-model/gpt-model.js';
import {WeightInspectorHarness} from '../src/elements/weight-inspector/weight-inspector.harness.js';
import '../src/elements/weight-inspector/weight-inspector.js';
import type {WeightInspector} from '../src/elements/weight-inspector/weight-inspector.js';

const meta: Meta<WeightInspector> = {
  title: 'Elements/weight-inspector',
  component: 'weight-inspector',
  args: {
    values: Array.from({length: 12}, (_, r) =>
      Array.from({length: 24}, (__, c) => Math.sin(r * 1.7) * Math.cos(c)),
    ),
  },
  render: ({values, withoutLead, withoutFooter}) => html`<weight-inspector
    .values=${values}
    ?without-lead=${withoutLead}
    ?without-footer=${withoutFooter}
  ></weight-inspector>`,
};
export default meta;
type Story = StoryObj<WeightInspector>;

const harnessIn = (canvasElement: HTMLElement) =>
  new WeightInspectorHarness(canvasElement.querySelector('weight-inspector')!);

/** Shows a matrix given by the page. No model is loaded. */
export const GivenNumbers: Story = {
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.drawn();
    await harness.keys(harness.drawing, 'End');
    await expect(harness.readout).toContain('Row 12, column 24');
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.drawn();
    await expect(harness.about).toContain('[12, 24]');
  },
};

/** Shows the tensors of a model in the page, beside the random numbers that its training begins with. */
export const OfAModel: Story = {
  render: () => html`
    <gpt-model
      .text=${'the man chased the dog. the dog saw the man. '.repeat(20)}
      config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 32}'
      backend="wasm"
    >
      <weight-inspector></weight-inspector>
    </gpt-model>
  `,
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await waitFor(() => expect(harness.choices.length).toBeGreaterThan(10));
    await harness.choose('wpe.weight');
    await waitFor(() => expect(harness.about).toContain('wpe.weight [32, 16]'));
  },
};
