import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect, waitFor} from 'storybook/test';
import {BpeTrainerHarness} from '../src/elements/bpe-trainer/bpe-trainer.harness.js';
import '../src/elements/bpe-trainer/bpe-trainer.js';
import type {BpeTrainer} from '../src/elements/bpe-trainer/bpe-trainer.js';
import '../src/elements/gpt-model/gpt-model.js';
import type {GptModel} from '../src/elements/gpt-model/gpt-model.js';

const TEXT = 'low lower lowest new newer newest wide wider widest. '.repeat(40);

const meta: Meta<BpeTrainer> = {
  title: 'Elements/bpe-trainer',
  component: 'bpe-trainer',
  args: {text: TEXT, merges: 30, minFrequency: 2, step: 4, speed: 4},
  argTypes: {
    merges: {control: {type: 'range', min: 0, max: 1000, step: 10}},
    speed: {control: {type: 'select'}, options: [1, 4, 16, 64]},
  },
  render: (args) => html`<bpe-trainer
    .text=${args.text}
    merges=${args.merges}
    min-frequency=${args.minFrequency}
    step=${args.step}
    speed=${args.speed}
    ?without-settings=${args.withoutSettings}
    ?without-use=${args.withoutUse}
    ?without-chart=${args.withoutChart}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
  ></bpe-trainer>`,
};
export default meta;
type Story = StoryObj<BpeTrainer>;

const harnessIn = async (canvasElement: HTMLElement) => {
  const harness = new BpeTrainerHarness(canvasElement.querySelector('bpe-trainer')!);
  await harness.trained();
  return harness;
};

/** Trains on a text given by the page, starting at a step chosen by a teacher. */
export const GivenText: Story = {
  play: async ({canvasElement}) => {
    const harness = await harnessIn(canvasElement);
    await expect(harness.readout).toContain('Merge 4 made');
    await harness.press('Next');
    await expect(harness.readout).toContain('Merge 5 made');
    await expect(harness.vocabulary.length).toBe(5);
  },
};

/** Trains on tiny-tales, the corpus of the page's default model. */
export const TinyTales: Story = {
  args: {text: '', merges: 300, step: 60},
  play: async ({canvasElement}) => {
    const harness = await harnessIn(canvasElement);
    await expect(harness.element.learned).toBe(300);
    await harness.press('Last');
    await expect(harness.vocabularySize).toBe('Vocabulary: 557 tokens');
  },
};

export const Playing: Story = {
  args: {step: 0, speed: 64},
  play: async ({canvasElement}) => {
    const harness = await harnessIn(canvasElement);
    await harness.press('Play');
    await waitFor(() => expect(harness.element.step).toBe(harness.element.learned));
  },
};

/** Shows bytes that become whole characters only after they are merged. */
export const OtherScripts: Story = {
  args: {text: '世界 こんにちは 안녕하세요 Привет 👍🏽 '.repeat(30), merges: 60, step: 8},
  play: async ({canvasElement}) => {
    const harness = await harnessIn(canvasElement);
    await harness.press('First');
    await expect(harness.tokens[0]).toBe('e4');
    await harness.press('Last');
    await expect(harness.tokens.join('')).toContain('世界');
  },
};

/** Gives the learned vocabulary to the page's model, whose corpus is encoded again. */
export const IntoTheModel: Story = {
  render: () => html`
    <gpt-model
      .text=${TEXT}
      config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 16}'
      backend="wasm"
    >
      <bpe-trainer merges="30" step="20"></bpe-trainer>
    </gpt-model>
  `,
  play: async ({canvasElement}) => {
    const model = canvasElement.querySelector<GptModel>('gpt-model')!;
    const harness = await harnessIn(canvasElement);
    await harness.press('Use these 277 tokens');
    await waitFor(() => expect(harness.adopted).toContain('uses these 277 tokens'));
    await expect(model.config!.vocabSize).toBe(277);
    await harness.press('Undo');
    await waitFor(() => expect(model.config?.vocabSize).not.toBe(277));
  },
};

export const TooShort: Story = {
  args: {text: 'short'},
  play: async ({canvasElement}) => {
    const harness = new BpeTrainerHarness(canvasElement.querySelector('bpe-trainer')!);
    await waitFor(() => expect(harness.readout).toContain('too short'));
  },
};

export const DrawingAlone: Story = {
  args: {withoutSettings: true, withoutUse: true, withoutChart: true, withoutLead: true, withoutFooter: true},
  play: async ({canvasElement}) => {
    const harness = await harnessIn(canvasElement);
    await expect(harness.hasButton('Use these')).toBe(false);
  },
};

export const Narrow: Story = {
  decorators: [(story) => html`<div style="width: 336px">${story()}</div>`],
  play: async ({canvasElement}) => {
    const {element} = await harnessIn(canvasElement);
    await expect(element.scrollWidth).toBeLessThanOrEqual(336);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    const harness = await harnessIn(canvasElement);
    await harness.pointAtPair(2);
    await expect(harness.readout).toContain('is followed by');
  },
};
