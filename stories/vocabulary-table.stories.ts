import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect} from 'storybook/test';
import {VocabularyTableHarness} from '../src/elements/vocabulary-table/vocabulary-table.harness.js';
import '../src/elements/vocabulary-table/vocabulary-table.js';
import type {VocabularyTable} from '../src/elements/vocabulary-table/vocabulary-table.js';

const meta: Meta<VocabularyTable> = {
  title: 'Elements/vocabulary-table',
  component: 'vocabulary-table',
  args: {encoding: 'gpt2', search: '', order: 'id', descending: false},
  argTypes: {
    encoding: {control: 'select', options: ['gpt2', 'cl100k_base', 'o200k_base', 'model']},
    order: {control: 'select', options: ['id', 'token', 'length', 'frequency']},
  },
  render: (args) => html`<vocabulary-table
    encoding=${args.encoding}
    search=${args.search}
    order=${args.order}
    ?descending=${args.descending}
    ?without-controls=${args.withoutControls}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
  ></vocabulary-table>`,
};
export default meta;
type Story = StoryObj<VocabularyTable>;

async function ready(canvasElement: HTMLElement): Promise<VocabularyTableHarness> {
  const harness = new VocabularyTableHarness(canvasElement.querySelector('vocabulary-table')!);
  await harness.drawn();
  return harness;
}

/** Shows GPT-2's 50,257 tokens. */
export const Gpt2: Story = {
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.rowCount).toBe(50_257);
    await harness.search(' kitchen');
    await expect(harness.rows.length).toBeGreaterThan(0);
  },
};

/** Lists the tokens of the tales, most frequent first. */
export const MostFrequent: Story = {
  args: {order: 'frequency', descending: true},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.rows[0]!.token).toBe('.');
  },
};

/** Draws about twenty of 200,019 rows. */
export const TwoHundredThousand: Story = {
  args: {encoding: 'o200k_base'},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await harness.key('End');
    await harness.until(() => harness.rows.at(-1)?.id === 200_018, 'the last row');
    await expect(harness.rows.length).toBeLessThan(60);
  },
};

export const NothingFound: Story = {
  args: {search: 'antidisestablishmentarianism'},
  play: async ({canvasElement}) => {
    const harness = new VocabularyTableHarness(canvasElement.querySelector('vocabulary-table')!);
    await harness.until(() => harness.readout.includes('No token contains this'), 'the sentence');
  },
};

export const Narrow: Story = {
  decorators: [(story) => html`<div style="width: 320px">${story()}</div>`],
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.element.scrollWidth).toBeLessThanOrEqual(320);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    await ready(canvasElement);
  },
};
