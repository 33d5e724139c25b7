import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect, waitFor} from 'storybook/test';
import '../src/elements/gpt-model/gpt-model.js';
import {exampleLens, LogitLensHarness} from '../src/elements/logit-lens/logit-lens.harness.js';
import '../src/elements/logit-lens/logit-lens.js';
import type {LogitLens} from '../src/elements/logit-lens/logit-lens.js';

const meta: Meta<LogitLens> = {
  title: 'Elements/logit-lens',
  component: 'logit-lens',
  args: exampleLens(),
  render: ({rows, tokens, withoutLead, withoutFooter}) => html`<logit-lens
    .rows=${rows}
    .tokens=${tokens}
    ?without-lead=${withoutLead}
    ?without-footer=${withoutFooter}
  ></logit-lens>`,
};
export default meta;
type Story = StoryObj<LogitLens>;

const harnessIn = (canvasElement: HTMLElement) =>
  new LogitLensHarness(canvasElement.querySelector('logit-lens')!);

/** Shows predictions given by the page. No model is loaded. */
export const GivenGuesses: Story = {
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.drawn();
    await harness.choose(1, 0);
    await expect(harness.actual).toEqual(['0.050', '0.400', '0.550']);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.drawn();
    await expect(harness.right.length).toBe(3);
  },
};

/** Reads the predictions of a model in the page at each depth. */
export const OfAModel: Story = {
  render: () => html`
    <gpt-model
      .text=${'the man chased the dog. the dog saw the man. '.repeat(20)}
      config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 32}'
      backend="wasm"
    >
      <logit-lens text="the dog saw"></logit-lens>
    </gpt-model>
  `,
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await waitFor(() => expect(harness.depths.length).toBe(5));
  },
};
