import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect, waitFor} from 'storybook/test';
import '../src/elements/gpt-model/gpt-model.js';
import {
  exampleBlock,
  TransformerBlockVizHarness,
} from '../src/elements/transformer-block-viz/transformer-block-viz.harness.js';
import '../src/elements/transformer-block-viz/transformer-block-viz.js';
import type {TransformerBlockViz} from '../src/elements/transformer-block-viz/transformer-block-viz.js';

const meta: Meta<TransformerBlockViz> = {
  title: 'Elements/transformer-block-viz',
  component: 'transformer-block-viz',
  args: exampleBlock(),
  render: ({values, tokens, node, withoutControls, withoutLead, withoutFooter}) => html`<transformer-block-viz
    .values=${values}
    .tokens=${tokens}
    node=${node ?? ''}
    ?without-controls=${withoutControls}
    ?without-lead=${withoutLead}
    ?without-footer=${withoutFooter}
  ></transformer-block-viz>`,
};
export default meta;
type Story = StoryObj<TransformerBlockViz>;

const harnessIn = (canvasElement: HTMLElement) =>
  new TransformerBlockVizHarness(canvasElement.querySelector('transformer-block-viz')!);

/** Shows values given by the page. No model is loaded. */
export const GivenValues: Story = {
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.drawn();
    await harness.step(3);
    await expect(harness.title).toContain('attention output');
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  args: {node: 'resid_mid'},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.drawn();
    await expect(harness.title).toContain('attention is added');
  },
};

/** Shows only the drawing, for a figure in running text. */
export const FigureOnly: Story = {
  args: {withoutControls: true, withoutLead: true, withoutFooter: true},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.drawn();
    await expect(harness.has('.steps')).toBe(false);
  },
};

/** Shows a block of a model in the page, then the same block without its first shortcut. */
export const WithoutAShortcut: Story = {
  render: () => html`
    <gpt-model
      .text=${'the man chased the dog. the dog saw the man. '.repeat(20)}
      config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 32}'
      backend="wasm"
    >
      <transformer-block-viz text="the dog saw"></transformer-block-viz>
    </gpt-model>
  `,
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await waitFor(() => expect(harness.outcomes.length).toBe(8));
    await harness.press('without the first shortcut');
    await waitFor(() => expect(harness.change).toContain('Without its first shortcut'));
  },
};
