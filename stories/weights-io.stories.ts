import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect} from 'storybook/test';
import '../src/elements/gpt-model/gpt-model.js';
import {WeightsIoHarness} from '../src/elements/weights-io/weights-io.harness.js';
import '../src/elements/weights-io/weights-io.js';
import type {WeightsIo} from '../src/elements/weights-io/weights-io.js';

const meta: Meta<WeightsIo> = {
  title: 'Elements/weights-io',
  component: 'weights-io',
  render: ({withoutSave, withoutLoad, half}) => html`<gpt-model
    id="kept"
    backend="cpu"
    config='{"emb_dim": 16, "n_heads": 2, "n_layers": 1, "context_length": 16}'
  >
    <weights-io ?without-save=${withoutSave} ?without-load=${withoutLoad} ?half=${half}></weights-io>
  </gpt-model>`,
};
export default meta;
type Story = StoryObj<WeightsIo>;

async function shown(canvasElement: HTMLElement): Promise<WeightsIoHarness> {
  const harness = new WeightsIoHarness(canvasElement.querySelector('weights-io')!);
  await harness.drawn();
  return harness;
}

/** Saves a model in three formats, and takes a file that is dropped on it. */
export const SaveAndLoad: Story = {
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.text).toContain('Hugging Face folder');
    await expect(harness.hasButton('Choose files')).toBe(true);
  },
};

/** Explains that a file of another format cannot be loaded. */
export const OtherFormat: Story = {
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await harness.choose(new File([new Uint8Array(9)], 'model.gguf'));
    await harness.settled();
    await expect(harness.error).toContain('GGUF');
  },
};
