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

/** Shows what a recorded spam filter says of three messages: at the last token, the same at every padded length. */
export const Batch: StoryObj<PaddingView> = {
  play: async ({canvasElement}) => {
    const harness = new PaddingViewHarness(canvasElement.querySelector('padding-view')!);
    await harness.drawn();
    await expect(harness.rows).toHaveLength(3);
    await harness.readAt('last-token');
    await expect(harness.verdicts.map((verdict) => verdict.split(' ')[0])).toEqual(['spam', 'spam', 'ham']);
    await expect(harness.marks.every((mark) => mark.startsWith('✓'))).toBe(true);
  },
};

/** Cuts off the ends of messages that are longer than the row. */
export const Cut: StoryObj<PaddingView> = {
  args: {length: 5},
  play: async ({canvasElement}) => {
    const harness = new PaddingViewHarness(canvasElement.querySelector('padding-view')!);
    await harness.drawn();
    await expect(harness.rows.every((row) => row.includes('x'))).toBe(true);
  },
};
