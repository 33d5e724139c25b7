import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect} from 'storybook/test';
import {PaddingViewHarness} from '../src/elements/padding-view/padding-view.harness.js';
import '../src/elements/padding-view/padding-view.js';
import type {PaddingView} from '../src/elements/padding-view/padding-view.js';

const meta: Meta<PaddingView> = {
  title: 'Elements/padding-view',
  component: 'padding-view',
  args: {readAt: 'last-position'},
  render: ({readAt, length}) => html`<padding-view read-at=${readAt} .length=${length}></padding-view>`,
};
export default meta;

export const Batch: StoryObj<PaddingView> = {
  play: async ({canvasElement}) => {
    const harness = new PaddingViewHarness(canvasElement.querySelector('padding-view')!);
    await harness.drawn();
    await expect(harness.rows).toHaveLength(3);
    await harness.readAt('last-token');
    await expect(harness.verdicts).toEqual(['1.00', '1.00', '1.00']);
  },
};

/** Shorter than the messages: their ends are cut off. */
export const Cut: StoryObj<PaddingView> = {
  args: {length: 5},
  play: async ({canvasElement}) => {
    const harness = new PaddingViewHarness(canvasElement.querySelector('padding-view')!);
    await harness.drawn();
    await expect(harness.rows.every((row) => row.includes('x'))).toBe(true);
  },
};
