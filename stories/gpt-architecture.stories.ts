import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect} from 'storybook/test';
import {GptArchitectureHarness} from '../src/elements/gpt-architecture/gpt-architecture.harness.js';
import '../src/elements/gpt-architecture/gpt-architecture.js';
import type {GptArchitecture} from '../src/elements/gpt-architecture/gpt-architecture.js';
import '../src/elements/gpt-model/gpt-model.js';

const meta: Meta<GptArchitecture> = {
  title: 'Elements/gpt-architecture',
  component: 'gpt-architecture',
  args: {off: '', selected: '', open: ''},
  render: (args) => html`<gpt-architecture
    .text=${args.text}
    .token=${args.token}
    .selected=${args.selected}
    .off=${args.off}
    .open=${args.open}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
    ?without-text-input=${args.withoutTextInput}
  ></gpt-architecture>`,
};
export default meta;
type Story = StoryObj<GptArchitecture>;

const drawn = async (canvasElement: HTMLElement): Promise<GptArchitectureHarness> => {
  const harness = new GptArchitectureHarness(canvasElement.querySelector('gpt-architecture')!);
  await harness.drawn();
  return harness;
};

/** Shows the shipped model where two tokens are almost equally likely. */
export const WholeModel: Story = {
  play: async ({canvasElement}) => {
    const harness = await drawn(canvasElement);
    await expect(harness.candidates[0]).toContain('·drum follows ·the');
    await expect(harness.candidates[1]).toContain('·kite follows ·the');
  },
};

/** Switches the first MLP off, which changes the prediction. */
export const SwitchedOff: Story = {
  args: {off: 'h.0.mlp', selected: 'h.0.mlp'},
  play: async ({canvasElement}) => {
    const harness = await drawn(canvasElement);
    await expect(harness.candidates[0]).toContain('·kite follows ·the');
    await expect(harness.candidates[0]).toContain('with everything on');
  },
};

/** Selects the lane of another token; the model predicts after each. */
export const AnotherToken: Story = {
  args: {token: 9, selected: 'h.1.attn.1'},
  play: async ({canvasElement}) => {
    const harness = await drawn(canvasElement);
    await expect(harness.readout).toContain('Block 2, head 2: ·took attends');
  },
};

/** Opens a head: the tensors it computes, and the sum behind one of their numbers. */
export const OpenHead: Story = {
  args: {open: 'h.0.attn.1.scores', selected: 'h.0.attn.1'},
  play: async ({canvasElement}) => {
    const harness = await drawn(canvasElement);
    await harness.opened('h.0.attn.scores');
    await expect(harness.words('.path')).toContain('Head 2 › scores › row ·the, column .');
    await expect(harness.arithmetic).toContain('sum of 24 terms');
    await harness.press('softmax');
    await harness.opened('h.0.attn.probs');
    await expect(harness.sum).toBeCloseTo(0.778, 3);
  },
};
