import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {expect} from 'storybook/test';
import {CorpusPickerHarness} from '../src/elements/corpus-picker/corpus-picker.harness.js';
import '../src/elements/corpus-picker/corpus-picker.js';
import type {CorpusPicker} from '../src/elements/corpus-picker/corpus-picker.js';
import '../src/elements/gpt-model/gpt-model.js';
import type {GptModel} from '../src/elements/gpt-model/gpt-model.js';

const TINY = '{"emb_dim": 16, "n_heads": 2, "n_layers": 1, "context_length": 16}';

const meta: Meta<CorpusPicker> = {
  title: 'Elements/corpus-picker',
  component: 'corpus-picker',
  argTypes: {trainShare: {control: {type: 'range', min: 0.5, max: 0.95, step: 0.01}}},
  render: (args) => html`<gpt-model backend="cpu" config=${TINY}>
    <corpus-picker
      corpus=${args.corpus ?? ''}
      train-share=${ifDefined(args.trainShare)}
      context-length=${ifDefined(args.contextLength)}
      ?without-model=${args.withoutModel}
      ?without-sources=${args.withoutSources}
      ?without-split=${args.withoutSplit}
      ?without-counts=${args.withoutCounts}
      ?without-lead=${args.withoutLead}
      ?without-footer=${args.withoutFooter}
    ></corpus-picker>
  </gpt-model>`,
};
export default meta;
type Story = StoryObj<CorpusPicker>;

async function looked(canvasElement: HTMLElement, name: string): Promise<CorpusPickerHarness> {
  const harness = new CorpusPickerHarness(canvasElement.querySelector('corpus-picker')!);
  await harness.looked(name);
  return harness;
}

/** Counts the characters, words and tokens of the model's corpus. */
export const TinyTales: Story = {
  play: async ({canvasElement}) => {
    const harness = await looked(canvasElement, 'tiny-tales');
    await expect(harness.figures.Lines).toBe('2,000');
    await expect(harness.take).toBeDisabled();
  },
};

/** Switches the model to a toy task, then back to the tales. */
export const ToyTask: Story = {
  play: async ({canvasElement}) => {
    const harness = await looked(canvasElement, 'tiny-tales');
    await harness.choose('reverse');
    await harness.looked('toy task: reverse');
    await harness.click('button.take');
    const {live} = canvasElement.querySelector<GptModel>('gpt-model')!;
    await expect(live.spec.corpus).toEqual({kind: 'toy', task: 'reverse'});
    await harness.until(() => harness.has('button.undo:not(:disabled)'), 'the way back');
    await harness.click('button.undo');
    await harness.looked('tiny-tales');
    await expect(live.spec.corpus).toEqual({kind: 'tiny-tales'});
  },
};

/** Explains why a text is too short, and keeps it in the field. */
export const TooShort: Story = {
  play: async ({canvasElement}) => {
    const harness = await looked(canvasElement, 'tiny-tales');
    await harness.source('paste');
    await harness.enter('textarea', 'short');
    await harness.until(() => harness.error.includes('too short'), 'the sentence');
    await expect(harness.field<HTMLTextAreaElement>('textarea').value).toBe('short');
  },
};

/** Offers to remove the tags from the source of a web page. */
export const WebPage: Story = {
  play: async ({canvasElement}) => {
    const harness = await looked(canvasElement, 'tiny-tales');
    const words = 'Mia has a kite. Max has a ball. '.repeat(40);
    await harness.drop(new File([`<!doctype html><h1>Kites</h1><p>${words}</p>`], 'kites.html'));
    await harness.until(() => harness.has('button.words'), 'the offer');
    await harness.click('button.words');
    await harness.looked('kites.html, without its tags');
    await expect(harness.excerpt).toContain('Kites\nMia has a kite.');
  },
};

/** Works without a model: the event `gpt-corpus` passes the text to the page. */
export const WithoutModel: Story = {
  args: {withoutModel: true, corpus: 'add', contextLength: 32},
  play: async ({canvasElement}) => {
    const harness = await looked(canvasElement, 'toy task: add');
    await harness.click('button.take');
    await expect(harness.readout).toContain('given to the page');
  },
};

/** Shows only the split, for a figure in running text. */
export const SplitOnly: Story = {
  args: {withoutSources: true, withoutCounts: true, withoutLead: true, withoutFooter: true, trainShare: 0.75},
  play: async ({canvasElement}) => {
    const harness = await looked(canvasElement, 'tiny-tales');
    await expect(harness.parts[0]).toContain('75 %');
  },
};

export const Narrow: Story = {
  decorators: [(story) => html`<div style="width: 320px">${story()}</div>`],
  play: async ({canvasElement}) => {
    const harness = await looked(canvasElement, 'tiny-tales');
    await expect(harness.element.scrollWidth).toBeLessThanOrEqual(320);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    await looked(canvasElement, 'tiny-tales');
  },
};
