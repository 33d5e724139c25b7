import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect, waitFor} from 'storybook/test';
import {exampleLayer, FeedForwardHarness} from '../src/elements/feed-forward/feed-forward.harness.js';
import '../src/elements/feed-forward/feed-forward.js';
import type {FeedForward} from '../src/elements/feed-forward/feed-forward.js';
import '../src/elements/gpt-model/gpt-model.js';

const meta: Meta<FeedForward> = {
  title: 'Elements/feed-forward',
  component: 'feed-forward',
  args: exampleLayer(24),
  render: ({weights, tokens, withoutControls, withoutLead, withoutFooter}) => html`<feed-forward
    .weights=${weights}
    .tokens=${tokens}
    ?without-controls=${withoutControls}
    ?without-lead=${withoutLead}
    ?without-footer=${withoutFooter}
  ></feed-forward>`,
};
export default meta;
type Story = StoryObj<FeedForward>;

const harnessIn = (canvasElement: HTMLElement) =>
  new FeedForwardHarness(canvasElement.querySelector('feed-forward')!);

/** Shows a layer given by the page. No model is loaded. */
export const GivenLayer: Story = {
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.drawn();
    await harness.keys(harness.drawing, 'Home');
    await expect(harness.readout).toContain('Unit 1 for');
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.drawn();
    await harness.chooseToken(0);
    await expect(harness.readout).toContain('for Mia');
  },
};

/** Shows only the drawing, for a figure in running text. */
export const FigureOnly: Story = {
  args: {withoutControls: true, withoutLead: true, withoutFooter: true},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.drawn();
    await expect(harness.has('.chip')).toBe(false);
  },
};

/** Searches the corpus of a model in the page for tokens that activate each unit. */
export const WhatAUnitReactsTo: Story = {
  render: () => html`
    <gpt-model
      .text=${'the man chased the dog. the dog saw the man. '.repeat(20)}
      config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 32}'
      backend="wasm"
    >
      <feed-forward text="the dog" unit="3"></feed-forward>
    </gpt-model>
  `,
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await waitFor(() => expect(harness.firings.length).toBe(6));
    await expect(harness.pushes.length).toBe(6);
  },
};
