import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect, waitFor} from 'storybook/test';
import '../src/elements/gpt-model/gpt-model.js';
import {exampleNorm, LayerNormHarness} from '../src/elements/layer-norm/layer-norm.harness.js';
import '../src/elements/layer-norm/layer-norm.js';
import type {LayerNorm} from '../src/elements/layer-norm/layer-norm.js';

const meta: Meta<LayerNorm> = {
  title: 'Elements/layer-norm',
  component: 'layer-norm',
  args: exampleNorm(96),
  render: ({norm, tokens, withoutControls, withoutLead, withoutFooter}) => html`<layer-norm
    .norm=${norm}
    .tokens=${tokens}
    ?without-controls=${withoutControls}
    ?without-lead=${withoutLead}
    ?without-footer=${withoutFooter}
  ></layer-norm>`,
};
export default meta;
type Story = StoryObj<LayerNorm>;

const harnessIn = (canvasElement: HTMLElement) =>
  new LayerNormHarness(canvasElement.querySelector('layer-norm')!);

/** Shows vectors given by the page. No model is loaded. */
export const GivenVectors: Story = {
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.drawn();
    await harness.chooseToken(0);
    await expect(harness.readout).toContain('of Mia');
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.drawn();
    await expect(harness.chips).toEqual(['Mia', '·had', '·a']);
  },
};

/** Shows only the drawing, for a figure in running text. */
export const FigureOnly: Story = {
  args: {withoutControls: true, withoutLead: true, withoutFooter: true},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.drawn();
    await expect(harness.chips).toEqual([]);
  },
};

/** Shows what each part of a model in the page reads, with its norms and without them. */
export const WithAndWithout: Story = {
  render: () => html`
    <gpt-model
      .text=${'the man chased the dog. the dog saw the man. '.repeat(20)}
      config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 32}'
      backend="wasm"
    >
      <layer-norm text="the dog saw"></layer-norm>
    </gpt-model>
  `,
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await waitFor(() => expect(harness.answer).toContain('The loss (lower is better) goes from'));
    await harness.keys(harness.contrast, 'End');
    await expect(harness.readout).toContain('without norms');
  },
};
