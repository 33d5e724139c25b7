import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect} from 'storybook/test';
import {RunCompareHarness} from '../src/elements/run-compare/run-compare.harness.js';
import '../src/elements/run-compare/run-compare.js';
import type {RunCompare} from '../src/elements/run-compare/run-compare.js';

const meta: Meta<RunCompare> = {
  title: 'Elements/run-compare',
  component: 'run-compare',
  args: {steps: 80, prompt: 'Dear Mia,'},
  render: ({steps, prompt}) => html`<run-compare steps=${steps} prompt=${prompt}></run-compare>`,
};
export default meta;

/** Shows a recorded run until the reader trains. */
export const Recorded: StoryObj<RunCompare> = {
  play: async ({canvasElement}) => {
    const harness = new RunCompareHarness(canvasElement.querySelector('run-compare')!);
    await harness.drawn();
    await expect(harness.readout).toContain('The learned weights were as good as that by step 20');
    await expect(harness.samples[1]).toContain('Tom found a nice green drum');
  },
};
