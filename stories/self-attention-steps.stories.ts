import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect} from 'storybook/test';
import {SelfAttentionStepsHarness} from '../src/elements/self-attention-steps/self-attention-steps.harness.js';
import '../src/elements/self-attention-steps/self-attention-steps.js';
import type {SelfAttentionSteps} from '../src/elements/self-attention-steps/self-attention-steps.js';

const meta: Meta<SelfAttentionSteps> = {
  title: 'Elements/self-attention-steps',
  component: 'self-attention-steps',
  args: {text: 'Mia held her red kite', query: 2, step: 1},
  render: (args) => html`<self-attention-steps
    text=${args.text}
    .vectors=${args.vectors}
    .query=${args.query}
    .step=${args.step}
    ?exercise=${args.exercise}
    ?without-text-input=${args.withoutTextInput}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
  ></self-attention-steps>`,
};
export default meta;
type Story = StoryObj<SelfAttentionSteps>;

const harnessOf = (canvasElement: HTMLElement) =>
  new SelfAttentionStepsHarness(canvasElement.querySelector('self-attention-steps')!);

/** Compares one token with all the others, step by step. */
export const StepByStep: Story = {
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await expect(harness.numbers('scores')[0]![0]).toBe('2.82');
    await harness.press('2 Softmax');
    await expect(harness.readout).toContain('her takes most from Mia');
    await harness.press('3 Mix');
    await expect(harness.numbers('context')).toEqual([['1.36', '0.45', '0.42']]);
  },
};

/** Shows all rows at once, as matrices. */
export const AllAtOnce: Story = {
  args: {step: 4},
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    for (const row of harness.numbers('weights'))
      await expect(Math.abs(row.reduce((sum, share) => sum + Number(share), 0) - 1)).toBeLessThan(0.03);
    await harness.keys('weights', 'ArrowRight');
    await expect(harness.readout).toContain('takes');
  },
};

/** Shows what changes when one number is edited. */
export const ChangedNumber: Story = {
  args: {step: 2},
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await harness.write(4, 0, '3');
    await expect(harness.readout).toContain('her takes most from kite');
  },
};

/** Asks for a prediction before it shows the answer. */
export const Exercise: Story = {
  args: {exercise: true},
  play: async ({canvasElement}) => {
    const harness = harnessOf(canvasElement);
    await expect(harness.button('2 Softmax')).toBeDisabled();
    await harness.press('Mia');
    await expect(harness.text).toContain('Right.');
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  args: {step: 4},
  play: async ({canvasElement}) => {
    await expect(harnessOf(canvasElement).numbers('context')).toHaveLength(5);
  },
};

export const Narrow: Story = {
  decorators: [(story) => html`<div style="width: 320px">${story()}</div>`],
  args: {step: 4},
  play: async ({canvasElement}) => {
    await expect(harnessOf(canvasElement).element.scrollWidth).toBeLessThanOrEqual(320);
  },
};
