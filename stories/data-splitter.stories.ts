import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect} from 'storybook/test';
import {DataSplitterHarness} from '../src/elements/data-splitter/data-splitter.harness.js';
import '../src/elements/data-splitter/data-splitter.js';
import type {DataSplitter} from '../src/elements/data-splitter/data-splitter.js';

const meta: Meta<DataSplitter> = {
  title: 'Elements/data-splitter',
  component: 'data-splitter',
  args: {unbalanced: false, seed: 1},
  render: ({unbalanced, seed}) =>
    html`<data-splitter ?unbalanced=${unbalanced} seed=${seed}></data-splitter>`,
};
export default meta;

const harnessIn = (canvas: HTMLElement) => new DataSplitterHarness(canvas.querySelector('data-splitter')!);

export const UntidyTable: StoryObj<DataSplitter> = {
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.read('generated messages');
    await expect(harness.bars).toHaveLength(4);
    await expect(harness.leftOut).toHaveLength(4);
  },
};

/** Reads a pasted CSV with three classes, a header, and text in quotation marks. */
export const ThreeClasses: StoryObj<DataSplitter> = {
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.read('generated messages');
    const rows = Array.from(
      {length: 45},
      (_, n) => `"Parcel ${n}, again",${['late', 'lost', 'damaged'][n % 3]}`,
    );
    await harness.paste(['message,department', ...rows].join('\n'));
    await harness.read('pasted text');
    await expect(harness.preview[0]).toEqual(['Parcel 0, again', 'late']);
    await expect(harness.bars[2]).toContain('damaged 15');
  },
};
