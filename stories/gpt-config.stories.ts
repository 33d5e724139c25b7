import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect} from 'storybook/test';
import {GptConfigHarness} from '../src/elements/gpt-config/gpt-config.harness.js';
import '../src/elements/gpt-config/gpt-config.js';
import type {GptConfig} from '../src/elements/gpt-config/gpt-config.js';

const meta: Meta<GptConfig> = {
  title: 'Elements/gpt-config',
  component: 'gpt-config',
  args: {vocabSize: 50257, contextLength: 1024, embDim: 768, nHeads: 12, nLayers: 12},
  render: ({
    vocabSize,
    contextLength,
    embDim,
    nHeads,
    nLayers,
    untied,
    noQkvBias,
    withoutControls,
  }) => html`<gpt-config
    vocab-size=${vocabSize}
    context-length=${contextLength}
    emb-dim=${embDim}
    heads=${nHeads}
    layers=${nLayers}
    ?untied=${untied}
    ?no-qkv-bias=${noQkvBias}
    ?without-controls=${withoutControls}
  ></gpt-config>`,
};
export default meta;
type Story = StoryObj<GptConfig>;

async function shown(canvasElement: HTMLElement): Promise<GptConfigHarness> {
  const harness = new GptConfigHarness(canvasElement.querySelector('gpt-config')!);
  await harness.drawn();
  return harness;
}

export const Gpt2Small: Story = {
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.total).toContain('124,439,808');
  },
};

/** Accepts the configuration dictionary of many courses: an untied head, no QKV bias. */
export const Untied: Story = {
  args: {untied: true, noQkvBias: true},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.total).toContain('163,009,536');
  },
};

/** Explains that the number of heads must divide the width, and offers numbers that do. */
export const Impossible: Story = {
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await harness.set('nHeads', 10);
    await expect(harness.problem).toContain('must be divisible');
  },
};

export const XlInTheDark: Story = {
  globals: {scheme: 'dark'},
  args: {embDim: 1600, nHeads: 25, nLayers: 48},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.preset).toBe('GPT-2 XL');
  },
};
