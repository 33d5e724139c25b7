import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect} from 'storybook/test';
import {ShortcutGradientsHarness} from '../src/elements/shortcut-gradients/shortcut-gradients.harness.js';
import '../src/elements/shortcut-gradients/shortcut-gradients.js';
import type {ShortcutGradients} from '../src/elements/shortcut-gradients/shortcut-gradients.js';

const meta: Meta<ShortcutGradients> = {
  title: 'Elements/shortcut-gradients',
  component: 'shortcut-gradients',
  args: {layers: 12, seed: 1},
  render: ({layers, seed, withoutControls}) => html`<shortcut-gradients
    layers=${layers}
    seed=${seed}
    ?without-controls=${withoutControls}
  ></shortcut-gradients>`,
};
export default meta;
type Story = StoryObj<ShortcutGradients>;

async function shown(canvasElement: HTMLElement): Promise<ShortcutGradientsHarness> {
  const harness = new ShortcutGradientsHarness(canvasElement.querySelector('shortcut-gradients')!);
  await harness.drawn();
  return harness;
}

export const TwelveLayers: Story = {
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await harness.keys(harness.chart, 'End');
    await expect(harness.readout).toContain('How strongly layer 12 of 12 is told');
  },
};

export const DeepInTheDark: Story = {
  globals: {scheme: 'dark'},
  args: {layers: 8},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.readout).toContain('of 8');
  },
};
