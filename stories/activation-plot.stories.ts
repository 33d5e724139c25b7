import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect} from 'storybook/test';
import {
  ActivationPlotHarness,
  exampleValues,
} from '../src/elements/activation-plot/activation-plot.harness.js';
import '../src/elements/activation-plot/activation-plot.js';
import type {ActivationPlot} from '../src/elements/activation-plot/activation-plot.js';

const meta: Meta<ActivationPlot> = {
  title: 'Elements/activation-plot',
  component: 'activation-plot',
  args: {values: exampleValues(), functions: 'gelu gelu-exact relu', x: -0.75},
  render: ({values, functions, x, withoutControls, withoutLead, withoutFooter}) => html`<activation-plot
    .values=${values}
    functions=${functions}
    x=${x}
    ?without-controls=${withoutControls}
    ?without-lead=${withoutLead}
    ?without-footer=${withoutFooter}
  ></activation-plot>`,
};
export default meta;
type Story = StoryObj<ActivationPlot>;

async function shown(canvasElement: HTMLElement): Promise<ActivationPlotHarness> {
  const harness = new ActivationPlotHarness(canvasElement.querySelector('activation-plot')!);
  await harness.drawn();
  return harness;
}

/** Shows numbers given by the page. No model is loaded. */
export const GivenValues: Story = {
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await harness.keys(harness.plot, 'End');
    await expect(harness.readings[0]![1]).toBe('2.9964');
  },
};

export const AllFunctionsInTheDark: Story = {
  globals: {scheme: 'dark'},
  args: {functions: 'gelu gelu-exact relu silu', x: 1},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.readings.length).toBe(4);
  },
};

/** Shows only the drawing, for a figure in running text. */
export const FigureOnly: Story = {
  args: {withoutControls: true, withoutLead: true, withoutFooter: true},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.has('input')).toBe(false);
  },
};
