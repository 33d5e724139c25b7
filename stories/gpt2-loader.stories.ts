import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect} from 'storybook/test';
import {Gpt2LoaderHarness} from '../src/elements/gpt2-loader/gpt2-loader.harness.js';
import '../src/elements/gpt2-loader/gpt2-loader.js';
import type {Gpt2Loader} from '../src/elements/gpt2-loader/gpt2-loader.js';

const meta: Meta<Gpt2Loader> = {
  title: 'Elements/gpt2-loader',
  component: 'gpt2-loader',
  args: {repository: 'openai-community/gpt2'},
  render: ({repository, hub, withoutControls}) => html`<gpt2-loader
    repository=${repository}
    hub=${hub ?? ''}
    ?without-controls=${withoutControls}
  ></gpt2-loader>`,
};
export default meta;

/** Lists the four sizes of GPT-2 with the memory and the download that each needs. */
export const Sizes: StoryObj<Gpt2Loader> = {
  play: async ({canvasElement}) => {
    const harness = new Gpt2LoaderHarness(canvasElement.querySelector('gpt2-loader')!);
    await harness.drawn();
    await expect(harness.text).toContain('124 million');
    await expect(harness.words('.checks')).toContain('249 MB of memory');
  },
};
